"""The same tables by SciPy and statsmodels: `method,tables,number,seconds`, and answers to a file.

usage: comparison_python.py run FILE ANSWERS | comparison_python.py exact ANSWERS
"""
import csv
import sys
import time
import warnings

from scipy.stats import barnard_exact, boschloo_exact, fisher_exact
from statsmodels.stats.proportion import confint_proportions_2indep

warnings.simplefilter("ignore")


def interval(compare, correction):
    def method(x1, n1, x2, n2):
        try:
            return confint_proportions_2indep(
                x1, n1, x2, n2, method="score", compare=compare, correction=correction)
        except (ValueError, ZeroDivisionError):
            return ()
    return method


def p_value(test):
    return lambda x1, n1, x2, n2: (test([[x1, x2], [n1 - x1, n2 - x2]]).pvalue,)


TABLE_METHODS = {
    "risk-difference miettinen-nurminen": interval("diff", True),
    "risk-ratio koopman": interval("ratio", False),
    "fisher": p_value(fisher_exact),
}
EXACT_METHODS = {"barnard": p_value(barnard_exact), "boschloo": p_value(boschloo_exact)}
EXACT_TABLES = [(7, 34, 1, 34), (30, 100, 18, 100)]

answers = []


def run(name, method, tables):
    start = time.perf_counter()
    found = [method(*table) for table in tables]
    seconds = time.perf_counter() - start
    described = "{}/{} v {}/{}".format(*tables[0]) if len(tables) == 1 else "many"
    print(f"{name},{described},{len(tables)},{seconds}")
    for table, values in zip(tables, found):
        answers.append(",".join([name, *map(str, table), *(repr(complex(v).real) for v in values)]))


if sys.argv[1] == "run":
    with open(sys.argv[2]) as file:
        rows = [tuple(int(r[c]) for c in ("x1", "n1", "x2", "n2")) for r in csv.DictReader(file)]
    for name, method in TABLE_METHODS.items():
        run(name, method, rows)
else:
    for table in EXACT_TABLES:
        for name, method in EXACT_METHODS.items():
            run(name, method, [table])
with open(sys.argv[3] if sys.argv[1] == "run" else sys.argv[2], "w") as file:
    file.write("\n".join(answers) + "\n")
