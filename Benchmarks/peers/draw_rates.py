"""Curves a second of each program on one core, on a logarithmic scale.

usage: draw_rates.py FOLDER PICTURE
"""
import math
import sys

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
from batch_data import Run, rounded
from matplotlib.ticker import NullLocator

INSTRUCTIONS = {"plain": "plain instructions", "avx2": "AVX2", "avx512": "AVX-512"}
OURS, THEIRS = "#0b6e6e", "#b9bec4"

folder, picture = sys.argv[1:]
rates = Run(folder).rates("peers.csv")
if any(program.startswith("Theriac, ") for program in rates):
    rates.pop("Theriac", None)
programs = sorted(rates, key=rates.get)


def name(program):
    first, *rest = program.split(", ")
    return f"{first}, {INSTRUCTIONS.get(rest[0], rest[0])}" if rest else first


figure, axes = plt.subplots(figsize=(9, 1.1 + 0.33 * len(programs)), dpi=160)
places = range(len(programs))
axes.barh(places, [rates[p] for p in programs], height=0.72,
          color=[OURS if p.startswith("Theriac") else THEIRS for p in programs])
axes.set_xscale("log")
lowest = math.floor(math.log10(min(rates.values())))
axes.set_xlim(10.0**lowest, max(rates.values()) * 8)
ticks = [10**k for k in range(lowest, math.ceil(math.log10(max(rates.values()))) + 1)]
axes.set_xticks(ticks, [f"{t // 10**6} million" if t >= 10**6 else f"{t:,}" for t in ticks], fontsize=9)
axes.xaxis.set_minor_locator(NullLocator())
axes.set_ylim(-0.7, len(programs) - 0.3)
axes.set_yticks(places, [name(p) for p in programs])
for tick, program in zip(axes.get_yticklabels(), programs):
    tick.set_fontweight("bold" if program.startswith("Theriac") else "normal")
for place, program in zip(places, programs):
    axes.text(rates[program] * 1.12, place, rounded(rates[program]), va="center", fontsize=9)
axes.set_xlabel("curves a second on one core, logarithmic scale")
axes.set_title("Four-parameter log-logistic fits, 8 doses × 3 replicates, simulated", loc="left",
               fontsize=11)
axes.tick_params(axis="y", length=0)
axes.grid(axis="x", color="#e4e6e8", linewidth=0.8)
axes.set_axisbelow(True)
for side in ("top", "right", "left"):
    axes.spines[side].set_visible(False)
figure.tight_layout()
figure.savefig(picture)
