"""Writes the simulated data of this folder, simulated-plates.csv and simulated-species.csv, and truth.json.

Nothing here was measured. Three 96-well plates, one a day, as in an MTT assay of HepG2 cells:
column 1 blanks, columns 2 and 11 vehicle (0.1 % DMSO), columns 3 to 10 eight doses, column 12 the
positive control (chlorpromazine). Rows A to C hold `agonist`, D to F `inactive`, G and H `incomplete`.
Wells have a log-normal error of 4 % and a normal one of 0.006 absorbance units. On day 2 all wells at
the edge of the plate lose 14 % of their signal; on day 3 the positive control kills few cells, and
unevenly, so that the plate fails. The random numbers are Python's Mersenne Twister, turned normal by
the inverse distribution function.
"""

import json
import math
import platform
import random
from pathlib import Path
from statistics import NormalDist

SEED = 20251203
DOSES = [1, 2, 4, 8, 15, 30, 60, 100]
ROWS = "ABCDEFGH"
BLANK = 0.062
DAYS = {"day-1": {"vehicle": 1.10}, "day-2": {"vehicle": 1.06}, "day-3": {"vehicle": 1.12}}
# Above the blank, as a share of the vehicle: lower + (1 - lower)/(1 + (x/ed50)^slope).
COMPOUNDS = {
    "agonist": {"rows": "ABC", "slope": 1.6, "lower": 0.05, "ed50": 28.0},
    "inactive": {"rows": "DEF", "slope": 1.0, "lower": 0.0, "ed50": 20000.0},
    "incomplete": {"rows": "GH", "slope": 1.3, "lower": 0.0, "ed50": 220.0},
}
POSITIVE = {"day-1": (0.04, 0.01), "day-2": (0.04, 0.01), "day-3": (0.45, 0.16)}
EDGE = {"day-2": 0.86}
SPECIES = {"human": 30.0, "rat": 11.0}
SPECIES_DOSES = [1, 3, 10, 30, 100, 300]

normal = NormalDist()
stream = random.Random(SEED)


def error(sd):
    return sd * normal.inv_cdf(stream.random())


def share(compound, dose):
    c = COMPOUNDS[compound]
    return c["lower"] + (1 - c["lower"]) / (1 + (dose / c["ed50"]) ** c["slope"])


def half_of_control(c):
    """The dose at which half of the vehicle's signal above the blank is left."""
    return c["ed50"] * ((1 - c["lower"]) / (0.5 - c["lower"]) - 1) ** (1 / c["slope"])


def plates():
    for plate, day in DAYS.items():
        for i, row in enumerate(ROWS):
            for column in range(1, 13):
                compound, dose = "", ""
                if column == 1:
                    role, level = "blank", 0.0
                elif column in (2, 11):
                    role, level = "vehicle", 1.0
                elif column == 12:
                    mean, sd = POSITIVE[plate]
                    role, level = "positive", max(0.0, mean + error(sd))
                else:
                    role, dose = "sample", DOSES[column - 3]
                    compound = next(name for name, c in COMPOUNDS.items() if row in c["rows"])
                    level = share(compound, dose)
                at_edge = row in "AH" or column in (1, 12)
                signal = level * day["vehicle"] * math.exp(error(0.04)) * (EDGE.get(plate, 1) if at_edge else 1)
                yield [plate, row, column, role, compound, dose, f"{BLANK + signal + error(0.006):.3f}", "true"]


def species():
    for name, ed50 in SPECIES.items():
        for dose in [0, 0, 0, 0] + [d for d in SPECIES_DOSES for _ in range(3)]:
            mean = 5 + 95 / (1 + (dose / ed50) ** 1.6)
            yield [name, dose, f"{mean + error(3.5):.1f}", "true"]


def write(name, header, rows):
    text = "\n".join(",".join(map(str, row)) for row in [header, *rows]) + "\n"
    Path(__file__).with_name(name).write_text(text)


write("simulated-plates.csv", "plate row column role compound dose response simulated".split(), plates())
write("simulated-species.csv", "curve dose response simulated".split(), species())
truth = {
    "simulated": True, "script": "simulate.py", "python": platform.python_version(), "seed": SEED,
    "blank": BLANK, "vehicle": {p: d["vehicle"] for p, d in DAYS.items()},
    "compounds": {n: {k: v for k, v in c.items() if k != "rows"} | {"upper": 1.0, "half_of_control": half_of_control(c)}
                  for n, c in COMPOUNDS.items()},
    "plates": {"day-1": "passes", "day-2": "wells at the edge lose 14 %", "day-3": "fails: the positive control leaves 45 % of the signal, SD 16 %"},
    "species": {"ed50": SPECIES, "slope": 1.6, "lower": 5, "upper": 100, "relative_potency of rat": SPECIES["human"] / SPECIES["rat"]},
}
Path(__file__).with_name("truth.json").write_text(json.dumps(truth, indent=2, ensure_ascii=False) + "\n")
print(f"Python {platform.python_version()}, seed {SEED}")
