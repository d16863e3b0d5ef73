"""Batches of small studies through `theriac run`: studies a second and peak memory.

usage: studies.py PROGRAM WORK ROUNDS COUNT…

Every study has two arms, ten events and two analyses (risks with two intervals; risk differences with
a test, adjusted). For each count, in turn: a run of files, the same taken up again when all is finished, and
a run of lines from standard input. Medians of the rounds; memory is the highest of any round.
"""
import json
import os
import shutil
import statistics
import sys
import time

program, work, rounds = os.path.abspath(sys.argv[1]), sys.argv[2], int(sys.argv[3])
counts = [int(count) for count in sys.argv[4:]]
EVENTS = 10


def study(index):
    events = [{"term": f"Term {place}", "counts": {"a": (3 + index + place) % 40, "p": (index * place) % 30}}
              for place in range(EVENTS)]
    return {
        "theriac": 1, "id": f"study-{index:05}", "title": f"Study {index}",
        "trials": [{"id": "t", "arms": [{"id": "a", "label": "Drug", "subjects": 80},
                                        {"id": "p", "label": "Placebo", "subjects": 75}], "events": events}],
        "analyses": [
            {"id": "risks", "kind": "incidence", "trial": "t", "measure": "risk", "methods": ["wilson", "wald"]},
            {"id": "contrast", "kind": "comparison", "treatment": "t/a", "reference": "t/p",
             "methods": {"risk-difference": ["newcombe"]}, "tests": ["fisher"], "multiplicity": ["holm"]}]}


def measured(arguments, input_path=os.devnull):
    """Seconds and peak memory in MiB of a run of the program."""
    begin = time.monotonic()
    child = os.fork()
    if child == 0:
        os.dup2(os.open(input_path, os.O_RDONLY), 0)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.execv(program, [program] + arguments)
    _, status, used = os.wait4(child, 0)
    if status != 0:
        sys.exit(f"{program} {' '.join(arguments)}: status {os.waitstatus_to_exitcode(status)}")
    return time.monotonic() - begin, used.ru_maxrss / 1024


def batch(count):
    """A folder and a file of lines with `count` studies."""
    folder, lines = os.path.join(work, f"in-{count}"), os.path.join(work, f"{count}.ndjson")
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    with open(lines, "w") as stream:
        for index in range(count):
            text = json.dumps(study(index))
            stream.write(text + "\n")
            with open(os.path.join(folder, f"{index:05}.json"), "w") as file:
                file.write(text)
    return folder, lines


print("| studies | what | seconds | studies a second | peak memory, MiB |\n|---|---|---|---|---|")
for count in counts:
    folder, lines = batch(count)
    output = os.path.join(work, "out")
    found = {}
    for _ in range(rounds):
        shutil.rmtree(output, ignore_errors=True)
        run = ["run", folder, "--output", output, "--quiet"]
        for name, arguments, input_path in [
                ("files", run, os.devnull), ("files, taken up again", run + ["--resume"], os.devnull),
                ("lines of standard input", ["run", "-"], lines)]:
            found.setdefault(name, []).append(measured(arguments, input_path))
    for name, figures in found.items():
        seconds = statistics.median(figure[0] for figure in figures)
        print(f"| {count:,} | {name} | {seconds:.2f} | {count / seconds:,.0f} "
              f"| {max(figure[1] for figure in figures):.0f} |", flush=True)
    shutil.rmtree(output, ignore_errors=True)
    shutil.rmtree(folder)
    os.remove(lines)
