"""The same studies by statsmodels and PyMARE: `program,method,analyses,seconds`, and answers.

usage: meta_analysis_python.py DIRECTORY ANSWERS
"""
import csv
import sys
import time
import warnings

import numpy as np

warnings.simplefilter("ignore")
directory, path = sys.argv[1:]
with open(f"{directory}/large.csv") as file:
    rows = [(float(r["value"]), float(r["variance"])) for r in csv.DictReader(file)]
y, v = np.array(rows).T.copy()
ones = np.ones((len(y), 1))
answers = []


def run(program, name, fit, numbers):
    """The least of many calls."""
    least, start = float("inf"), time.perf_counter()
    while time.perf_counter() - start < 0.5:
        before = time.perf_counter()
        found = fit()
        least = min(least, time.perf_counter() - before)
    print(f"{program},{name},1,{least}")
    answers.append(",".join([program, name, *(repr(float(x)) for x in numbers(found))]))


def combined(found):
    return found.mean_effect_re, found.sd_eff_w_re_hksj, found.tau2


def fitted(found):
    p = found.params_
    return p["fe_params"].item(), np.sqrt(p["inv_cov"].item()), p["tau2"].item()


try:
    from statsmodels.stats.meta_analysis import combine_effects

    run("statsmodels", "large dl", lambda: combine_effects(y, v, method_re="dl"), combined)
    run("statsmodels", "large pm", lambda: combine_effects(y, v, method_re="pm"), combined)
except ImportError:
    pass
try:
    from pymare.estimators import DerSimonianLaird, VarianceBasedLikelihoodEstimator

    run("PyMARE", "large dl", lambda: DerSimonianLaird().fit(y, v, ones), fitted)
    run("PyMARE", "large reml",
        lambda: VarianceBasedLikelihoodEstimator("REML").fit(y, v, ones), fitted)
except ImportError:
    pass
with open(path, "w") as file:
    file.write("\n".join(answers) + "\n")
