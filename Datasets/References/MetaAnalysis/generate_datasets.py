"""Writes datasets.csv and effects.csv: the studies that all other tables of this folder analyse.

python generate_datasets.py metafor.json FOLDER, where FOLDER has metadat's data sets as CSV and
metafor.json the data of seven of them. The made sets are seeded; their effects have few digits, so
that a double holds them exactly as printed.
"""

import csv
import json
import math
import os
import platform
import random
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
JSON, FOLDER = sys.argv[1], sys.argv[2]


def table(name):
    with open(os.path.join(FOLDER, f"dat.{name}.csv"), encoding="utf-8") as file:
        return list(csv.DictReader(file))


def columns(rows, *names):
    return [tuple(int(row[n]) for n in names) for row in rows if all(row[n] != "NA" for n in names)]


def classical():
    for name, found in json.load(open(JSON, encoding="utf-8")).items():
        if name != "meta":
            yield name.replace("_partial", ""), [
                tuple(int(row[c]) for c in ("ai", "n1i", "ci", "n2i")) for row in found["data"]]
    yield "nissen2007_mi", columns(table("nissen2007"), "treat.infarction", "treat.total",
                                   "cont.infarction", "cont.total")
    counts = ("ai", "n1i", "ci", "n2i")
    yield "yusuf1985_t6", columns([r for r in table("yusuf1985") if r["table"] == "6"], *counts)
    yield "hine1989", columns(table("hine1989"), *counts)
    yield "lee2004", columns(table("lee2004"), *counts)
    yield "linde2005", columns(table("linde2005"), *counts)
    # The 17 trials of Viechtbauer 2007b.
    chosen = [r for r in table("linde2005") if int(r["id"]) in (*range(7, 11), *range(13, 26))]
    yield "linde2005_17", columns(chosen, *counts)
    yield "collins1985b_pre", columns(table("collins1985b"),
                                      "pre.xti", "pre.nti", "pre.xci", "pre.nci")
    # DerSimonian and Kacker 2007, table 1.
    yield "clasp", list(zip((5, 5, 12, 69, 9, 313), (156, 303, 565, 1570, 103, 4659),
                            (8, 17, 9, 94, 11, 352), (74, 303, 477, 1565, 105, 4650)))
    # Ten trials on which metafor's exact model fails, as its users reported in 2021.
    yield "metafor45", list(zip((1, 1, 14, 1, 5, 8, 7, 8, 4, 5),
                                (407, 414, 1197, 989, 139, 136, 304, 214, 111, 231),
                                (1, 1, 16, 1, 4, 11, 4, 11, 0, 8),
                                (422, 407, 1300, 494, 80, 157, 152, 227, 37, 234)))


def binomial(source, n, p):
    return sum(source.random() < p for _ in range(n))


def drawn(seed, k, risk, effect, tau, sizes, ratios=(1,)):
    source = random.Random(seed)
    for _ in range(k):
        n2 = source.randint(*sizes)
        n1 = n2 * source.choice(ratios)
        odds = risk / (1 - risk) * math.exp(source.gauss(0, 0.5))
        other = odds * math.exp(effect + tau * source.gauss(0, 1))
        yield binomial(source, n1, other / (1 + other)), n1, binomial(source, n2, odds / (1 + odds)), n2


def made():
    yield "rare12", list(drawn(12, 12, 0.006, 0.6, 0.0, (40, 400), (1, 2, 4)))
    yield "rare30", list(drawn(31, 30, 0.01, 0.4, 0.8, (30, 300), (1, 2)))
    yield "heterogeneous30", list(drawn(30, 30, 0.15, -0.3, 0.7, (30, 400)))
    yield "one", [(7, 120, 3, 115)]
    yield "one_zero", [(4, 60, 0, 62)]
    yield "two", [(12, 100, 7, 104), (30, 220, 31, 199)]
    yield "three", [(5, 20, 2, 21), (4800, 90000, 4100, 91000), (40, 300, 61, 310)]
    # Odds ratio 2 in every study: (2/3) against (1/2), (1/3) against (1/5), (2/11) against (1/10).
    yield "equal", [(20, 30, 15, 30), (40, 120, 22, 110), (60, 330, 21, 210), (8, 44, 5, 50)]
    yield "no_treatment_events", [(0, 50, 2, 52), (0, 80, 1, 40), (0, 60, 3, 61), (0, 33, 0, 30)]
    yield "all_events", [(30, 30, 25, 28), (18, 20, 20, 20), (12, 12, 12, 12), (40, 44, 31, 40)]
    yield "no_events", [(0, 50, 0, 52), (0, 80, 0, 40)]


def rates():
    rows = table("nielweise2008")
    yield "nielweise2008", [(int(r["x1i"]), int(r["t1i"]), int(r["x2i"]), int(r["t2i"]))
                            for r in rows]
    yield "person_time8", [(3, 210.5, 1, 198.25), (0, 54.0, 2, 60.5), (12, 800.75, 5, 790.0),
                           (0, 30.25, 0, 31.0), (7, 150.0, 9, 148.5), (25, 1200.5, 11, 1180.0),
                           (1, 75.5, 0, 25.25), (4, 320.0, 2, 160.0)]
    yield "rate_no_reference_events", [(2, 110.0, 0, 52.5), (1, 80.5, 0, 40.0), (4, 160.0, 0, 81.0)]


def effects():
    yield "raudenbush1985", [(r["yi"], r["vi"]) for r in table("raudenbush1985")]
    source = random.Random(5)
    yield "generic30", [(round(source.gauss(0.2, 0.5), 3), round(0.01 + source.random() ** 3, 4))
                        for _ in range(30)]
    yield "generic5", [(0.12, 0.04), (0.45, 0.09), (-0.3, 0.0625), (0.9, 0.16), (0.2, 0.01)]
    yield "generic3", [(0.5, 1e-6), (-0.25, 1.0), (1.5, 100.0)]
    yield "generic3b", [(0.5, 1e-6), (0.75, 2e-6), (1.5, 100.0)]
    yield "generic2", [(0.5, 0.04), (-0.7, 0.09)]
    yield "generic1", [(0.5, 0.04)]
    yield "generic_equal", [(0.25, 0.04), (0.25, 0.09), (0.25, 0.01), (0.25, 1.0), (0.25, 0.5)]
    yield "generic_low_q", [(0.25, 0.04), (0.26, 0.09), (0.24, 0.01), (0.3, 1.0), (0.2, 0.5)]


with open(os.path.join(HERE, "datasets.csv"), "w", encoding="utf-8") as out:
    out.write(f"# generate_datasets.py, Python {platform.python_version()}: events and subjects, or events and years (kind rate), of treatment and reference\n")
    out.write("dataset,study,x1,n1,x2,n2,kind\n")
    for kind, sets in (("risk", classical()), ("risk", made()), ("rate", rates())):
        for name, studies in sets:
            for i, study in enumerate(studies, 1):
                out.write(",".join(map(str, (name, i, *study, kind))) + "\n")
with open(os.path.join(HERE, "effects.csv"), "w", encoding="utf-8") as out:
    out.write(f"# generate_datasets.py, Python {platform.python_version()}: effect y with variance v\n")
    out.write("dataset,study,y,v\n")
    for name, studies in effects():
        for i, (y, v) in enumerate(studies, 1):
            out.write(f"{name},{i},{y},{v}\n")
