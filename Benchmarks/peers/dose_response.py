"""The same curves by SciPy, one default start each: `program,curves,seconds`, and answers to files.

usage: dose_response.py CURVES ANSWERS

ANSWERS-lm.answers and ANSWERS-trf.answers get `curve,slope,lower,upper,log_ed50`. Seconds are the
processor's.
"""
import csv
import sys
import time
import warnings

import numpy as np
from scipy.optimize import curve_fit, least_squares

warnings.simplefilter("ignore")
path, answers = sys.argv[1:]
curves = {}
with open(path) as file:
    for name, dose, response in list(csv.reader(file))[1:]:
        curves.setdefault(name, []).append((float(dose), float(response)))
curves = {name: np.array(points).T.copy() for name, points in curves.items()}


def share(x, b, log_ed50):
    """1/(1 + exp(b (ln x - ln e))), the logistic of a dose whose logarithm may be minus infinity."""
    with np.errstate(all="ignore"):
        return 1 / (1 + np.exp(b * (x - log_ed50)))


def model(x, b, c, d, log_ed50):
    return c + (d - c) * share(x, b, log_ed50)


def jacobian(x, b, c, d, log_ed50):
    q = share(x, b, log_ed50)
    slope = -(d - c) * q * (1 - q)
    distance = np.where(np.isfinite(x), x - log_ed50, 0)
    return np.column_stack([slope * distance, 1 - q, q, -slope * b])


def start(x, y):
    """Slope 1, the extreme responses, the middle of the doses."""
    return [1, y.min(), y.max(), np.median(x[np.isfinite(x)])]


def by_lm(x, y):
    return curve_fit(model, x, y, start(x, y), jac=jacobian, method="lm", check_finite=False)[0]


def by_trf(x, y):
    """Slope from 0.001 to 1,000, plateaus ten ranges around, ED50 from e^-10 to e^10 times the doses."""
    seen, width = x[np.isfinite(x)], 10 * (np.ptp(y) or 1)
    lower = [1e-3, y.min() - width, y.min() - width, seen.min() - 10]
    upper = [1e3, y.max() + width, y.max() + width, seen.max() + 10]
    found = least_squares(lambda p: model(x, *p) - y, start(x, y), lambda p: jacobian(x, *p),
                          bounds=(lower, upper), method="trf")
    if not found.success:
        raise RuntimeError(found.message)
    return found.x


for program, name, fit in (("SciPy lm", "lm", by_lm), ("SciPy trf", "trf", by_trf)):
    found, seconds = [], 0.0
    for curve, (dose, y) in curves.items():
        before = time.process_time()
        with np.errstate(divide="ignore"):
            x = np.log(dose)
        try:
            parameters = [repr(float(p)) for p in fit(x, y)]
        except (RuntimeError, ValueError):
            parameters = []
        seconds += time.process_time() - before
        found.append(",".join([curve, *parameters]))
    print(f"{program},{len(curves)},{seconds}")
    with open(f"{answers}-{name}.answers", "w") as file:
        file.write("\n".join(found) + "\n")
