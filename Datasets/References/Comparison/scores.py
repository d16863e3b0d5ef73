"""Score and likelihood of one two-group table at a given difference or ratio, and their inversion.

Every measure is described by the maximum-likelihood values under it, found from the score equation
of the restricted likelihood, and by the numerator, variance and third central moment of its score.
"""

import os
import platform
import sys

import mpmath

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "Incidence"))
from generate import normal_quantile, rate_jeffreys, wilson, wilson_cc
from mpmath import erfc, exp, inf, log, mp, mpf, sign, sqrt

VERSIONS = f"Python {platform.python_version()}, mpmath {mpmath.__version__} at {mp.dps} digits"
LOG_SCALE = {"risk-ratio", "odds-ratio", "rate-ratio"}
RATES = {"rate-difference", "rate-ratio"}


def sign_change(value, a, b):
    """The point where a function changes its sign, by the ITP method of Oliveira and Takahashi."""
    a, b = min(a, b), max(a, b)
    fa, fb = value(a), value(b)
    if fa == 0 or fb == 0:
        return a if fa == 0 else b
    assert fa * fb < 0, (a, b, fa, fb)
    width = b - a
    precision = width * mpf(10) ** -(mp.dps - 14)
    steps, budget = 0, 2 + int(mpmath.ceil(log(width / precision, 2)))
    while b - a > 2 * precision:
        middle = (a + b) / 2
        falsi = (fb * a - fa * b) / (fb - fa)
        pull = (b - a) ** 2 / width / 5
        toward = sign(middle - falsi)
        c = falsi + toward * pull if pull <= abs(middle - falsi) else middle
        radius = precision * mpf(2) ** (budget - steps) - (b - a) / 2
        if abs(c - middle) > radius:
            c = middle - toward * radius
        fc = value(c)
        if fc == 0:
            return c
        if fc * fa < 0:
            b, fb = c, fc
        else:
            a, fa = c, fc
        steps += 1
    return (a + b) / 2


def risk_difference(theta, x1, n1, x2, n2):
    """(p1, q1, p2, q2) with p1 - p2 = theta: the root of the score equation in p2."""
    if theta < 0:
        p2, q2, p1, q1 = risk_difference(-theta, x2, n2, x1, n1)
        return p1, q1, p2, q2
    if theta == 0:
        p, q = mpf(x1 + x2) / (n1 + n2), mpf(n1 - x1 + n2 - x2) / (n1 + n2)
        return p, q, p, q
    room = 1 - theta
    if x2 == 0 and x1 / theta - (n1 - x1) / room - n2 <= 0:
        return theta, room, mpf(0), mpf(1)
    if x1 == n1 and n1 + x2 / room - (n2 - x2) / theta >= 0:
        return mpf(1), mpf(0), room, theta

    def slope(p2):
        """The score, multiplied by p1 q1 p2 q2 to be finite."""
        p1, q1, q2 = p2 + theta, room - p2, 1 - p2
        return (x1 * q1 - (n1 - x1) * p1) * p2 * q2 + (x2 * q2 - (n2 - x2) * p2) * p1 * q1

    # The products vanish at an end whose own count is zero: there the first step is inwards.
    low, high = mpf(0), room
    if x2 == 0:
        low = room / 2
        while slope(low) <= 0:
            low /= 2
    if x1 == n1:
        gap = room / 2
        while slope(room - gap) >= 0:
            gap /= 2
        high = room - gap
    p2 = sign_change(slope, low, high)
    return p2 + theta, room - p2, p2, 1 - p2


def risk_ratio(theta, x1, n1, x2, n2):
    """(p1, q1, p2, q2) with p1 / p2 = theta; the score equation is a quadratic in p2."""
    if theta > 1:
        p2, q2, p1, q1 = risk_ratio(1 / theta, x2, n2, x1, n1)
        return p1, q1, p2, q2
    a, c = (n1 + n2) * theta, x1 + x2
    b = (n1 + x2) * theta + x1 + n2
    p2 = 2 * c / (b + sqrt(b * b - 4 * a * c))
    # The same equation in q2, which is small when all have events.
    b -= 2 * a
    c = (1 - theta) * (n2 - x2)
    root = sqrt(b * b + 4 * a * c)
    q2 = 2 * c / (b + root) if b > 0 else (root - b) / (2 * a)
    return theta * p2, 1 - theta * p2 if theta < 1 else q2, p2, q2


def odds_ratio(theta, x1, n1, x2, n2):
    """(p1, q1, p2, q2) with odds ratio theta; the score equation is n1 p1 + n2 p2 = x1 + x2."""
    def second(theta, events):
        """n2 (theta - 1) p^2 + (n1 theta + n2 - events (theta - 1)) p - events = 0."""
        a = n2 * (theta - 1)
        b = n1 * theta + n2 - events * (theta - 1)
        root = sqrt(b * b + 4 * a * events)
        return 2 * events / (b + root) if b > 0 else (root - b) / (2 * a)

    p2, q2 = second(theta, mpf(x1 + x2)), second(1 / theta, mpf(n1 + n2 - x1 - x2))
    whole = q2 + theta * p2
    return theta * p2 / whole, q2 / whole, p2, q2


