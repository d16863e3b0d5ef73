"""How cost grows with curves, points, cores and what is asked for, and the limits of the machine."""
import collections
import statistics

import batch_roofline
from batch_data import rounded, table

# Status, four parameters with standard errors, sum of squares, deviation, degrees of freedom, iterations.
COLUMNS = 13


def curves(run):
    rates = run.rates("curves.csv")
    return rates and "### Growth with curves\n\n" + table(
        ["curves", "curves a second", "microseconds a curve"],
        [[f"{int(count):,}", rounded(rate), f"{1e6 / rate:.3g}"] for count, rate in rates.items()])


def points(run):
    rates, count = run.rates("points.csv"), run.points("points.csv")
    designs = list(dict.fromkeys(label.split(",")[0] for label in rates))
    rows = []
    for design in designs:
        own, peer = rates.get(f"{design},Theriac"), rates.get(f"{design},cminpack lmder")
        if own:
            rows.append([design.replace("x", " × "), count[f"{design},Theriac"], rounded(own),
                         f"{1e9 / own / count[f'{design},Theriac']:.3g}", rounded(peer),
                         rounded(peer and own / peer)])
    return rows and "### Growth with points\n\n" + table(
        ["doses × replicates", "points", "curves a second", "nanoseconds a point",
         "cminpack lmder, curves a second", "ratio"], rows)


def cores(run):
    rates = run.rates("cores.csv", column=3)
    if not rates:
        return ""
    rows = [(count, rates[count]) for count in ["1", "2"] if count in rates]
    if "one of two" in rates:
        rows.append(("2, a program on each", 2 * rates["one of two"]))
    return "### Growth with cores\n\n" + table(
        ["cores", "curves a second", "times one core"],
        [[label, rounded(rate), f"{rate / rates['1']:.2f}"] for label, rate in rows]
    ) + """
Time of the clock, medians of passes of ten times as many curves, since a core that was idle takes half a second
to come to its speed. Two programs that share nothing tell what the machine's two cores give; other work on it
slows them more than one.
"""


def kinds(run):
    rates, iterations = run.rates("kinds.csv"), run.iterations("kinds.csv")
    return rates and "### Models, intervals and searches\n\n" + table(
        ["asked for", "curves a second", "iterations a curve"],
        [[label.replace("=", " "), rounded(rate), f"{iterations[label]:.2f}"]
         for label, rate in rates.items()]) + """
8 × 3 points, each model on curves of its own; intervals are those of the ED50.
"""


def rows(run):
    found = collections.defaultdict(dict)
    for program, numbers in run.lines("rows.csv"):
        found[int(numbers[1])][program] = numbers
    rows = []
    for count, programs in found.items():
        least = min(numbers[5] for numbers in programs.values())
        own = programs.get("Theriac")
        for program, numbers in programs.items():
            rows.append([f"{count:,}", program, f"{numbers[2]:.3g}", rounded(count / numbers[2]),
                         rounded(own and numbers[2] / own[2]), f"{numbers[5] / least - 1:.1e}"])
    return rows and "### One fit of many rows, no dose twice\n\n" + table(
        ["rows", "program", "seconds of the processor", "rows a second", "its time over Theriac's",
         "sum of squares above the least"], rows)


def files(run):
    rates = run.rates("files.csv", column=3)
    parts = collections.defaultdict(list)
    for label, numbers in run.lines("files.csv"):
        if label != "memory":
            parts[label].append(numbers[4:7])
    medians = {label: [statistics.median(column) for column in zip(*numbers)]
               for label, numbers in parts.items()}
    return parts and "### From file to file\n\n" + table(
        ["", "curves a second", "share of the rate in memory", "reading, s", "fitting, s", "writing, s"],
        [[label, rounded(rate), f"{rate / rates['memory']:.2f}",
          *(f"{seconds:.3g}" for seconds in medians[label])] if label in medians else
         [label, rounded(rate), "", "", "", ""]
         for label, rate in rates.items()]) + """
`theriac fit responses.npy --output fits.npy` with log-Wald limits of the ED50, from start to end by the
clock, beside the same fits in memory on one core.
"""


def roofline(run):
    limits = run.limits()
    copy = limits.pop("copy", None)
    if not limits:
        return ""
    best = list(limits)[-1]

    def line(name, instructions, rate, model, levels, count, evaluations):
        operations = batch_roofline.operations(model, levels, count, evaluations)
        limited = batch_roofline.in_double(model, levels, count, evaluations)
        moved = batch_roofline.moved(count, COLUMNS)
        return [name, instructions, f"{evaluations:.2f}", rounded(operations), moved,
                f"{operations * rate / 1e9:.3g}", f"{limited * rate / 1e9 / limits[instructions]:.0%}",
                f"{moved * rate / 1e9 / copy:.0%}"]

    rows = []
    rates, iterations = run.rates("peers.csv"), run.iterations("peers.csv")
    for instructions in limits:
        program = f"Theriac, {instructions}"
        if program in rates:
            rows.append(line("log-logistic-4, 8 × 3", instructions, rates[program],
                             "log-logistic-4", 8, 24, iterations[program]))
    rates, iterations = run.rates("points.csv"), run.iterations("points.csv")
    for label in iterations:
        design = label.split(",")[0]
        levels, replicates = map(int, design.split("x"))
        if design != "8x3":
            rows.append(line(f"log-logistic-4, {levels} × {replicates}", best, rates[label],
                             "log-logistic-4", levels, levels * replicates, iterations[label]))
    rates, iterations = run.rates("kinds.csv"), run.iterations("kinds.csv")
    for label in iterations:
        kind, model = label.split("=")
        if kind == "model" and model != "log-logistic-4":
            rows.append(line(f"{model}, 8 × 3", best, rates[label], model, 8, 24, iterations[label]))
    for program, numbers in run.lines("rows.csv"):
        if program == "Theriac":
            rate = numbers[1] / numbers[2]
            operations, moved = batch_roofline.ROW_OPERATIONS, batch_roofline.ROW_BYTES
            rows.append([f"one fit of {int(numbers[1]):,} rows, a row", best, "", operations, moved,
                         f"{operations * rate / 1e9:.3g}",
                         f"{operations * rate / 1e9 / limits[best]:.0%}",
                         f"{moved * rate / 1e9 / copy:.0%}"])
    told = ", ".join(f"{name} {value:.3g}" for name, value in limits.items())
    return "### How near to the machine's limits\n\n" + table(
        ["kernel", "instructions", "evaluations", "operations", "bytes", "1e9 operations a second",
         "share of the limit", "share of the memory's"], rows) + f"""
Limits of one core, 1e9 operations a second: {told}; memory {copy:.3g}e9 bytes a second.
{batch_roofline.EXPLANATION}
"""
