"""Medians over the rounds, as cells a second and as ratios to the first program.

usage: summarise.py FILE CELLS CELLS_OF_LOOP
"""
import collections
import statistics
import sys

cells, loop_cells = int(sys.argv[2]), int(sys.argv[3])
times = collections.defaultdict(list)
sums = {}
with open(sys.argv[1]) as file:
    for line in file:
        program, method, seconds, total = line.strip().split(",")
        times[program, method].append(float(seconds))
        sums[program, method] = float(total)

programs = list(dict.fromkeys(program for program, _ in times))
methods = list(dict.fromkeys(method for _, method in times))


def rate(program, method):
    count = loop_cells if program.endswith("loop") else cells
    return count / statistics.median(times[program, method])


print("| interval | " + " | ".join(f"{p}, cells/s" for p in programs)
      + " | " + " | ".join(f"ratio to {p}" for p in programs[1:]) + " |")
print("|---" * (2 * len(programs)) + "|")
for method in methods:
    row = [method]
    row += [f"{rate(p, method):,.0f}" if (p, method) in times else "none" for p in programs]
    row += [f"{rate(programs[0], method) / rate(p, method):.1f}" if (p, method) in times else ""
            for p in programs[1:]]
    print("| " + " | ".join(row) + " |")
everything = sum(statistics.median(times[programs[0], m]) for m in methods)
print(f"\nall {len(methods)} intervals: {cells / everything:,.0f} cells/s "
      f"({everything:.2f} s for {cells:,} cells)")
for program in programs[1:]:
    shared = [m for m in methods if (program, m) in times and not program.endswith("loop")]
    for method in shared:
        ours, theirs = sums[programs[0], method], sums[program, method]
        print(f"sum of limits, {method}: relative difference {abs(ours - theirs) / abs(theirs):.1e}")
