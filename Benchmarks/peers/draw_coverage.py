"""The picture of Coverage's results.

usage: draw_coverage.py FOLDER PICTURE
"""
import csv
import sys

import matplotlib
import numpy as np
from PIL import Image

matplotlib.use("Agg")
from matplotlib import pyplot as plt  # noqa: E402

folder, picture = sys.argv[1:]
LEVEL = 0.95
ONE_ARM = {"clopper-pearson": "Clopper–Pearson", "blaker": "Blaker", "mid-p": "mid-P",
           "wilson": "Wilson", "jeffreys": "Jeffreys", "wald": "Wald"}
# Exact methods in full lines, the others in broken ones.
TWO_ARMS = {
    "risk-difference": ("risk difference", {
        "exact-score": ("exact score", "#0b3c6f", "-"),
        "exact-simple": ("exact simple", "#8457b5", "-"),
        "exact-two-sided": ("exact two-sided", "#1f9e89", "-"),
        "miettinen-nurminen": ("Miettinen–Nurminen", "#d9822b", "--"),
        "newcombe": ("Newcombe", "#c2477f", "--"),
        "wald": ("Wald", "#777777", ":")}),
    "risk-ratio": ("risk ratio", {
        "exact-score": ("exact score", "#0b3c6f", "-"),
        "miettinen-nurminen": ("Miettinen–Nurminen", "#d9822b", "--"),
        "log-adjusted": ("adjusted log", "#777777", ":")}),
    "odds-ratio": ("odds ratio", {
        "conditional-exact": ("conditional exact", "#0b3c6f", "-"),
        "baptista-pike": ("Baptista–Pike", "#1f9e89", "-"),
        "miettinen-nurminen": ("Miettinen–Nurminen", "#d9822b", "--"),
        "gart": ("Gart", "#777777", ":")}),
}


def rows(name):
    with open(f"{folder}/{name}") as file:
        return list(csv.DictReader(file))


plt.rcParams.update({"font.size": 8, "axes.spines.top": False, "axes.spines.right": False,
                     "axes.titlesize": 9, "font.family": "DejaVu Sans"})
figure = plt.figure(figsize=(11, 10.8))
top, bottom = figure.subfigures(2, 1, height_ratios=[1, 1.25])

curves = rows("curves.csv")
least = {(r["method"], r["n"]): float(r["least"]) for r in rows("one-arm.csv")
         if r["measure"] == "risk"}
top.suptitle("One arm: coverage of 95 % intervals against the true risk", x=0.02, ha="left",
             fontsize=11, fontweight="bold")
axes = top.subplots(2, 6, sharex=True, sharey=True)
for line, n in zip(axes, ("20", "50")):
    for axis, (method, title) in zip(line, ONE_ARM.items()):
        points = [(float(r["p"]), float(r["coverage"])) for r in curves
                  if r["n"] == n and r["method"] == method]
        exact = method in ("clopper-pearson", "blaker")
        axis.plot(*zip(*points), color="#0b3c6f" if exact else "#d9822b", linewidth=0.7)
        axis.axhline(LEVEL, color="#c0392b", linewidth=0.9)
        axis.set(ylim=(0.80, 1.005), xlim=(0, 1), xticks=[0, 0.5, 1],
                 xticklabels=["0", "0.5", "1"], title=f"{title}, n = {n}")
        axis.text(0.5, 0.81, f"least {least[method, n]:.3f}", ha="center", fontsize=7.5)
    line[0].set_ylabel("coverage")
for axis in axes[1]:
    axis.set_xlabel("true risk p")
top.subplots_adjust(left=0.06, right=0.985, top=0.86, bottom=0.11, hspace=0.32, wspace=0.12)

arms = rows("two-arms.csv")
bottom.suptitle("Two arms: least and mean coverage of 95 % intervals by size", x=0.02, ha="left",
                fontsize=11, fontweight="bold")
axes = bottom.subplots(2, 3, sharex=True, sharey="row")
for line, (column, floor) in zip(axes, (("least", 0.80), ("mean", 0.90))):
    for axis, (contrast, (title, methods)) in zip(line, TWO_ARMS.items()):
        for index, (method, (label, color, style)) in enumerate(methods.items()):
            shift = 0.6 * (index - (len(methods) - 1) / 2)
            for balanced in (True, False):
                found = [r for r in arms if r["contrast"] == contrast and r["method"] == method
                         and (r["n1"] == r["n2"]) == balanced]
                axis.plot([int(r["n1"]) + shift for r in found],
                          np.maximum([float(r[column]) for r in found], floor),
                          linestyle=style if balanced else "none", color=color, linewidth=1.2,
                          marker="o", markersize=4, markerfacecolor=color if balanced else "white",
                          label=label if balanced else None)
        axis.axhline(LEVEL, color="#c0392b", linewidth=0.9)
        axis.set(ylim=(floor - 0.004, 1.002), xticks=[5, 10, 20, 35, 50],
                 title=f"{title}, {column} coverage")
    line[0].set_ylabel("coverage")
for axis in axes[1]:
    axis.set_xlabel("subjects n of the first arm")
    axis.legend(frameon=False, fontsize=7.5, loc="upper center", bbox_to_anchor=(0.5, -0.2),
                ncols=2)
bottom.subplots_adjust(left=0.06, right=0.985, top=0.9, bottom=0.23, hspace=0.25, wspace=0.08)
figure.text(0.02, 0.01, "Red: 95 %. Blue curves and full lines: exact methods; orange curves, "
            "broken and dotted lines: the others. Filled: second arm of n; hollow: of n/2. Values below an "
            "axis are drawn at its end:\nWald, the adjusted logarithm and Gart cover with a "
            "probability next to 0 at some risks near 0 or 1. All outcomes summed next to every "
            "limit. Source: Theriac, Benchmarks/Sources/Coverage.",
            fontsize=7.5, color="#444444")
figure.savefig(picture, dpi=110)
Image.open(picture).convert("RGB").quantize(96, dither=Image.Dither.NONE).save(
    picture, optimize=True)
