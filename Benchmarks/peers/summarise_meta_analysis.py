"""Medians over the rounds, their ratios, how far answers differ, and how times grow with studies.

usage: summarise_meta_analysis.py DIRECTORY
"""
import collections
import os
import statistics
import sys

directory = sys.argv[1]


def lines(name):
    path = os.path.join(directory, name)
    if not os.path.exists(path):
        return []
    with open(path) as file:
        return [line.strip().split(",") for line in file if line.strip()]


times = collections.defaultdict(list)
for program, method, count, seconds in lines("run.times"):
    times[program, method].append(float(seconds) / int(count))
peers = sorted({program for program, _ in times} - {"Theriac"})
print("| method | Theriac, s | " + " | ".join(f"{p}, s | ratio" for p in peers) + " |")
print("|---" * (2 + 2 * len(peers)) + "|")
for program, method in times:
    if program != "Theriac":
        continue
    own = statistics.median(times[program, method])
    cells = [f"{own:.3g}"]
    for peer in peers:
        found = times.get((peer, method))
        cells += [f"{statistics.median(found):.3g}",
                  f"{statistics.median(found) / own:,.1f}"] if found else ["", ""]
    print(f"| {method} | " + " | ".join(cells) + " |")
print()

# Estimate, standard error, limits, p and τ²; of the Python programs the first two and τ².
ours = {method: [float(x) for x in numbers] for method, *numbers in lines("theriac.answers")}


def compare(program, method, numbers):
    own = ours.get(method, [])
    if program != "metafor":
        own = own[:2] + own[-1:]
    if len(own) != len(numbers):
        return float("inf")
    # Zeros that a program finds as a small number, relative to 1.
    return max(abs(a - b) / max(abs(a), abs(b), 1e-3) for a, b in zip(own, numbers))


found = collections.defaultdict(list)
for method, *numbers in lines("metafor.answers"):
    kind = " ".join(method.split()[:2]) if method.startswith("simulated") else method
    found["metafor", kind].append(compare("metafor", method, [float(x) for x in numbers]))
for program, method, *numbers in lines("python.answers"):
    found[program, method].append(compare(program, method, [float(x) for x in numbers]))
for (program, method), differences in found.items():
    close = [d for d in differences if d <= 1e-4]
    print(f"{program}, {method}: {len(close)} of {len(differences)} agree to 1e-4, "
          f"median difference {statistics.median(differences):.1e}, "
          f"greatest of those {max(close, default=0):.1e}")

scale = collections.defaultdict(dict)
for method, count, seconds, memory in lines("scale.times"):
    scale[method][int(count)] = float(seconds), int(memory)
counts = sorted({count for row in scale.values() for count in row})
if counts:
    print("\n| method | " + " | ".join(f"{c:,}: ns a study" for c in counts)
          + " | bytes a study |")
    print("|---" * (2 + len(counts)) + "|")
for method, row in scale.items():
    cells = [f"{row[c][0] / c * 1e9:,.1f}" if c in row else "" for c in counts]
    most = max(row)
    print(f"| {method} | " + " | ".join(cells) + f" | {row[most][1] / most:,.0f} |")
