"""Writes the reference tables of the distributions at the exact doubles printed as inputs."""

import platform
import sys

import mpmath
import scipy
from scipy import stats

from exact import *

HEADER = (f"# generate.py, Python {platform.python_version()}, mpmath {mpmath.__version__} "
          f"at {mp.dps} digits, scipy {scipy.__version__} for starting values\n")


def digits(v):
    return mp.nstr(v, 20)


def normal(_a, _b, x):
    x = mpf(x)
    return exp(-x * x / 2) / sqrt(2 * pi), erfc(-x / sqrt(2)) / 2, erfc(x / sqrt(2)) / 2


def student(df, _b, t):
    df, t = mpf(df), mpf(t)
    square = t * t
    upper = beta_ratio(df / 2, 0.5, df / (df + square), square / (df + square))[0] / 2
    density = exp(loggamma((df + 1) / 2) - loggamma(df / 2) - log(df * pi) / 2
                  - (df + 1) / 2 * log1p(square / df))
    return (density, 1 - upper, upper) if t > 0 else (density, upper, 1 - upper)


def gamma(shape, rate, x):
    rate = mpf(rate)
    lower, upper = gamma_ratio(shape, rate * mpf(x))
    return rate * gamma_density(shape, rate * mpf(x)), lower, upper


def chi_square(df, _b, x):
    return gamma(mpf(df) / 2, 0.5, x)


def beta(a, b, x):
    return (beta_density(a, b, x),) + beta_ratio(a, b, x)


def f(d1, d2, x):
    d1, d2, x = mpf(d1), mpf(d2), mpf(x)
    p, q = d1 * x / (d2 + d1 * x), d2 / (d2 + d1 * x)
    return ((beta_density(d1 / 2, d2 / 2, p, q) * q * p / x,)
            + beta_ratio(d1 / 2, d2 / 2, p, q))


CONTINUOUS = {
    "normal": (normal, lambda a, b: stats.norm(),
               [(0, 0)]),
    "student-t": (student, lambda a, b: stats.t(a),
                  [(v, 0) for v in (0.1, 1, 2, 3.5, 10, 30, 1e3, 1e5, 1e7)]),
    "chi-square": (chi_square, lambda a, b: stats.chi2(a),
                   [(v, 0) for v in (0.01, 0.5, 1, 2, 7, 100, 1e4, 1e7)]),
    "gamma": (gamma, lambda a, b: stats.gamma(a, scale=1 / b),
              [(1e-3, 1), (0.5, 3.7), (1, 0.1), (3.25, 1e-5), (40, 7), (1e3, 1), (1e5, 0.3),
               (1e7, 1), (1e7, 123.4)]),
    "beta": (beta, lambda a, b: stats.beta(a, b),
             [(1e-3, 2), (0.5, 0.5), (1, 1), (2, 3), (30, 0.7), (12, 300), (0.5, 1e7), (1, 1e7),
              (4, 1e7), (25, 1e7), (50, 1e7), (1e3, 1e7), (5e6, 5e6), (1e7, 3), (3e6, 7e6)]),
    "f": (f, lambda a, b: stats.f(a, b),
          [(0.5, 3), (1, 1), (2, 5), (5, 10), (60, 40), (1, 1e7), (1e7, 1), (3, 1e4), (1e6, 1e7),
           (1e7, 1e7)]),
}
PROBABILITIES = [1e-300, 1e-200, 1e-100, 1e-50, 1e-20, 1e-10, 1e-6, 1e-3, 0.025, 0.1,
                 0.4, 0.5, 0.6, 0.975]


def quantile(function, name, a, b, side, p, start):
    """The x with tail p, by Newton's method on the logarithm of the tail."""
    target = mpf(p)
    if name in ("normal", "student-t"):
        x = mpf(start) if start else mpf(0)
        for _ in range(80):
            density, lower, upper = function(a, b, x) if x else (function(a, b, mpf(10) ** -40)[0], mpf(1) / 2, mpf(1) / 2)
            tail = lower if side == "lower" else upper
            move = log(tail / target) * tail / density * (-1 if side == "lower" else 1)
            x += move
            if abs(move) <= mpf(10) ** -40 * max(abs(x), mpf(10) ** -40):
                return x
        raise ValueError((name, a, b, side, p))
    y = log(mpf(start))
    for _ in range(200):
        x = exp(y)
        density, lower, upper = function(a, b, x)
        tail = lower if side == "lower" else upper
        move = log(tail / target) * tail / (density * x) * (-1 if side == "lower" else 1)
        move = max(min(move, 5), -5)
        if name == "beta" and y + move >= 0:
            move = -y / 2
        y += move
        if abs(move) < mpf(10) ** -40:
            return exp(y)
    raise ValueError((name, a, b, side, p))


def continuous():
    with open("continuous.csv", "w") as values, open("continuous-quantile.csv", "w") as quantiles:
        values.write(HEADER + "distribution,a,b,x,density,lower,upper\n")
        quantiles.write(HEADER + "distribution,a,b,side,p,quantile\n")
        for name, (function, peer, parameters) in CONTINUOUS.items():
            for a, b in parameters:
                law = peer(a, b)
                for side in ("lower", "upper"):
                    for p in PROBABILITIES:
                        start = float(law.ppf(p) if side == "lower" else law.isf(p))
                        if start != start or abs(start) == float("inf") or abs(start) > 1e150:
                            continue
                        if name not in ("normal", "student-t") and not 1e-290 < start < 1e290:
                            continue
                        if name == "beta" and start >= 1 - 1e-12:
                            continue
                        x = quantile(function, name, a, b, side, p, start)
                        quantiles.write(f"{name},{a!r},{b!r},{side},{p!r},{digits(x)}\n")
                        # The reference values stand at the double nearest to the quantile.
                        at = float(x)
                        density, lower, upper = function(a, b, at)
                        if at and min(lower, upper) > mpf(10) ** -304:
                            values.write(f"{name},{a!r},{b!r},{at!r},{digits(density)},"
                                         f"{digits(lower)},{digits(upper)}\n")


