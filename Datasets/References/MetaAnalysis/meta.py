"""Studies, effect sizes and quantiles for the references of meta-analysis, at 50 digits."""

import csv
import os
import platform

import mpmath
from mpmath import asin, erfc, exp, inf, log, mp, mpf, sqrt

mp.dps = 50
HERE = os.path.dirname(os.path.abspath(__file__))
VERSIONS = f"Python {platform.python_version()}, mpmath {mpmath.__version__} at {mp.dps} digits"
RATIOS = {"odds-ratio", "risk-ratio", "rate-ratio"}
SHORT = {"odds-ratio": "OR", "risk-ratio": "RR", "risk-difference": "RD", "arcsine-difference": "AS"}


def rows(name):
    with open(os.path.join(HERE, name), encoding="utf-8") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


def exact(text):
    """A whole number, or the double that the digits mean."""
    return int(text) if text.lstrip("-").isdigit() else float(text)


def datasets(kind="risk"):
    found = {}
    for row in rows("datasets.csv"):
        if row["kind"] == kind:
            found.setdefault(row["dataset"], []).append(
                tuple(exact(row[c]) for c in ("x1", "n1", "x2", "n2")))
    return found


def effects():
    found = {}
    for row in rows("effects.csv"):
        found.setdefault(row["dataset"], []).append((mpf(exact(row["y"])), mpf(exact(row["v"]))))
    return found


def show(value, digits=25):
    if value is None:
        return ""
    if value in (inf, -inf):
        return "inf" if value > 0 else "-inf"
    return mpmath.nstr(mpf(value), digits)


def write(name, header, columns, lines):
    with open(os.path.join(HERE, name), "w", encoding="utf-8") as out:
        out.write(f"# {header}\n{','.join(columns)}\n")
        for line in lines:
            out.write(",".join(str(v) if isinstance(v, (str, int)) else repr(float(v)) if isinstance(
                v, float) else show(v) for v in line) + "\n")
            out.flush()


def without_information(measure, study):
    """No event in both arms; for the odds and risk ratio also events only in both arms."""
    x1, n1, x2, n2 = study
    return x1 == x2 == 0 or measure in ("odds-ratio", "risk-ratio") and x1 == n1 and x2 == n2


def has_zero(measure, study):
    x1, n1, x2, n2 = study
    return 0 in ((x1, x2) if measure.startswith("rate") else (x1, n1 - x1, x2, n2 - x2))


def effect(measure, study, add1=0, add2=0, difference_too=False):
    """(y, v) of two arms with add1 and add2 added to each cell of an arm.

    Differences take the additions in their variance only, unless difference_too.
    """
    x1, n1, x2, n2 = (mpf(v) for v in study)
    a, b, c, d = x1 + add1, n1 - x1 + add1, x2 + add2, n2 - x2 + add2
    m1, m2 = a + b, c + d
    if measure == "odds-ratio":
        return log(a * d / (b * c)), 1 / a + 1 / b + 1 / c + 1 / d
    if measure == "risk-ratio":
        return log(a / m1) - log(c / m2), 1 / a - 1 / m1 + 1 / c - 1 / m2
    if measure == "risk-difference":
        y = a / m1 - c / m2 if difference_too else x1 / n1 - x2 / n2
        return y, a * b / m1**3 + c * d / m2**3
    if measure == "arcsine-difference":
        return asin(sqrt(x1 / n1)) - asin(sqrt(x2 / n2)), 1 / (4 * n1) + 1 / (4 * n2)
    if measure == "rate-ratio":
        return log(a / n1) - log(c / n2), 1 / a + 1 / c
    if measure == "rate-difference":
        y = a / n1 - c / n2 if difference_too else x1 / n1 - x2 / n2
        return y, a / n1**2 + c / n2**2
    raise ValueError(measure)


def pooled_effects(measure, studies):
    """(y, v) of every study by the default policy: 1/2 in studies with a zero, double zeros out."""
    half = mpf(1) / 2
    kept = [s for s in studies if measure not in RATIOS or not without_information(measure, s)]
    return [effect(measure, s, *(2 * [half if has_zero(measure, s) else 0])) for s in kept]


def bisection(f, low, high, digits=None):
    """The root of a function with one change of sign, by regula falsi with halved ends (Illinois)."""
    low, high = mpf(low), mpf(high)
    fl, fh = f(low), f(high)
    if fl == 0:
        return low
    if fh == 0:
        return high
    assert fl * fh < 0, (low, high, fl, fh)
    goal = mpf(10) ** -(digits or mp.dps - 12)
    last = 0
    for step in range(2000):
        middle = (low + high) / 2 if step % 4 == 3 else (low * fh - high * fl) / (fh - fl)
        fm = f(middle)
        if fm == 0:
            return middle
        if fm * fh < 0:
            low, fl, high, fh = high, fh, middle, fm
        else:
            fl, high, fh = fl / 2, middle, fm
        if abs(high - low) <= goal * abs(middle) or abs(fm) < goal * goal:
            return middle
    raise ArithmeticError("no convergence")


def increasing_root(f, start=1):
    """The positive root of a monotone function by widening from start."""
    low, high = mpf(start), mpf(start)
    sign = 1 if f(mpf(0) + low / 10**30) > 0 else -1
    while f(low) * sign < 0:
        low /= 4
    while f(high) * sign > 0:
        high *= 4
    return low if low == high else bisection(f, low, high)


def normal_tail(z):
    return erfc(z / sqrt(mpf(2))) / 2


def normal_quantile(tail):
    """z with upper tail probability `tail`."""
    return sqrt(mpf(2)) * mpmath.erfinv(1 - 2 * mpf(tail))


def chi_square_tail(q, df):
    return mpmath.gammainc(mpf(df) / 2, mpf(q) / 2, inf, regularized=True)


KNOWN = {}


def chi_square_quantile(tail, df):
    if (tail, df) not in KNOWN:
        KNOWN[tail, df] = increasing_root(lambda q: chi_square_tail(q, df) / mpf(tail) - 1, df)
    return KNOWN[tail, df]


def t_tail(t, df):
    t, df = mpf(t), mpf(df)
    half = mpmath.betainc(df / 2, mpf(1) / 2, 0, df / (df + t * t), regularized=True) / 2
    return half if t >= 0 else 1 - half


def t_quantile(tail, df):
    key = "t", tail, mpf(df)
    if key not in KNOWN:
        KNOWN[key] = increasing_root(lambda t: t_tail(t, df) / mpf(tail) - 1, 2)
    return KNOWN[key]


def f_tail(f, df1, df2):
    f, df1, df2 = mpf(f), mpf(df1), mpf(df2)
    return mpmath.betainc(df2 / 2, df1 / 2, 0, df2 / (df2 + df1 * f), regularized=True)
