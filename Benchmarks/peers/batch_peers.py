"""Rates beside the peers', and whose sums of squares are the least."""
import math
import os

from batch_data import read_npy, rounded, table

# A sum of squares above the least one by more than this share of it is a worse fit.
WORSE = 1e-6


def least_sums(all_sums):
    """The least sum of each curve over the programs that fitted it."""
    least = []
    for sums in all_sums:
        shared = [min(a, b) if b == b else a for a, b in zip(least, sums)]
        least = shared + list(least[len(shared):]) + [
            s if s == s else math.inf for s in sums[len(shared):]]
    return least


def excesses(sums, least):
    """By how much each sum is above the least one, as a share of it; infinite without an
    answer."""
    return [(s - b) / max(b, 1e-300) if s < math.inf else math.inf for s, b in zip(sums, least)]


def ratios(run):
    rates, counts = run.rates("peers.csv"), run.counts("peers.csv")
    if "Theriac" not in rates:
        return ""
    sums = {program: read_npy(run.path("sums", program + ".npy")) for program in rates}
    sums = {program: values for program, values in sums.items() if values}
    least = least_sums(sums.values())
    rows = []
    for program, rate in sorted(rates.items(), key=lambda pair: -pair[1]):
        over = excesses(sums[program], least) if program in sums else []
        answered = [o for o in over if o < math.inf]
        rows.append([program, f"{counts[program]:,}", rounded(rate),
                     rounded(rates["Theriac"] / rate), sum(o > WORSE for o in answered),
                     f"{max(answered, default=math.nan):.1e}", len(over) - len(answered)])
    own = [program for program in rates if program.startswith("Theriac, ")]
    peers = [program for program in rates if not program.startswith("Theriac")]
    text = "### Four-parameter log-logistic curves, 8 doses × 3 replicates\n\n"
    text += table(["program", "curves", "curves a second", "Theriac's rate over its",
                   "worse than the best", "most above the best", "no answer"], rows)
    text += """
Processor time of one core, medians of rounds in turn; what is timed is the fits, not reading. Theriac's
are with standard errors, the peers' without. Worse is a residual sum of squares above the least that any
program found for the curve by more than 1e-6 of it.
"""
    if own:
        text += "\nTheriac's rate over the peers', by the instructions that it is let use:\n\n"
        text += table(["", *(program.removeprefix("Theriac, ") for program in own)],
                      [[peer, *(rounded(rates[program] / rates[peer]) for program in own)]
                       for peer in sorted(peers, key=lambda peer: -rates[peer])])
    return text


def screens(run):
    rates, counts = run.rates("screens.csv"), run.counts("screens.csv")
    rows = []
    for label, rate in rates.items():
        name, search, instructions = label.split(",")
        folder = run.path("screens", name)
        sums = read_npy(os.path.join(folder, f"{search}-{instructions}.npy"))
        best_path = os.path.join(folder, "best.sums")
        if not os.path.exists(best_path):
            continue
        with open(best_path) as file:
            best = [float(line.split(",")[1]) for line in file]
        over = excesses(sums, best)
        copies = len(sums) // len(best)
        apart = max((abs(s - first) / max(first, 1e-300) for s, first in
                     zip(sums, list(sums[:len(best)]) * copies) if s == s), default=math.nan)
        rows.append([name, search, instructions, f"{len(best)} × {copies}", rounded(rate),
                     *(sum(o <= limit for o in over) for limit in (1e-2, 1e-4, 1e-6)),
                     f"{max(over):.1e}", f"{min(over):.1e}", f"{apart:.1e}"])
    if not rows:
        return ""
    return "### Curves as screens have them\n\n" + table(
        ["curves", "search", "instructions", "count", "curves a second", "within 1 %",
         "within 0.01 %", "within 1e-6", "most above", "most below", "copies apart"], rows) + """
`simulated` are the 356 simulated curves of the dose-response subject (vehicle and sixteen doses; half of
them complete, a fifth incomplete, a fifth flat, a tenth steep); others are a file's. Above and below what
a dense search finds: 62,400 slopes and locations with the plateaus in closed form, the 12 lowest places
refined, steps in closed form. Copies of a curve are apart by at most that share of their sum of squares.
"""
