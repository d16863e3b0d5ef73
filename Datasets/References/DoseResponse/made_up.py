"""Writes made-up-data.csv: data that the published bioassays do not offer.

The responses are a curve plus an error from a fixed list, rounded.
"""

from pathlib import Path

from curves import *

ERRORS = [0.61, -1.13, 0.37, 1.49, -0.52, -0.08, 0.93, -1.61, 0.24, -0.71, 1.12, -0.33, 0.05, 0.78, -0.96, -1.27, 0.44,
          1.03, -0.19, 0.66, -0.87, 0.12, -0.41, 0.29]
DOSES = [0] * 6 + [d for d in (2, 5, 10, 20, 50, 100) for _ in range(3)]
HEADER = f"""\
# made_up.py, {VERSIONS}; made-up data
# incomplete: log-logistic-4 with slope 1.2, lower 0, upper 10, ed50 70 and errors of SD 0.6; doses end at 100.
# outlier: ryegrass of published-data.csv and one more response, 6.9, at dose 7.5.
# colonies: counts; weight is the volume that multiplies the mean. hatched: eggs hatched out of total; neither all nor none.
# noisy: log-logistic-4 with slope 1.5, lower 1, upper 20, ed50 8 and errors in proportion to the mean.
dataset,curve,dose,response,weight,total"""
COLONIES = [(0, 96, 1), (0, 108, 1), (0, 103, 1), (1, 93, 1), (1, 104, 1), (2, 176, 2), (2, 85, 1), (4, 138, 2), (4, 62, 1),
            (8, 84, 2), (8, 47, 1), (16, 52, 2.5), (16, 18, 1), (32, 23, 2.5), (32, 8, 1), (64, 7, 2.5), (64, 2, 1)]
HATCHED = [(0, 46, 50), (0, 44, 50), (1, 43, 50), (3, 45, 50), (10, 38, 50), (30, 22, 50), (100, 11, 50), (300, 6, 50),
           (1000, 4, 50)]


def main():
    curve = MODELS["log-logistic-4"][1]
    rows = HEADER.splitlines()
    published = Path(__file__).with_name("published-data.csv").read_text().splitlines()
    for dose, error in zip(DOSES, ERRORS):
        mean = curve(mpf(dose), mpf("1.2"), mpf(0), mpf(10), mpf(70))
        rows.append(f"incomplete,,{dose},{round(float(mean) + 0.6 * error, 2)},,")
    rows += [r.replace("ryegrass", "outlier") for r in published if r.startswith("ryegrass,")] + ["outlier,,7.5,6.9,,"]
    rows += [f"colonies,,{dose},{count},{volume}," for dose, count, volume in COLONIES]
    rows += [f"hatched,,{dose},{count},,{total}" for dose, count, total in HATCHED]
    for dose, error in zip([0] * 6 + [d for d in (1, 3, 10, 30, 100, 300) for _ in range(3)], ERRORS):
        mean = float(curve(mpf(dose), mpf("1.5"), mpf(1), mpf(20), mpf(8)))
        rows.append(f"noisy,,{dose},{round(mean * (1 + 0.08 * error), 2)},,")
    Path(__file__).with_name("made-up-data.csv").write_text("\n".join(rows) + "\n")


main()
