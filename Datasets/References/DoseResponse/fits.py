"""Writes fits-data.csv and fits.csv: least-squares fits at 50 digits of made-up curves.

The responses are a curve plus an error from a fixed list, rounded to three decimals. The normal
equations J'r = 0 are solved by Newton's method from the curve's own parameters; standard errors are
from the expected information, s^2 (J'J)^-1; effective doses from the bracketed equation, their
standard errors by the delta method with all parameters.
"""

from pathlib import Path

from mpmath import findroot, lu_solve, matrix, sqrt

from curves import *

ERRORS = [0.61, -1.13, 0.37, 1.49, -0.52, -0.08, 0.93, -1.61, 0.24, -0.71, 1.12, -0.33, 0.05, 0.78, -0.96, -1.27, 0.44,
          1.03, -0.19, 0.66, -0.87, 0.12, -0.41, 0.29]
DOSES = [0, 0, 0, 0.3, 0.3, 1, 1, 1, 3, 3, 10, 10, 10, 30, 30, 100, 100, 300, 300, 300]
LINEAR_DOSES = [-3, -3, -2, -2, -1.25, -1.25, -0.5, -0.5, 0, 0, 0.5, 0.5, 1.25, 1.25, 2, 2, 3, 3]
# model: true parameters, standard deviation, percents, absolute responses
CURVES = {
    "log-logistic-4": ([1.4, 0.8, 9.5, 8.0], 0.3, [10, 50, 90], [3, 6]),
    "log-logistic-5": ([2.1, 0.5, 9.0, 6.0, 0.55], 0.1, [10, 50, 90], [4]),
    "logistic-4": ([1.7, 1.0, 8.0, 0.4], 0.2, [10, 50], [4]),
    "logistic-5": ([1.7, 1.0, 8.0, 0.4, 0.7], 0.05, [50], [4]),
    "log-normal-4": ([-0.8, 0.7, 9.0, 12.0], 0.2, [10, 50, 90], [5]),
    "weibull-1-4": ([0.9, 0.6, 8.0, 15.0], 0.2, [10, 50, 90], [5]),
    "weibull-2-4": ([-1.1, 0.6, 8.0, 6.0], 0.2, [10, 50, 90], [5]),
    "gompertz-4": ([1.2, 0.5, 7.0, 0.3], 0.2, [10, 50], [3]),
    "exponential-decay-3": ([0.5, 8.0, 20.0], 0.2, [50], [4]),
    "asymptotic-regression-3": ([1.0, 7.0, 25.0], 0.2, [50], [4]),
    "michaelis-menten-3": ([1.0, 9.0, 12.0], 0.2, [50], [4]),
    "brain-cousens-5": ([1.9, 0.5, 6.0, 7.0, 1.2], 0.1, [10, 50], [3]),
    "cedergreen-5": ([1.9, 0.5, 6.0, 15.0, 4.0], 0.1, [10, 50], [3]),
    "emax": ([2.0, 6.0, 9.0], 0.2, [50], [5]),
    "sigmoid-emax": ([2.0, 6.0, 9.0, 1.6], 0.2, [10, 50], [5]),
    "linear": ([2.0, 0.03], 0.3, [], [5]),
    "quadratic": ([2.0, 0.05, -0.0001], 0.3, [], [5]),
    "exponential": ([2.0, 1.5, 150.0], 0.2, [], [5]),
    "constant": ([4.0], 0.3, [], []),
    "log-logistic-2": ([1.4, 8.0], 0.03, [10, 50, 90], [0.4]),
    "log-logistic-3": ([1.4, 9.5, 8.0], 0.3, [10, 50, 90], [3]),
    "log-logistic-3u": ([1.4, 0.2, 8.0], 0.03, [10, 50, 90], [0.4]),
    "logistic-3": ([1.7, 8.0, 0.4], 0.2, [10, 50], [4]),
    "log-normal-2": ([-0.8, 12.0], 0.03, [10, 50, 90], [0.4]),
    "log-normal-3": ([-0.8, 9.0, 12.0], 0.2, [10, 50, 90], [5]),
    "weibull-1-2": ([0.9, 15.0], 0.03, [10, 50, 90], [0.4]),
    "weibull-1-3": ([0.9, 8.0, 15.0], 0.2, [10, 50, 90], [5]),
    "weibull-2-2": ([-1.1, 6.0], 0.03, [10, 50, 90], [0.4]),
    "weibull-2-3": ([-1.1, 8.0, 6.0], 0.2, [10, 50, 90], [5]),
    "gompertz-2": ([1.2, 0.3], 0.03, [10, 50], [0.4]),
    "gompertz-3": ([1.2, 7.0, 0.3], 0.2, [10, 50], [3]),
    "exponential-decay-2": ([8.0, 20.0], 0.2, [50], [4]),
    "asymptotic-regression-2": ([7.0, 25.0], 0.2, [50], [4]),
    "michaelis-menten-2": ([9.0, 12.0], 0.2, [50], [4]),
    "brain-cousens-4": ([1.9, 6.0, 7.0, 1.2], 0.1, [10, 50], [3]),
    "cedergreen-4": ([1.9, 6.0, 15.0, 4.0], 0.1, [10, 50], [3]),
}
# The shorter forms: the whole model and what is fixed.
UNIT, FROM_ZERO = {"lower": mpf(0), "upper": mpf(1)}, {"lower": mpf(0)}
SHORTER = {
    "log-logistic-2": ("log-logistic-4", UNIT), "log-logistic-3": ("log-logistic-4", FROM_ZERO),
    "log-logistic-3u": ("log-logistic-4", {"upper": mpf(1)}), "logistic-3": ("logistic-4", FROM_ZERO),
    "log-normal-2": ("log-normal-4", UNIT), "log-normal-3": ("log-normal-4", FROM_ZERO),
    "weibull-1-2": ("weibull-1-4", UNIT), "weibull-1-3": ("weibull-1-4", FROM_ZERO),
    "weibull-2-2": ("weibull-2-4", UNIT), "weibull-2-3": ("weibull-2-4", FROM_ZERO),
    "gompertz-2": ("gompertz-4", UNIT), "gompertz-3": ("gompertz-4", FROM_ZERO),
    "exponential-decay-2": ("exponential-decay-3", FROM_ZERO),
    "asymptotic-regression-2": ("asymptotic-regression-3", FROM_ZERO),
    "michaelis-menten-2": ("michaelis-menten-3", FROM_ZERO),
    "brain-cousens-4": ("brain-cousens-5", FROM_ZERO), "cedergreen-4": ("cedergreen-5", FROM_ZERO),
}


