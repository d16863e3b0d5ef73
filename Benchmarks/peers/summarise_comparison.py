"""Medians over the rounds, their ratios, and how far the answers of the programs differ.

usage: summarise_comparison.py TIMES OURS PROGRAM=ANSWERS ...
"""
import collections
import math
import statistics
import sys


def answers(path):
    """By method, the numbers of each table; none where a program raised an error."""
    found = collections.defaultdict(dict)
    with open(path) as file:
        for line in file:
            method, *fields = line.strip().split(",")
            found[method][tuple(fields[:4])] = [float(f) for f in fields[4:]]
    return found


def difference(a, b):
    if a == b or (math.isinf(a) and math.isinf(b)):
        return 0
    return abs(a - b) / max(abs(a), abs(b)) if math.isfinite(a) and math.isfinite(b) else math.inf


times = collections.defaultdict(list)
all_tables = collections.defaultdict(list)
with open(sys.argv[1]) as file:
    for line in file:
        program, method, table, count, seconds = line.strip().split(",")
        described = table if count == "1" else f"{int(count):,} tables"
        times[program, method, described].append(float(seconds) / int(count))
        if program == "Theriac" and count != "1":
            all_tables[method].append(float(seconds))
ours = answers(sys.argv[2])
peers = dict(argument.split("=") for argument in sys.argv[3:])

print("| method | tables | Theriac, s a table | "
      + " | ".join(f"ratio to {p}" for p in peers) + " |")
print("|---" * (3 + len(peers)) + "|")
for program, method, table in times:
    if program != "Theriac":
        continue
    own = statistics.median(times[program, method, table])
    ratios = [statistics.median(times[p, method, table]) / own if (p, method, table) in times
              else None for p in peers]
    print(f"| {method} | {table} | {own:.3g} | "
          + " | ".join("" if r is None else f"{r:,.0f}" if r >= 10 else f"{r:.1f}" for r in ratios)
          + " |")
print(f"\nall {len(all_tables)} methods for all tables: "
      f"{sum(map(statistics.median, all_tables.values())):.3f} s\n")
for program, path in peers.items():
    for method, found in answers(path).items():
        errors = [max((difference(a, b) for a, b in zip(ours[method][table], values)),
                      default=math.inf) for table, values in found.items()]
        same = sum(e <= 1e-8 for e in errors)
        none = sum(not v for v in found.values())
        print(f"{program}, {method}: {same} of {len(errors)} agree to 1e-8, none from {none}; "
              f"greatest difference of those that agree "
              f"{max((e for e in errors if e <= 1e-8), default=0):.1e}")
