"""The same cells by statsmodels: seconds and the sum of all limits by method.

usage: incidence_statsmodels.py FILE vectorised|loop [ROWS]
"""
import csv
import sys
import time

import numpy as np
from statsmodels.stats.proportion import proportion_confint

METHODS = {"wald": "normal", "wilson": "wilson", "clopper-pearson": "beta",
           "jeffreys": "jeffreys", "agresti-coull": "agresti_coull"}

with open(sys.argv[1]) as file:
    rows = [(int(r["events"]), int(r["subjects"])) for r in csv.DictReader(file)]
if len(sys.argv) > 3:
    rows = rows[:int(sys.argv[3])]
events, subjects = (np.array(column) for column in zip(*rows))
for name, method in METHODS.items():
    start = time.perf_counter()
    if sys.argv[2] == "vectorised":
        lower, upper = proportion_confint(events, subjects, 0.05, method)
        total = float(np.sum(lower) + np.sum(upper))
    else:
        total = 0.0
        for x, n in rows:
            lower, upper = proportion_confint(x, n, 0.05, method)
            total += lower + upper
    print(f"{name},{time.perf_counter() - start},{total}")
