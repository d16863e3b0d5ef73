"""Writes the simulated data of this folder, simulated-lots.csv and simulated-cocktail.csv, and truth.json.

Nothing here was measured. CD41+ cells (%) of megakaryocyte cultures by concentration of an agonist of
the thrombopoietin receptor in six lots of serum, and the yield of a central composite design in three
cytokines. ED50 and plateau of a lot are drawn about the mean of the lots, on the logarithm; serum lot
D holds an inhibitor. The random numbers are Python's Mersenne Twister, turned normal by the inverse
distribution function.
"""

import json
import math
import platform
import random
from pathlib import Path
from statistics import NormalDist

SEED = 20251204
DOSES = [0.03, 0.1, 0.3, 1, 3, 10, 30]
ED50, SLOPE, BASE, TOP = 0.8, 1.2, 8.0, 56.0
SD_LOG_ED50, SD_LOG_TOP, SD = 0.30, 0.06, 2.0
LOTS = "ABCDEF"
INHIBITED = {"D": 0.6}
# Yield: at the optimum, less each squared distance from it, and an interaction.
OPTIMUM = {"TPO": 60.0, "IL-3": 8.0, "SCF": 55.0}
CENTRE = {"TPO": (50.0, 30.0), "IL-3": (10.0, 6.0), "SCF": (50.0, 30.0)}
BEST, CURVATURE, TPO_BY_SCF, YIELD_SD = 64.0, {"TPO": 9.0, "IL-3": 5.0, "SCF": 7.0}, 4.0, 1.5

normal = NormalDist()
stream = random.Random(SEED)


def error(sd):
    return sd * normal.inv_cdf(stream.random())


LOT = {lot: {"ed50": ED50 * math.exp(error(SD_LOG_ED50)),
             "top": TOP * math.exp(error(SD_LOG_TOP)) * INHIBITED.get(lot, 1)} for lot in LOTS}


def lots():
    for lot, p in LOT.items():
        for dose in [0, 0, 0] + [d for d in DOSES for _ in range(3)]:
            share = 1 / (1 + (p["ed50"] / dose) ** SLOPE) if dose else 0
            value = BASE + (p["top"] - BASE) * share + error(SD)
            yield [lot, "vehicle" if dose == 0 else "sample", "agonist", dose, f"{value:.1f}", "true"]


def cocktail():
    corners = [(a, b, c) for a in (-1, 1) for b in (-1, 1) for c in (-1, 1)]
    axes = [tuple(s * 1.5 if i == k else 0 for i in range(3)) for k in range(3) for s in (-1, 1)]
    for coded in corners + axes + [(0, 0, 0)] * 6:
        levels = {n: CENTRE[n][0] + x * CENTRE[n][1] for n, x in zip(CENTRE, coded)}
        away = {n: (levels[n] - OPTIMUM[n]) / CENTRE[n][1] for n in CENTRE}
        value = BEST - sum(CURVATURE[n] * away[n] ** 2 for n in CENTRE) + TPO_BY_SCF * away["TPO"] * away["SCF"]
        yield [f"{v:g}" for v in levels.values()] + [f"{value + error(YIELD_SD):.1f}", "true"]


def write(name, header, rows):
    text = "\n".join(",".join(map(str, row)) for row in [header, *rows]) + "\n"
    Path(__file__).with_name(name).write_text(text)


write("simulated-lots.csv", "lot role compound dose response simulated".split(), lots())
write("simulated-cocktail.csv", [*CENTRE, "response", "simulated"], cocktail())
truth = {
    "simulated": True, "script": "simulate.py", "python": platform.python_version(), "seed": SEED,
    "curve": {"slope of the log-logistic": -SLOPE, "lower": BASE, "upper": TOP, "ed50": ED50, "sd": SD},
    "between_lots": {"sd of log ed50": SD_LOG_ED50, "sd of log upper": SD_LOG_TOP, "inhibited": INHIBITED, "lots": LOT},
    "cocktail": {"optimum": OPTIMUM, "yield": BEST, "curvature a half-range": CURVATURE, "TPO by SCF": TPO_BY_SCF,
                 "half-ranges": {n: h for n, (_, h) in CENTRE.items()}, "sd": YIELD_SD},
}
Path(__file__).with_name("truth.json").write_text(json.dumps(truth, indent=2, ensure_ascii=False) + "\n")
print(f"Python {platform.python_version()}, seed {SEED}")
