"""Longley's regression, solved in rational arithmetic and held to NIST's certified values.

Data and certified values: NIST StRD, Longley; Longley (1967), J. Am. Stat. Assoc. 62:819.
Writes longley-data.csv and longley-coefficients.csv beside this file; needs mpmath.
"""

import platform
from fractions import Fraction
from pathlib import Path

import mpmath
from mpmath import mp, mpf, sqrt

mp.dps = 40
VERSIONS = f"longley.py, Python {platform.python_version()}, mpmath {mpmath.__version__}"
RESPONSE = "60323 61122 60171 61187 63221 63639 64989 63761 66019 67857 68169 66513 68655 69564 69331 70551"
PREDICTORS = {
    "deflator": "83.0 88.5 88.2 89.5 96.2 98.1 99.0 100.0 101.2 104.6 108.4 110.8 112.6 114.2 115.7 116.9",
    "product": "234289 259426 258054 284599 328975 346999 365385 363112 397469 419180 442769 444546 482704 502601 518173 554894",
    "unemployed": "2356 2325 3682 3351 2099 1932 1870 3578 2904 2822 2936 4681 3813 3931 4806 4007",
    "forces": "1590 1456 1616 1650 3099 3594 3547 3350 3048 2857 2798 2637 2552 2514 2572 2827",
    "population": "107608 108632 109773 110929 112075 113270 115094 116219 117388 118734 120445 121950 123366 125368 127852 130081",
    "year": " ".join(str(year) for year in range(1947, 1963)),
}
CERTIFIED = {  # coefficient, standard deviation
    "intercept": ("-3482258.63459582", "890420.383607373"),
    "deflator": ("15.0618722713733", "84.9149257747669"),
    "product": ("-0.358191792925910E-01", "0.334910077722432E-01"),
    "unemployed": ("-2.02022980381683", "0.488399681651699"),
    "forces": ("-1.03322686717359", "0.214274163161675"),
    "population": ("-0.511041056535807E-01", "0.226073200069370"),
    "year": ("1829.15146461355", "455.478499142212"),
}
CERTIFIED_RESIDUAL_SUM = "836424.055505915"


def inverse(matrix):
    size = len(matrix)
    rows = [row + [Fraction(int(i == j)) for j in range(size)] for i, row in enumerate(matrix)]
    for k in range(size):
        pivot = next(i for i in range(k, size) if rows[i][k] != 0)
        rows[k], rows[pivot] = rows[pivot], rows[k]
        rows[k] = [value / rows[k][k] for value in rows[k]]
        for i in range(size):
            if i != k:
                rows[i] = [a - rows[i][k] * b for a, b in zip(rows[i], rows[k])]
    return [row[size:] for row in rows]


def real(fraction):
    return mpf(fraction.numerator) / fraction.denominator


def agrees(value, certified):
    return abs(value / mpf(certified) - 1) < mpf(10) ** -14


here = Path(__file__).parent
names = ["intercept", *PREDICTORS]
columns = [[Fraction(1)] * 16] + [[Fraction(v) for v in text.split()] for text in PREDICTORS.values()]
y = [Fraction(v) for v in RESPONSE.split()]
cross = [[sum(a * b for a, b in zip(u, v)) for v in columns] for u in columns]
covariance = inverse(cross)
moments = [sum(a * b for a, b in zip(u, y)) for u in columns]
coefficients = [sum(c * m for c, m in zip(row, moments)) for row in covariance]
fitted = [sum(c * u[i] for c, u in zip(coefficients, columns)) for i in range(16)]
residual_sum = sum((a - b) ** 2 for a, b in zip(y, fitted))
assert agrees(real(residual_sum), CERTIFIED_RESIDUAL_SUM), real(residual_sum)

with open(here / "longley-data.csv", "w") as out:
    out.write(f"# {VERSIONS}; NIST StRD, Longley; Longley (1967), J. Am. Stat. Assoc. 62:819\n")
    out.write("employed," + ",".join(PREDICTORS) + "\n")
    for row in zip(RESPONSE.split(), *(text.split() for text in PREDICTORS.values())):
        out.write(",".join(row) + "\n")

with open(here / "longley-coefficients.csv", "w") as out:
    out.write(f"# {VERSIONS}; exact rational solution to 20 digits; agrees with NIST's certified 15\n")
    out.write(f"# residual sum of squares {mp.nstr(real(residual_sum), 20)}\n")
    out.write("name,coefficient,standard-error\n")
    for i, name in enumerate(names):
        deviation = sqrt(real(covariance[i][i] * residual_sum / 9))
        value = real(coefficients[i])
        assert agrees(value, CERTIFIED[name][0]), (name, value)
        assert agrees(deviation, CERTIFIED[name][1]), (name, deviation)
        out.write(f"{name},{mp.nstr(value, 20)},{mp.nstr(deviation, 20)}\n")
