"""Writes the reference tables of the intervals; alpha is 1 - level at the exact double."""

import os
import platform
import sys

import mpmath
import scipy
from scipy import stats

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "Probability"))
from exact import *
from mpmath import asin, sin

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


def wald_cc(x, n, tail):
    lower, upper = wald(x, n, tail)
    return lower - mpf(1) / (2 * n), upper + mpf(1) / (2 * n)


def wilson_cc(x, n, tail):
    """Method 4 of Newcombe (1998), as printed; the limits of 0 and n events are set below."""
    z = normal_quantile(tail)
    p = mpf(x) / n
    q = 1 - p
    width = 2 * (n + z * z)
    lower = (2 * x + z * z - 1 - z * sqrt(z * z - 2 - mpf(1) / n + 4 * p * (n * q + 1))) / width \
        if x else mpf(0)
    upper = (2 * x + z * z + 1 + z * sqrt(z * z + 2 - mpf(1) / n + 4 * p * (n * q - 1))) / width \
        if x < n else mpf(1)
    return lower, upper


def logit(x, n, tail):
    if x in (0, n):
        return None
    half = normal_quantile(tail) * sqrt(mpf(1) / x + mpf(1) / (n - x))
    centre = log(mpf(x) / (n - x))
    return 1 / (1 + exp(half - centre)), 1 / (1 + exp(-half - centre))


def arcsine(x, n, tail):
    angle = asin(sqrt((x + mpf(3) / 8) / (n + mpf(3) / 4)))
    half = normal_quantile(tail) / (2 * sqrt(mpf(n)))
    return sin(max(mpf(0), angle - half)) ** 2, sin(min(pi / 2, angle + half)) ** 2


def first_root(value, start, end):
    """The root of an increasing or decreasing function, by the Illinois method on a bracket."""
    a, b = mpf(start), mpf(end)
    fa, fb = value(a), value(b)
    if fa == 0 or fb == 0:
        return a if fa == 0 else b
    assert fa * fb < 0, (start, end, fa, fb)
    for _ in range(400):
        c = b - fb * (b - a) / (fb - fa)
        fc = value(c)
        if abs(c - b) < mpf(10) ** -45 * abs(c) or fc == 0:
            return c
        if fc * fb < 0:
            a, fa = b, fb
        else:
            fa /= 2
        b, fb = c, fc
    raise ValueError((start, end))


def likelihood_ratio(x, n, tail):
    target = normal_quantile(tail) ** 2 / 2

    def excess(odds):
        """In the logarithm of the odds, where nothing is lost at either end."""
        log_p, log_q = -log1p(exp(-odds)), -log1p(exp(odds))
        best = (x * log(mpf(x) / n) if x else 0) + ((n - x) * log(mpf(n - x) / n) if x < n else 0)
        return best - x * log_p - (n - x) * log_q - target

    if x == 0:
        return mpf(0), -expm1(-target / n)
    if x == n:
        return exp(-target / n), mpf(1)
    centre = log(mpf(x) / (n - x))
    step = 2 * sqrt(2 * target * (mpf(1) / x + mpf(1) / (n - x)))
    ends = []
    for sign in (-1, 1):
        far = centre + sign * step
        while excess(far) < 0:
            far += sign * step
        ends.append(1 / (1 + exp(-first_root(excess, centre, far))))
    return ends[0], ends[1]


def scas(x, n, tail):
    """Laud (2017): the p whose skewness-corrected score is z above or below."""
    z = normal_quantile(tail)

    def limit(x, sign):
        """In the angle of p = sin(angle)^2: S / sqrt(V) - (z^2 - 1) A less z, times sqrt(n p q)."""
        def left(angle):
            p = sin(angle) ** 2
            q = 1 - p
            return x - n * p - (1 - 2 * p) * (z * z - 1) / 6 - z * sqrt(n * p * q)
        end = asin(sqrt(mpf(x) / n))
        if left(mpf(0)) <= 0:
            return mpf(0)
        # The first change of sign from 0 upwards.
        at = mpf(0)
        step = end / 4000
        while left(at + step) > 0:
            at += step
        return sin(first_root(left, at, at + step)) ** 2

    return (limit(x, 1) if x else mpf(0)), (1 - limit(n - x, 1) if x < n else mpf(1))


TIED = 1 + mpf(10) ** -7


