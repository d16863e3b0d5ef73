"""One four-parameter log-logistic fit of many rows by SciPy's `curve_fit` with the Jacobian.

usage: rows_scipy.py FOLDER COUNT

Prints `1,points,seconds of the processor,seconds,,residual sum of squares`, without reading.
"""
import sys
import time

import numpy as np
from batch_scipy import jacobian, model
from scipy.optimize import curve_fit

folder, count = sys.argv[1], int(sys.argv[2])
doses = np.load(f"{folder}/doses.npy", mmap_mode="r")[:count].copy()
y = np.load(f"{folder}/responses.npy", mmap_mode="r")[:count].copy()

processor, wall = time.process_time(), time.monotonic()
x = np.log(doses)
lower, upper = y.min(), y.max()
falls = np.corrcoef(x, y)[0, 1] < 0
start = [1 if falls else -1, lower, upper, x[np.abs(y - (lower + upper) / 2).argmin()]]
p, _ = curve_fit(model, x, y, start, jac=jacobian, method="lm", check_finite=False,
                 ftol=1e-9, xtol=1e-9, maxfev=400)
residual = model(x, *p) - y
left = residual @ residual
print(f"1,{count},{time.process_time() - processor},{time.monotonic() - wall},,{float(left)!r}")
