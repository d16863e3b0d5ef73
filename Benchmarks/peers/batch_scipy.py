"""Four-parameter log-logistic fits by SciPy's `curve_fit` (MINPACK's lmder) with the Jacobian.

usage: batch_scipy.py DOSES RESPONSES COUNT SUMS

Fits the first COUNT rows of RESPONSES (`.npy`, curves x points), prints `curves,points,seconds` of the
processor and writes the residual sum of squares of each curve to SUMS.
"""
import sys
import time
import warnings

import numpy as np
from scipy.optimize import curve_fit

warnings.simplefilter("ignore")


def model(x, b, c, d, log_ed50):
    return c + (d - c) / (1 + np.exp(b * (x - log_ed50)))


def jacobian(x, b, c, d, log_ed50):
    distance = x - log_ed50
    q = 1 / (1 + np.exp(b * distance))
    fall = (c - d) * q * (1 - q)
    return np.array([fall * distance, 1 - q, q, -b * fall]).T


def start(levels, mean):
    """Extreme means, the dose half-way between them, a slope of 1 that falls or rises as the ends do."""
    half = (mean.min() + mean.max()) / 2
    b = 1 if mean[0] >= mean[-1] else -1
    above = (mean - half) * b >= 0
    passed = np.flatnonzero(above[:-1] & ~above[1:])
    log_ed50 = (levels[0] + levels[-1]) / 2
    if len(passed):
        k = passed[0]
        share = (mean[k] - half) / (mean[k] - mean[k + 1])
        log_ed50 = levels[k] + share * (levels[k + 1] - levels[k])
    return [b, mean.min(), mean.max(), log_ed50]


def main(doses, responses, count, sums):
    x = np.log(np.load(doses))
    curves = np.load(responses, mmap_mode="r")[:int(count)].copy()
    levels, level_of, replicates = np.unique(x, return_inverse=True, return_counts=True)
    left = np.full(len(curves), np.inf)
    begin = time.process_time()
    for i, y in enumerate(curves):
        mean = np.bincount(level_of, y) / replicates
        try:
            p, _ = curve_fit(model, x, y, start(levels, mean), jac=jacobian, method="lm",
                             check_finite=False, ftol=1e-9, xtol=1e-9, maxfev=400)
        except RuntimeError:
            continue
        residual = model(x, *p) - y
        left[i] = residual @ residual
    print(f"{len(curves)},{len(x)},{time.process_time() - begin}")
    np.save(sums, left)


if __name__ == "__main__":
    main(*sys.argv[1:])
