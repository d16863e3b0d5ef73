"""The picture of CurveCoverage's results.

usage: draw_curve_coverage.py FOLDER PICTURE
"""
import csv
import sys

import matplotlib
import numpy as np
from PIL import Image

matplotlib.use("Agg")
from matplotlib import pyplot as plt  # noqa: E402

folder, picture = sys.argv[1:]
DESIGNS = {"complete": "complete", "incomplete": "incomplete", "beyond": "beyond the doses"}
METHODS = {"profile": ("profile", "#0b3c6f", "o"), "log Wald": ("log Wald", "#d9822b", "s"),
           "Wald": ("Wald", "#777777", "^")}
SLOPE = 1.2


def rows(name):
    with open(f"{folder}/{name}") as file:
        return list(csv.DictReader(file))


plt.rcParams.update({"font.size": 8, "axes.spines.top": False, "axes.spines.right": False,
                     "axes.titlesize": 9, "font.family": "DejaVu Sans"})
figure = plt.figure(figsize=(11, 3.6))
axes = figure.subplots(1, 5, width_ratios=[1, 1, 1, 1.25, 1])
intervals, samples = rows("intervals.csv"), rows("samples.csv")
count = int(intervals[0]["curves"])

for axis, (design, title) in zip(axes, DESIGNS.items()):
    ed50 = next(float(r["ed50"]) for r in intervals if r["design"] == design)
    points = [(float(r["dose"]), float(r["mean"])) for r in samples if r["design"] == design]
    doses = np.geomspace(0.01, 1000, 200)
    axis.axvspan(0.01, 100, color="#eef3f8", linewidth=0)
    axis.plot(doses, 1 / (1 + (doses / ed50) ** SLOPE), color="#0b3c6f", linewidth=1.2)
    axis.plot(*zip(*((max(d, 0.013), y) for d, y in points)), "o", color="#333333", markersize=3.5)
    axis.axvline(ed50, color="#c0392b", linewidth=0.9, linestyle="--")
    axis.set(xscale="log", xlim=(0.01, 1000), xticks=[0.1, 10, 1000], ylim=(-0.15, 1.15),
             title=f"{title}: ED50 {ed50:g} µM", xlabel="dose, µM")
    axis.minorticks_off()
for axis in axes[1:3]:
    axis.set_yticklabels([])

axis = axes[3]
for shift, (method, (label, color, marker)) in zip((-0.15, 0, 0.15), METHODS.items()):
    found = [next(r for r in intervals if (r["design"], r["method"]) == (design, method))
             for design in DESIGNS]
    axis.errorbar(np.arange(3) + shift, [float(r["coverage"]) for r in found],
                  [2 * float(r["standard_error"]) for r in found], linestyle="none", color=color,
                  marker=marker, markersize=4.5, label=label, linewidth=1)
axis.axhline(0.95, color="#c0392b", linewidth=0.9)
axis.set(xticks=range(3), xticklabels=DESIGNS, ylim=(0.5, 1), title="coverage of 95 % intervals")
axis.legend(frameon=False, fontsize=7.5, loc="lower left")

axis = axes[4]
p = np.sort([float(r["p"]) for r in rows("flatness.csv")])
axis.plot(p, np.arange(1, len(p) + 1) / len(p), color="#0b3c6f", linewidth=1.2)
axis.plot([0, 1], [0, 1], color="#c0392b", linewidth=0.9)
axis.set(xlim=(0, 1), ylim=(0, 1), xlabel="p", title="flat: share with a p below")

figure.subplots_adjust(left=0.035, right=0.99, top=0.91, bottom=0.22, wspace=0.25)
figure.text(0.02, 0.02, f"Simulated data. Points: dose means of one sample each, vehicle at the left "
            f"edge; shaded: the doses tested; dashed: the true ED50. Bars: twice the Monte-Carlo "
            f"error of {count:,} curves.\nSource: Theriac, Benchmarks/Sources/CurveCoverage.",
            fontsize=7.5, color="#444444")
figure.savefig(picture, dpi=110)
Image.open(picture).convert("RGB").quantize(96, dither=Image.Dither.NONE).save(
    picture, optimize=True)
