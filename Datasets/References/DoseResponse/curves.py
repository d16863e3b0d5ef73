"""The models of the dose-response module at 50 digits, written from their formulas."""

import platform

import mpmath
from mpmath import exp, inf, log, mp, mpf, ncdf

mp.dps = 50
VERSIONS = f"Python {platform.python_version()}, mpmath {mpmath.__version__} at 50 digits"


def power(x, b):
    """exp(b (ln x - 0)), with the limits at 0."""
    if x == 0:
        return mpf(0) if b > 0 else inf if b < 0 else mpf(1)
    return exp(b * log(x))


def inverse(t):
    return mpf(0) if t == inf else 1 / t


def decay(t):
    return mpf(0) if t == inf else exp(-t)


def normal(z):
    return mpf(0) if z == -inf else mpf(1) if z == inf else ncdf(z)


def z(x, b, e):
    return -inf * b if x == 0 else b * (log(x) - log(e))


# name: (parameters in order, f(x, parameters)); the shorter forms follow by fixing.
MODELS = {
    "log-logistic-4": (("slope", "lower", "upper", "ed50"),
                       lambda x, b, c, d, e: c + (d - c) * inverse(1 + power(x / e, b))),
    "log-logistic-5": (("slope", "lower", "upper", "location", "asymmetry"),
                       lambda x, b, c, d, e, f: c + (d - c) * inverse(1 + power(x / e, b)) ** f),
    "logistic-4": (("slope", "lower", "upper", "location"),
                   lambda x, b, c, d, e: c + (d - c) / (1 + exp(b * (x - e)))),
    "logistic-5": (("slope", "lower", "upper", "location", "asymmetry"),
                   lambda x, b, c, d, e, f: c + (d - c) / (1 + exp(b * (x - e))) ** f),
    "log-normal-4": (("slope", "lower", "upper", "ed50"),
                     lambda x, b, c, d, e: c + (d - c) * normal(z(x, b, e))),
    "weibull-1-4": (("slope", "lower", "upper", "location"),
                    lambda x, b, c, d, e: c + (d - c) * decay(power(x / e, b))),
    "weibull-2-4": (("slope", "lower", "upper", "location"),
                    lambda x, b, c, d, e: c + (d - c) * (1 - decay(power(x / e, b)))),
    "gompertz-4": (("slope", "lower", "upper", "location"),
                   lambda x, b, c, d, e: c + (d - c) * exp(-exp(b * (x - e)))),
    "exponential-decay-3": (("lower", "upper", "scale"),
                            lambda x, c, d, e: c + (d - c) * exp(-x / e)),
    "asymptotic-regression-3": (("lower", "upper", "scale"),
                                lambda x, c, d, e: c + (d - c) * (1 - exp(-x / e))),
    "michaelis-menten-3": (("lower", "upper", "scale"),
                           lambda x, c, d, e: c + (d - c) * x / (x + e)),
    "brain-cousens-5": (("slope", "lower", "upper", "location", "hormesis"),
                        lambda x, b, c, d, e, f: c + (d - c + f * x) * inverse(1 + power(x / e, b))),
    "cedergreen-5": (("slope", "lower", "upper", "location", "hormesis"),
                     lambda x, b, c, d, e, f: c + (d - c + f * (exp(-1 / x) if x else 0))
                     * inverse(1 + power(x / e, b))),
    "emax": (("e0", "emax", "ed50"), lambda x, a, m, e: a + m * x / (e + x)),
    "sigmoid-emax": (("e0", "emax", "ed50", "hill"),
                     lambda x, a, m, e, h: a + m * power(x, h) / (power(e, h) + power(x, h))),
    "linear": (("intercept", "slope"), lambda x, a, b: a + b * x),
    "quadratic": (("intercept", "slope", "curvature"), lambda x, a, b, c: a + b * x + c * x * x),
    "exponential": (("e0", "e1", "scale"), lambda x, a, b, s: a + b * (exp(x / s) - 1)),
    "constant": (("mean",), lambda x, a: a),
}


def gradient(f, x, values):
    """Central differences at 50 digits, good to 28."""
    result = []
    for i, value in enumerate(values):
        h = mpf(10) ** -16 * max(abs(value), mpf(10) ** -6)
        with mp.workdps(90):
            up, down = list(values), list(values)
            up[i] += h
            down[i] -= h
            result.append((f(x, *up) - f(x, *down)) / (2 * h))
    return result


def text(value):
    return mpmath.nstr(value, 22, min_fixed=-5, max_fixed=5)
