"""How many curves each program fits nearly as well as any, and its median time.

usage: summarise_dose_response.py CURVES DIRECTORY
"""
import collections
import csv
import math
import os
import statistics
import sys

path, directory = sys.argv[1:]
ANSWERS = {"Theriac": "theriac", "SciPy lm": "scipy-lm", "SciPy trf": "scipy-trf",
           "R nls": "r-rnls", "minpack.lm": "r-minpacklm", "drc": "r-drc"}
curves = collections.defaultdict(list)
with open(path) as file:
    for name, dose, response in list(csv.reader(file))[1:]:
        curves[name].append((float(dose), float(response)))


def rows(name):
    if not os.path.exists(os.path.join(directory, name)):
        return []
    with open(os.path.join(directory, name)) as file:
        return [line.strip().split(",") for line in file if line.strip()]


def left(points, slope, lower, upper, log_ed50):
    """The residual sum of squares, from the model as every program has it."""
    # From the nearer plateau: a far one, times a small share, would lose all digits to the other.
    far = (slope, lower, upper) if abs(lower) > abs(upper) else (-slope, upper, lower)
    total = 0
    for dose, response in points:
        x = math.log(dose) if dose > 0 else -math.inf
        z = far[0] * (x - log_ed50) if slope else 0.0
        share = 1 / (1 + math.exp(min(-z, 700)))
        total += (response - far[2] - (far[1] - far[2]) * share) ** 2
    return total


times = collections.defaultdict(list)
for program, count, seconds in rows("run.times"):
    times[program].append(float(seconds) / int(count))
sums = {program: {name: left(curves[name], *map(float, numbers)) if numbers else math.inf
                  for name, *numbers in rows(ANSWERS[program] + ".answers")}
        for program in times if program in ANSWERS}
best = {name: float(total) for name, total in rows("best.sums")}
least = {name: min(found[name] for found in [*sums.values(), best] if found) for name in curves}

print(f"{len(curves)} curves, {os.path.basename(path)}")
print("| program | within 1 % | within 0.01 % | no answer | worst | ms a fit | ratio |")
print("|---" * 7 + "|")
own = statistics.median(times["Theriac"])
for program in times:
    seconds = statistics.median(times[program])
    cells = [""] * 4
    if program in sums:
        over = [sums[program][name] / least[name] - 1 for name in curves]
        cells = [f"{sum(o <= limit for o in over) / len(over):.2%}" for limit in (0.01, 0.0001)]
        cells += [str(sum(o == math.inf for o in over)),
                  f"{max((o for o in over if o < math.inf), default=math.nan):.1e}"]
    print(f"| {program} | " + " | ".join(cells) + f" | {seconds * 1e3:.3g} | {seconds / own:.2g} |")
if best:
    print(f"dense search: at most {max(best[n] / least[n] - 1 for n in curves):.1e} above the least")
missed = sorted(((sums["Theriac"][n] / least[n] - 1, n) for n in curves), reverse=True)
print("Theriac's worst: " + ", ".join(f"{n} {o:.1e}" for o, n in missed[:5]))