def rate_difference(theta, x1, t1, x2, t2):
    """(r1, r2) with r1 - r2 = theta: x1 / r1 + x2 / r2 = t1 + t2."""
    if theta < 0:
        r2, r1 = rate_difference(-theta, x2, t2, x1, t1)
        return r1, r2
    t = t1 + t2
    b = t * theta - x1 - x2
    root = sqrt(b * b + 4 * t * x2 * theta)
    r2 = 2 * x2 * theta / (b + root) if b > 0 else (root - b) / (2 * t)
    return r2 + theta, r2


def rate_ratio(theta, x1, t1, x2, t2):
    r2 = mpf(x1 + x2) / (theta * t1 + t2)
    return theta * r2, r2


RESTRICTED = {"risk-difference": risk_difference, "risk-ratio": risk_ratio,
              "odds-ratio": odds_ratio, "rate-difference": rate_difference,
              "rate-ratio": rate_ratio}


def parts(measure, table, theta):
    """(S, V, third moment, bias, p1, p2): V without N / (N - 1)."""
    x1, n1, x2, n2 = table
    if measure in RATES:
        r1, r2 = RESTRICTED[measure](theta, *table)
        k = theta if measure == "rate-ratio" else 1
        s = x1 / n1 - k * x2 / n2 if measure == "rate-ratio" else x1 / n1 - x2 / n2 - theta
        return (s, r1 / n1 + k**2 * r2 / n2, r1 / n1**2 - k**3 * r2 / n2**2, mpf(0), r1, r2)
    p1, q1, p2, q2 = RESTRICTED[measure](theta, *table)
    if measure == "odds-ratio":
        v1, v2 = n1 * p1 * q1, n2 * p2 * q2
        return ((x1 - n1 * p1) / v1 - (x2 - n2 * p2) / v2, 1 / v1 + 1 / v2,
                (q1 - p1) / v1**2 - (q2 - p2) / v2**2, (p1 - p2) / (v1 + v2), p1, p2)
    k = theta if measure == "risk-ratio" else mpf(1)
    s = mpf(x1) / n1 - k * x2 / n2 - (0 if measure == "risk-ratio" else theta)
    return (s, p1 * q1 / n1 + k**2 * p2 * q2 / n2,
            p1 * q1 * (q1 - p1) / n1**2 - k**3 * p2 * q2 * (q2 - p2) / n2**2, mpf(0), p1, p2)


def inflation(measure, table):
    """N / (N - 1) of two binomials; none of two Poisson counts."""
    n = table[1] + table[3]
    return mpf(1) if measure in RATES else mpf(n) / (n - 1)


def informative(measure, table):
    """Whether the score of a ratio varies at all with the ratio."""
    x1, n1, x2, n2 = table
    return measure not in LOG_SCALE or (
        x1 + x2 > 0 and not (measure == "odds-ratio" and x1 + x2 == n1 + n2))


def score(measure, table, theta, corrected=True):
    """The standardised score; corrected multiplies the variance by N / (N - 1)."""
    s, v = parts(measure, table, theta)[:2]
    if s == 0:
        return mpf(0)
    return s / sqrt(v * inflation(measure, table)) if corrected else s / sqrt(v)


def skewness_corrected(measure, table, theta, z):
    """Laud (2017, corrigendum 2018): the root of A z^2 + z - (S / sqrt(V) + A)."""
    s, v, third, bias = parts(measure, table, theta)[:4]
    v *= inflation(measure, table)
    if v == 0:
        return mpf(0) if s == 0 else sign(s) * inf
    a = third / (6 * v * sqrt(v))
    c = (s - bias) / sqrt(v) + a
    if 1 + 4 * a * c < 0:
        return c - a - (z * z - 1) * a
    return 2 * c / (1 + sqrt(1 + 4 * a * c))


def total(values):
    return sum(values, mpf(0))


def times_log(count, value):
    return count * log(value) if count else mpf(0)


def log_likelihood(measure, table, theta):
    """The largest log-likelihood with the measure equal to theta; without theta, over all."""
    x1, n1, x2, n2 = table
    if measure in RATES:
        r1, r2 = (x1 / n1, x2 / n2) if theta is None else RESTRICTED[measure](theta, *table)
        return times_log(x1, r1) - n1 * r1 + times_log(x2, r2) - n2 * r2
    if theta is None:
        p1, p2 = mpf(x1) / n1, mpf(x2) / n2
        q1, q2 = mpf(n1 - x1) / n1, mpf(n2 - x2) / n2
    else:
        p1, q1, p2, q2 = RESTRICTED[measure](theta, *table)
    return (times_log(x1, p1) + times_log(n1 - x1, q1)
            + times_log(x2, p2) + times_log(n2 - x2, q2))


