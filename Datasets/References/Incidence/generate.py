"""Writes the reference tables of the intervals; alpha is 1 - level at the exact double."""

import os
import platform
import sys

import mpmath
import scipy
from scipy import stats

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "Probability"))
from exact import *

HEADER = (f"# generate.py, Python {platform.python_version()}, mpmath {mpmath.__version__} "
          f"at {mp.dps} digits, scipy {scipy.__version__} for starting values\n")
LEVELS = [0.8, 0.9, 0.95, 0.99, 0.9999]
PROPORTIONS = [(0, 1), (1, 1), (0, 7), (3, 7), (0, 20), (1, 20), (3, 20), (10, 20), (19, 20),
               (20, 20), (2, 29), (36, 154), (5, 1000), (0, 1000), (999, 1000), (1, 3000),
               (500, 100000), (3, 100000), (0, 10**7), (1, 10**7), (20, 10**7), (50, 10**7),
               (4000, 10**7), (10**6, 10**7), (5 * 10**6, 10**7), (10**7 - 3, 10**7),
               (10**7, 10**7)]
RATES = [(0, 29.0), (1, 0.37), (2, 10.0), (5, 56.0), (15, 400.0), (41, 28010.0), (60, 51477.5),
         (999, 1e-3), (12345, 7.7), (10**6, 1e8), (10**7, 12345.678)]


def normal_quantile(tail):
    z = mpf(stats.norm.isf(float(tail)))
    for _ in range(8):
        z += (erfc(z / sqrt(2)) / 2 - tail) / (exp(-z * z / 2) / sqrt(2 * pi))
    return z


def solve(value_and_slope, target, start):
    """The x with value = target, by Newton's method on the logarithm of the value."""
    x = mpf(start)
    for _ in range(100):
        value, slope = value_and_slope(x)
        move = log(value / target) * value / slope
        x -= move
        if abs(move) < mpf(10) ** -40 * x:
            return x
    raise ValueError(start)


def quadratic(a, b, c):
    """The roots of a x^2 - 2 b x + c, as the textbook has them."""
    root = sqrt(b * b - a * c)
    return (b - root) / a, (b + root) / a


def wald(x, n, tail):
    p = mpf(x) / n
    half = normal_quantile(tail) * sqrt(p * (1 - p) / n)
    return p - half, p + half


def wilson(x, n, tail):
    z2 = normal_quantile(tail) ** 2
    return quadratic(1 + z2 / n, mpf(x) / n + z2 / (2 * n), (mpf(x) / n) ** 2)


def agresti_coull(x, n, tail):
    z = normal_quantile(tail)
    size = n + z * z
    p = (x + z * z / 2) / size
    half = z * sqrt(p * (1 - p) / size)
    return p - half, p + half


def beta_limits(a1, b1, a2, b2, tail):
    lower = solve(lambda p: (beta_ratio(a1, b1, p)[0], beta_density(a1, b1, p)), tail,
                  stats.beta.ppf(float(tail), float(a1), float(b1))) if a1 > 0 else mpf(0)
    upper = solve(lambda p: (beta_ratio(a2, b2, p)[1], -beta_density(a2, b2, p)), tail,
                  stats.beta.isf(float(tail), float(a2), float(b2))) if b2 > 0 else mpf(1)
    return lower, upper


def clopper_pearson(x, n, tail):
    return beta_limits(x, n - x + 1, x + 1, n - x, tail)


def jeffreys(x, n, tail):
    half = mpf(1) / 2
    return beta_limits(x + half, n - x + half, x + half, n - x + half, tail)


def mid_p(x, n, tail):
    def density(p):
        return exp(log_choose(n, x) + x * log(p) + (n - x) * log1p(-p))

    def slope(p):
        return density(p) / 2 * (x / p + (n - x) / (1 - p))

    if x == 0:
        return mpf(0), -expm1(log(2 * tail) / n)
    if x == n:
        return exp(log(2 * tail) / n), mpf(1)
    start = [float(stats.beta.ppf(float(tail), x, n - x + 1)),
             float(stats.beta.isf(float(tail), x + 1, n - x))]
    return (solve(lambda p: (beta_ratio(x, n - x + 1, p)[0] - density(p) / 2, slope(p)), tail,
                  start[0]),
            solve(lambda p: (beta_ratio(x + 1, n - x, p)[1] - density(p) / 2, -slope(p)), tail,
                  start[1]))


def garwood(x, tail):
    return (solve(lambda m: (gamma_ratio(x, m)[0], gamma_density(x, m)), tail,
                  stats.gamma.ppf(float(tail), x)) if x else mpf(0),
            solve(lambda m: (gamma_ratio(x + 1, m)[1], -gamma_density(x + 1, m)), tail,
                  stats.gamma.isf(float(tail), x + 1)))


def rate_mid_p(x, tail):
    def density(m):
        return exp(x * log(m) - m - loggamma(mpf(x) + 1))

    def slope(m):
        return density(m) / 2 * (x / m + 1)

    if x == 0:
        return mpf(0), -log(2 * tail)
    return (solve(lambda m: (gamma_ratio(x, m)[0] - density(m) / 2, slope(m)), tail,
                  stats.gamma.ppf(float(tail), x)),
            solve(lambda m: (gamma_ratio(x + 1, m)[1] - density(m) / 2, -slope(m)), tail,
                  stats.gamma.isf(float(tail), x + 1)))


def rate_score(x, tail):
    z2 = normal_quantile(tail) ** 2
    return quadratic(mpf(1), x + z2 / 2, mpf(x) ** 2)


PROPORTION_METHODS = {"wald": wald, "wilson": wilson, "clopper-pearson": clopper_pearson,
                      "mid-p": mid_p, "jeffreys": jeffreys, "agresti-coull": agresti_coull}
RATE_METHODS = {"exact": garwood, "mid-p": rate_mid_p, "score": rate_score}


def sides(level):
    """The rows of a level: both limits at alpha / 2, then each alone at alpha."""
    alpha = 1 - mpf(level)
    return [("two", alpha / 2), ("lower", alpha), ("upper", alpha)]


def fields(side, lower, upper):
    shown = [mp.nstr(lower, 20), mp.nstr(upper, 20)]
    return ("," if side == "upper" else shown[0] + ",") + ("" if side == "lower" else shown[1])


def proportions():
    with open("proportion-interval.csv", "w") as file:
        file.write(HEADER + "method,events,total,level,sides,lower,upper\n")
        for x, n in PROPORTIONS:
            for level in LEVELS if n < 10**6 else LEVELS[2:]:
                for side, tail in sides(level):
                    for method, limits in PROPORTION_METHODS.items():
                        lower, upper = limits(x, n, tail)
                        lower = mpf(0) if x == 0 else max(lower, mpf(0))
                        upper = mpf(1) if x == n else min(upper, mpf(1))
                        file.write(f"{method},{x},{n},{level!r},{side},"
                                   f"{fields(side, lower, upper)}\n")


def rates():
    with open("rate-interval.csv", "w") as file:
        file.write(HEADER + "method,events,person_years,level,sides,lower,upper\n")
        for x, time in RATES:
            for level in LEVELS:
                for side, tail in sides(level):
                    for method, limits in RATE_METHODS.items():
                        lower, upper = (v / mpf(time) for v in limits(x, tail))
                        file.write(f"{method},{x},{time!r},{level!r},{side},"
                                   f"{fields(side, mpf(0) if x == 0 else lower, upper)}\n")


if __name__ == "__main__":
    rates()
    proportions()
