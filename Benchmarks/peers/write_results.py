"""Writes the results of a run as Markdown, and the picture beside it.

usage: write_results.py BUILD RESULTS
"""
import os
import subprocess
import sys
import time

import machine

build, results = sys.argv[1:]
SUBJECTS = {
    "batch": ("Many dose-response curves", """Simulated from a fixed seed, none of them measured: eight threefold doses up to 100, three replicates
each; the upper plateau normal with mean 100 and standard deviation 5, the lower one uniform from 0 to 40 %
of it, slopes from 0.7 to 3 and ED50s from the third to the sixth dose evenly over their logarithms, normal
noise of 4 % of the range between the plateaus. Every program reads the same file. Every peer starts at the
extreme dose means, the dose half-way between them and slope 1, has the Jacobian (but for nlsLM, which takes
a formula, and drc, which starts by itself) and stops at tolerances of 1e-9. C and C++ are compiled with
`-O3 -march=native`, MINPACK from its source with the same flags; Theriac is its default build."""),
    "incidence": ("Incidence", "Every interval of a proportion at 95 % for cells drawn from a fixed seed."),
    "comparison": ("Comparison", "Tables of two arms drawn from a fixed seed, then single tables."),
    "meta_analysis": ("Meta-analysis", """Effect and limits of 13 trials, of 10,000 drawn ones and of many drawn meta-analyses of ten; then how time
grows with studies."""),
    "dose_response": ("Single dose-response curves", """Curves of vehicle and sixteen doses, drawn from a fixed seed or those of a file, one start for each
program."""),
    "studies": ("Batches of studies", """Small studies of ten events, two arms and two analyses through the program, from files to folders of
results and from lines to lines, on all cores. No other program is beside it."""),
}


def as_markdown(text):
    """Tables and headings as they are, and each other line an item of a list."""
    lines, listed = [], False
    for line in text.splitlines():
        item = bool(line) and not line.startswith("|")
        if lines and lines[-1] and item != listed:
            lines.append("")
        lines.append(f"- {line}" if item else line)
        listed = item
    return "\n".join(lines).strip()


parts = [f"""# Results of the benchmarks

`make benchmark` writes this file; README.md says what is measured and how. Ratios within one run are what
counts.

| | |
|---|---|
| machine | {machine.machine()} |
| versions | {", ".join(" ".join(pair) for pair in machine.versions(os.path.join(build, "peers")))} |
| written | {time.strftime("%Y-%m-%d")} |
"""]
setup = os.path.join(build, "results", "setup.txt")
if os.path.exists(setup):
    with open(setup) as file:
        parts.append(as_markdown(file.read()))
for subject, (title, introduction) in SUBJECTS.items():
    path = os.path.join(build, "results", subject + ".txt")
    if not os.path.exists(path):
        continue
    with open(path) as file:
        text = file.read()
    day = time.strftime("%Y-%m-%d", time.localtime(os.path.getmtime(path)))
    parts.append(f"## {title}\n\nRun of {day}.")
    if introduction:
        parts.append(introduction)
    if subject == "batch":
        picture = os.path.join(os.path.dirname(os.path.abspath(results)), "rates.png")
        python = os.path.join(build, "peers/python/bin/python")
        script = os.path.join(os.path.dirname(os.path.abspath(__file__)), "draw_rates.py")
        drawn = os.path.exists(python) and not subprocess.run(
            [python, script, os.path.join(build, "batch"), picture]).returncode
        if drawn:
            parts.append("![Curves a second of each program on one core](rates.png)")
        skipped, _, tables = text.partition("### ")
        parts.append("\n".join(f"- {line}" for line in skipped.splitlines()))
        parts.append("### " + tables.strip())
    else:
        parts.append(as_markdown(text))
with open(results, "w") as file:
    file.write("\n\n".join(part.strip() for part in parts if part.strip()) + "\n")