def estimate(measure, table):
    """The maximum-likelihood value; None where it is 0 / 0."""
    x1, n1, x2, n2 = table
    p1, p2 = mpf(x1) / n1, mpf(x2) / n2
    if measure not in LOG_SCALE:
        return p1 - p2
    if measure == "odds-ratio":
        p1, p2 = mpf(x1) * (n2 - x2), mpf(x2) * (n1 - x1)
    return p1 / p2 if p2 > 0 else inf if p1 > 0 else None


def ends(measure):
    if measure in LOG_SCALE:
        return mpf(0), inf
    return (mpf(-1), mpf(1)) if measure == "risk-difference" else (-inf, inf)


def frame(measure, table):
    """A centre and a scale for the search, on the logarithmic scale for ratios."""
    x1, n1, x2, n2 = table
    half = mpf(1) / 2
    if measure in RATES:
        y1, y2 = x1 + half, x2 + half
        if measure == "rate-ratio":
            return log(y1 / n1 / (y2 / n2)), sqrt(1 / y1 + 1 / y2)
        return x1 / n1 - x2 / n2, sqrt(y1 / n1**2 + y2 / n2**2)
    y1, m1, y2, m2 = x1 + half, n1 - x1 + half, x2 + half, n2 - x2 + half
    if measure == "risk-ratio":
        return log(y1 / (n1 + 1) / (y2 / (n2 + 1))), sqrt(m1 / y1 / (n1 + 1) + m2 / y2 / (n2 + 1))
    if measure == "odds-ratio":
        return log(y1 * m2 / (y2 * m1)), sqrt(1 / y1 + 1 / m1 + 1 / y2 + 1 / m2)
    return (mpf(x1) / n1 - mpf(x2) / n2,
            sqrt(y1 * m1 / mpf(n1 + 1) ** 3 + y2 * m2 / mpf(n2 + 1) ** 3))


def walk(measure, centre, scale, side):
    """Points from the centre outwards in growing steps, on the scale of the search."""
    end = side if measure == "risk-difference" else None
    step, found = scale / 50, [centre]
    while True:
        point = centre + side * step
        if end is not None and side * point >= side * end:
            room = end - centre
            found += [end - room * mpf(10) ** -k for k in (1, 2, 3, 5, 8, 12, 20)]
            return sorted(found, reverse=side < 0)
        if abs(point - centre) > (150 if measure in LOG_SCALE else scale * 10**4):
            return found
        found.append(point)
        step *= mpf(3) / 2


def outermost(accepted, measure, centre, scale, side):
    """The outermost point on a side where accepted(theta) falls below zero; else the end.

    The search begins on the other side of the centre, which need not be accepted itself.
    """
    natural = exp if measure in LOG_SCALE else mpf
    if centre == side and measure == "risk-difference":
        return mpf(side)
    points = walk(measure, centre, scale, -side)[:0:-1] + walk(measure, centre, scale, side)
    with mp.workdps(40):
        outer = None
        for point in reversed(points):
            if accepted(natural(point)) > 0:
                break
            outer = point
        else:
            raise ValueError(("nothing accepted", measure, side))
    if outer is None:
        return ends(measure)[side > 0]
    return natural(sign_change(lambda t: accepted(natural(t)), point, outer))


def inverted(measure, table, statistic, z):
    """The hull of {theta : |statistic| < z}."""
    if not informative(measure, table):
        return ends(measure)
    found = []
    for side in (-1, 1):
        bound = estimate(measure, table) == ends(measure)[side > 0]
        found.append(ends(measure)[side > 0] if bound else outermost(
            lambda theta: z + side * statistic(theta), measure, *frame(measure, table), side))
    return found[0], found[1]


def score_limits(measure, corrected):
    return lambda table, z, tail: inverted(
        measure, table, lambda theta: score(measure, table, theta, corrected), z)


def scas_limits(measure):
    return lambda table, z, tail: inverted(
        measure, table, lambda theta: skewness_corrected(measure, table, theta, z), z)


def likelihood_limits(measure):
    def limits(table, z, tail):
        if not informative(measure, table):
            return ends(measure)
        best, top = estimate(measure, table), log_likelihood(measure, table, None)
        return inverted(measure, table, lambda theta: sign(best - theta) * sqrt(
            max(mpf(0), 2 * (top - log_likelihood(measure, table, theta)))), z)
    return limits


def two_sided(z):
    return erfc(abs(z) / sqrt(mpf(2)))


def one_sided(z):
    """P(Z > z)."""
    return erfc(z / sqrt(mpf(2))) / 2


def shown(value):
    if value is None:
        return "none"
    return str(value) if isinstance(value, int) else (
        "inf" if value == inf else "-inf" if value == -inf else mp.nstr(mpf(value), 20))


def fields(side, limits):
    """The limits as they are written; the one that a one-sided interval lacks stays empty."""
    lower, upper = limits or (None, None)
    return ("" if side == "upper" else shown(lower)) + "," + (
        "" if side == "lower" else shown(upper))


def tails(level):
    """The rows of a level: both limits at alpha / 2, then each alone at alpha."""
    alpha = 1 - mpf(level)
    return {"two": alpha / 2, "lower": alpha, "upper": alpha}