def form(name):
    """The free parameters, f(x, free parameters) and all parameters by name of the free ones."""
    whole, fixed = SHORTER.get(name, (name, {}))
    names, f = MODELS[whole]
    free = [p for p in names if p not in fixed]

    def complete(theta):
        given = dict(zip(free, theta))
        return {p: given.get(p, fixed.get(p)) for p in names}

    return free, (lambda x, *theta: f(x, *complete(theta).values())), complete


def solve(f, xs, ys, start):
    p = len(start)

    def score(*theta):
        rows = [gradient(f, x, theta) for x in xs]
        rest = [y - f(x, *theta) for x, y in zip(xs, ys)]
        return [sum(row[j] * r for row, r in zip(rows, rest)) for j in range(p)]

    def step(theta):
        rows = matrix([gradient(f, x, theta) for x in xs])
        rest = matrix([y - f(x, *theta) for x, y in zip(xs, ys)])
        return lu_solve(rows.T * rows, rows.T * rest)

    theta = [mpf(v) for v in start]
    for _ in range(400):
        change, scale = step(theta), mpf(1)
        rss = lambda t: sum((y - f(x, *t)) ** 2 for x, y in zip(xs, ys))
        while True:
            nxt = [t + scale * c for t, c in zip(theta, change)]
            if all(n * t > 0 for n, t in zip(nxt, theta)) and rss(nxt) <= rss(theta) * (1 + mpf(10) ** -25):
                break
            scale /= 2
            assert scale > 1e-12
        theta = nxt
        if max(abs(c / t) for c, t in zip(change, theta)) < mpf(10) ** -22:
            return theta
    raise AssertionError("no convergence")


def main():
    data = [f"# fits.py, {VERSIONS}; made-up curves", "model,dose,response"]
    fits = [f"# fits.py, {VERSIONS}; standard errors from the expected information", "model,statistic,name,value,standard_error"]
    for name, (truth, sd, percents, responses) in CURVES.items():
        parameters, f, complete = form(name)
        doses = LINEAR_DOSES if name.startswith(("logistic", "gompertz")) else DOSES
        points = [(float(x), round(float(f(mpf(x), *map(mpf, truth))) + sd * e, 3)) for x, e in zip(doses, ERRORS)]
        data += [f"{name},{x!r},{y!r}" for x, y in points]
        xs, ys = [mpf(x) for x, _ in points], [mpf(y) for _, y in points]
        theta = solve(f, xs, ys, truth)
        rss = sum((y - f(x, *theta)) ** 2 for x, y in zip(xs, ys))
        rows = matrix([gradient(f, x, theta) for x in xs])
        covariance = (rows.T * rows) ** -1 * rss / (len(xs) - len(theta))
        fits.append(f"{name},rss,,{text(rss)},")
        for i, parameter in enumerate(parameters):
            fits.append(f"{name},estimate,{parameter},{text(theta[i])},{text(sqrt(covariance[i, i]))}")

        def report(statistic, label, target):
            """target(theta) is the response at the dose sought."""
            grid = [mpf(x) / 50 for x in range(-200, 200)] if doses is LINEAR_DOSES else [
                exp(mpf(x) / 50) for x in range(-400, 500)]
            values = [f(x, *theta) - target(theta) for x in grid]
            crossings = [i for i in range(len(grid) - 1) if values[i] * values[i + 1] < 0]
            i = crossings[-1 if "hormesis" in parameters else 0]
            dose = findroot(lambda x: f(x, *theta) - target(theta), (grid[i], grid[i + 1]), solver="anderson",
                            tol=mpf(10) ** -70)
            h = dose * mpf(10) ** -16
            slope = (f(dose + h, *theta) - f(dose - h, *theta)) / (2 * h)
            by = [t - g for t, g in zip(gradient(lambda _, *t: target(t), 0, theta), gradient(f, dose, theta))]
            row = matrix([b / slope for b in by])
            error = sqrt((row.T * covariance * row)[0])
            fits.append(f"{name},{statistic},{label},{text(dose)},{text(error)}")

        for percent in percents:
            way = mpf(percent) / 100

            def target(t):
                v = complete(t)
                if "emax" in v:
                    return v["e0"] + way * v["emax"]
                rising = v.get("slope", 1) < 0 if not name.startswith(("log-normal", "weibull-2")) else v["slope"] > 0
                if name.startswith(("asymptotic", "michaelis")):
                    rising = True
                start, end = (v["lower"], v["upper"]) if rising else (v["upper"], v["lower"])
                return start + way * (end - start)
            report("effective_dose", percent, target)
        for response in responses:
            report("dose_at_response", response, lambda t: mpf(response) + 0 * t[0])
    here = Path(__file__).parent
    (here / "fits-data.csv").write_text("\n".join(data) + "\n")
    (here / "fits.csv").write_text("\n".join(fits) + "\n")


main()
