#!/usr/bin/env python3
"""Holds the schema that `theriac schema` prints against an independent validator.

The schema must be valid under draft 2020-12, every example study must validate, and of mutants of
these studies the schema must refuse none that the program accepts. How often both agree is printed.

Usage: validate.py PROGRAM [MUTANTS]
"""
import copy
import json
import random
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import jsonschema

ROOT = Path(__file__).resolve().parents[2]
SEED = 20260103
EDGES = [None, True, 0, -1, 0.5, 1e300, "", " ", "x", [], {}, ["x"], {"x": 1}, 10 ** 15]


def run(program, *arguments, **options):
    return subprocess.run([program, *arguments], capture_output=True, text=True, **options)


def examples(program):
    """Every study of the repository with the folder that its data lie in."""
    for path in sorted((ROOT / "Datasets").rglob("*.json")):
        study = json.loads(path.read_text(encoding="utf-8"))
        if "theriac" in study:
            yield str(path.relative_to(ROOT)), study, path.parent
    for page in [ROOT / "README.md", *sorted((ROOT / "Documentation").glob("*.md"))]:
        text = page.read_text(encoding="utf-8")
        for name, block in re.findall(r"```json file=(\S+)\n(.*?)```", text, re.S):
            yield f"{page.name}, {name}", json.loads(block), None
    with tempfile.TemporaryDirectory() as folder:
        run(program, "init", "study.json", cwd=folder)
        yield "theriac init", json.loads(Path(folder, "study.json").read_text()), None


def places(value, path=()):
    """The path of every value below the document."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(
        value, list) else ()
    for key, child in items:
        yield path + (key,)
        yield from places(child, path + (key,))


def mutant(study, source):
    study = copy.deepcopy(study)
    *path, last = source.choice(list(places(study)))
    parent = study
    for key in path:
        parent = parent[key]
    change = source.randrange(5)
    if change == 0:
        del parent[last]
    elif change == 1:
        parent[last] = source.choice(EDGES)
    elif change == 2 and isinstance(parent, dict):
        parent[last + "x"] = parent.pop(last)
    elif change == 3 and isinstance(parent, list):
        parent.append(copy.deepcopy(parent[last]))
    elif isinstance(parent[last], (int, float)) and not isinstance(parent[last], bool):
        parent[last] = source.choice([-parent[last], parent[last] + 0.5, parent[last] * 10])
    elif isinstance(parent[last], str):
        parent[last] = source.choice([parent[last] + "x", parent[last].upper(), "wilson"])
    else:
        parent[last] = source.choice(EDGES)
    return study


def refused(program, mutants):
    """The numbers of the mutants that the program refuses for what their own text says."""
    with tempfile.TemporaryDirectory() as folder:
        names = []
        for number, (study, data) in enumerate(mutants):
            place = Path(folder, str(number))
            place.mkdir()
            if data:
                for table in data.glob("*.csv"):
                    (place / table.name).symlink_to(table)
            # Studies of one run have ids of their own, which is no matter of the schema.
            name = f"{number}/study.json"
            (Path(folder) / name).write_text(json.dumps(study), encoding="utf-8")
            names.append(name)
        found = set()
        for number, name in enumerate(names):
            status = run(program, "validate", name, cwd=folder).returncode
            if status not in (0, 65, 66):
                sys.exit(f"mutant {number}: theriac validate ended with {status}: {mutants[number][0]}")
            if status != 0:
                found.add(number)
        return found


def main():
    program = str(Path(sys.argv[1]).resolve())
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 300
    schema = json.loads(run(program, "schema").stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    studies = list(examples(program))
    failures = 0
    for name, study, _ in studies:
        for error in validator.iter_errors(study):
            failures += 1
            print(f"{name}: {error.json_path}: {error.message[:300]}", file=sys.stderr)
    source = random.Random(SEED)
    mutants = []
    for _ in range(count):
        _, study, data = source.choice(studies)
        mutants.append((mutant(study, source), data))
    by_program = refused(program, mutants)
    by_schema = {n for n, (study, _) in enumerate(mutants) if not validator.is_valid(study)}
    for number in sorted(by_schema - by_program):
        failures += 1
        error = next(validator.iter_errors(mutants[number][0]))
        print(f"mutant {number}: the schema alone refuses it: {error.json_path}: "
              f"{error.message[:300]}", file=sys.stderr)
    agreed = count - len(by_schema ^ by_program)
    print(f"schema: {len(studies)} example studies, {count} mutants of seed {SEED}: the schema refuses "
          f"{len(by_schema)}, the program {len(by_program)}, both agree in {100 * agreed / count:.1f} %")
    if failures:
        sys.exit(f"schema: {failures} failures")


if __name__ == "__main__":
    main()