def blaker_lower(x, n, alpha, cdf):
    """The infimum of the p with Pr(gamma(X) <= gamma(x)) > alpha.

    Between p with P(X >= x) = alpha / (1 + TIED), below which nothing is accepted, and the point
    estimate, the number of counts in the opposite tail only rises. Behind each rise the two tails
    together exceed alpha, before it they fall and then rise.
    """
    if x == 0:
        return mpf(0)
    start = solve(lambda p: (beta_ratio(x, n - x + 1, p)[0], beta_density(x, n - x + 1, p)),
                  alpha / (1 + TIED), stats.beta.ppf(float(alpha / 2), x, n - x + 1))
    # Bisection for the longest opposite tail at the start.
    low, high = -1, x - 1
    while high - low > 1:
        middle = (low + high) // 2
        if cdf(middle, start) <= TIED * (1 - cdf(x - 1, start)):
            low = middle
        else:
            high = middle

    def tail(p):
        return beta_ratio(x, n - x + 1, p)[0]

    jump = first_root(lambda p: cdf(low + 1, p) - TIED * tail(p), start, mpf(x) / n)
    together = lambda p: tail(p) + (cdf(low, p) if low >= 0 else 0) - alpha
    return first_root(together, start, jump) if together(jump) > 0 else jump


def blaker(x, n, tail):
    def cdf(k, p):
        return beta_ratio(k + 1, n - k, p)[1] if k >= 0 else mpf(0)

    alpha = 2 * tail
    return blaker_lower(x, n, alpha, cdf), 1 - blaker_lower(n - x, n, alpha, cdf)


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


def rate_wald(x, tail):
    half = normal_quantile(tail) * sqrt(mpf(x))
    return max(mpf(0), x - half), x + half


def rate_wald_log(x, tail):
    if x == 0:
        return None
    half = normal_quantile(tail) / sqrt(mpf(x))
    return x * exp(-half), x * exp(half)


def rate_jeffreys(x, tail):
    shape = x + mpf(1) / 2
    return (solve(lambda m: (gamma_ratio(shape, m)[0], gamma_density(shape, m)), tail,
                  stats.gamma.ppf(float(tail), float(shape))),
            solve(lambda m: (gamma_ratio(shape, m)[1], -gamma_density(shape, m)), tail,
                  stats.gamma.isf(float(tail), float(shape))))


def cube(y, z):
    return y * max(mpf(0), 1 - 1 / (9 * y) + z / (3 * sqrt(y))) ** 3 if y else mpf(0)


def byar(x, tail):
    z = normal_quantile(tail)
    return cube(mpf(x), -z), cube(mpf(x + 1), z)


def byar_half(x, tail):
    z = normal_quantile(tail)
    return cube(x + mpf(1) / 2, -z), cube(x + mpf(1) / 2, z)


def rate_likelihood_ratio(x, tail):
    target = normal_quantile(tail) ** 2 / 2
    if x == 0:
        return mpf(0), target
    excess = lambda scale: x * (exp(scale) - 1 - scale) - target
    step = 2 * sqrt(2 * target / x)
    ends = []
    for sign in (-1, 1):
        far = sign * step
        while excess(far) < 0:
            far += sign * step
        ends.append(x * exp(first_root(excess, 0, far)))
    return ends[0], ends[1]


def rate_scas(x, tail):
    """x - m = +-z sqrt(m) + (z^2 - 1) / 6, solved for sqrt(m)."""
    z = normal_quantile(tail)
    y = x - (z * z - 1) / 6
    root = sqrt(z * z + 4 * y)
    return ((root - z) / 2) ** 2 if y > 0 else mpf(0), ((root + z) / 2) ** 2


PROPORTION_METHODS = {"wald": wald, "wilson": wilson, "clopper-pearson": clopper_pearson,
                      "mid-p": mid_p, "jeffreys": jeffreys, "agresti-coull": agresti_coull,
                      "wald-cc": wald_cc, "wilson-cc": wilson_cc, "blaker": blaker,
                      "likelihood-ratio": likelihood_ratio, "logit": logit, "arcsine": arcsine,
                      "scas": scas}
RATE_METHODS = {"exact": garwood, "mid-p": rate_mid_p, "score": rate_score, "wald": rate_wald,
                "wald-log": rate_wald_log, "jeffreys": rate_jeffreys, "byar": byar,
                "byar-half": byar_half, "likelihood-ratio": rate_likelihood_ratio,
                "scas": rate_scas}


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
                        found = limits(x, n, tail) if method != "blaker" or side == "two" else None
                        if found is None:
                            continue
                        lower, upper = found
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
                        found = limits(x, tail)
                        if found is None:
                            continue
                        lower, upper = (v / mpf(time) for v in found)
                        file.write(f"{method},{x},{time!r},{level!r},{side},"
                                   f"{fields(side, mpf(0) if x == 0 else lower, upper)}\n")


if __name__ == "__main__":
    rates()
    proportions()