def binomial(n, p, _c, _d, k):
    lower, upper = mpf(1), mpf(1)
    if k < n:
        lower = beta_ratio(k + 1, n - k, p)[1]
    if k > 0:
        upper = beta_ratio(k, n - k + 1, p)[0]
    return exp(log_choose(n, k) + k * log(mpf(p)) + (n - k) * log1p(-mpf(p))), lower, upper


def negative_binomial(size, p, _c, _d, k):
    lower = beta_ratio(size, k + 1, p)[0]
    upper = beta_ratio(size, k, p)[1] if k > 0 else mpf(1)
    size, p = mpf(size), mpf(p)
    return exp(loggamma(size + k) - loggamma(size) - loggamma(mpf(k) + 1) + size * log(p)
               + k * log1p(-p)), lower, upper


def poisson(mean, _b, _c, _d, k):
    lower = gamma_ratio(k + 1, mean)[1]
    upper = gamma_ratio(k, mean)[0] if k > 0 else mpf(1)
    return exp(k * log(mpf(mean)) - mpf(mean) - loggamma(mpf(k) + 1)), lower, upper


TABLES = {}


def table(n1, n2, m, psi, k):
    key = (n1, n2, m, psi)
    if key not in TABLES:
        TABLES.clear()
        TABLES[key] = Table(*key)
    return (TABLES[key].density(k),) + TABLES[key].tails(k)


def hypergeometric(n1, n2, m, _d, k):
    return table(n1, n2, m, 1, k)


MILLIONS = 10**7
DISCRETE = {
    "binomial": (binomial, [(1, 0.3), (20, 0.05), (100, 0.5), (500, 1e-4), (5000, 0.999),
                            (10**5, 0.01), (MILLIONS, 1e-7), (MILLIONS, 1e-5), (MILLIONS, 0.3),
                            (MILLIONS, 0.5), (MILLIONS, 0.999999)]),
    "negative-binomial": (negative_binomial, [(0.2, 0.06), (1, 0.5), (2.5, 0.01), (1e3, 0.9),
                                              (1e7, 0.999), (0.5, 1e-6), (1e5, 0.01)]),
    "poisson": (poisson, [(1e-5,), (0.7,), (13.25,), (400.0,), (1e5 + 0.1,), (1e7,)]),
    "hypergeometric": (hypergeometric, [(5, 7, 4), (34, 34, 8), (10**4, 10**6, 500),
                                        (MILLIONS, MILLIONS, 1000), (MILLIONS, MILLIONS, MILLIONS),
                                        (100, 2 * MILLIONS, 10**6), (3 * 10**6, 17 * 10**6, 10**5)]),
    "noncentral-hypergeometric": (table, [(5, 7, 4, 2.5), (34, 34, 8, 12.3), (34, 34, 8, 1e-3),
                                          (20, 30, 25, 1e15), (20, 30, 25, 1e-15),
                                          (10**4, 10**4, 300, 8.0), (10**5, MILLIONS, 10**5, 0.2),
                                          (MILLIONS, MILLIONS, 2000, 3.0),
                                          (MILLIONS, MILLIONS, MILLIONS, 1.01),
                                          (MILLIONS, MILLIONS, MILLIONS, 1e-3),
                                          (5, MILLIONS, 100, 1e6)]),
}
DEVIATIONS = [-38, -30, -20, -12, -7, -4, -2, -1, -0.3, 0, 0.3, 1, 2, 4, 7, 12, 20, 30, 38, 60, 150]


def moments(name, a):
    """(mean, standard deviation, least, greatest)."""
    if name == "binomial":
        return a[0] * a[1], (a[0] * a[1] * (1 - a[1])) ** 0.5, 0, a[0]
    if name == "negative-binomial":
        mean = a[0] * (1 - a[1]) / a[1]
        return mean, (mean / a[1]) ** 0.5, 0, 10**18
    if name == "poisson":
        return a[0], a[0] ** 0.5, 0, 10**18
    law = Table(*(a if len(a) == 4 else a + (1,)))
    mode = law.mode()
    cells = [mode, law.n1 - mode, law.m - mode, law.n2 - law.m + mode]
    return mode, sum(1 / (c + 0.5) for c in cells) ** -0.5, law.low, law.high


def discrete():
    with open("discrete.csv", "w") as values:
        values.write(HEADER + "distribution,a,b,c,d,k,density,lower,upper\n")
        for name, (function, parameters) in DISCRETE.items():
            for a in parameters:
                mean, deviation, least, greatest = moments(name, a)
                chosen = {least, least + 1, min(least + 3, greatest)}
                if greatest < 10**18:
                    chosen |= {greatest, greatest - 1}
                chosen |= {round(mean + z * deviation) for z in DEVIATIONS}
                chosen = {k for k in chosen if least <= k <= greatest}
                padded = (tuple(a) + (0, 0, 0))[:4]
                for k in sorted(chosen):
                    result = function(*padded, k)
                    if all(v > mpf(10) ** -304 for v in result):
                        values.write(f"{name}," + ",".join(map(repr, padded))
                                     + f",{k}," + ",".join(map(digits, result)) + "\n")


if __name__ == "__main__":
    for part in sys.argv[1:] or ["continuous", "discrete"]:
        {"continuous": continuous, "discrete": discrete}[part]()
