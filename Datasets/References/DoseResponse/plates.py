"""Writes plate-wells.csv and plates.csv: made-up (simulated) plates and what their wells tell.

Each statistic is computed from its definition with mpmath at 50 digits, at the exact doubles of
plate-wells.csv; p-values from the incomplete beta function, quantiles of Student's t by root finding.
The last plate is no plate: deaths from parachuting in Tukey (1977), Exploratory Data Analysis, as R's
medpolish shows them, with its published polish put in by hand.

Usage: plates.py
"""

import platform
import random
from fractions import Fraction
from pathlib import Path

import mpmath
from mpmath import mp, mpf

mp.dps = 50
HERE = Path(__file__).parent


def mean(x):
    return mpmath.fsum(x) / len(x)


def sd(x):
    return mpmath.sqrt(mpmath.fsum((a - mean(x)) ** 2 for a in x) / (len(x) - 1))


def median(x):
    x = sorted(x)
    return (x[(len(x) - 1) // 2] + x[len(x) // 2]) / 2


def mad(x):
    # The double nearest 1.4826 is the constant.
    return mpf(1.4826) * median([abs(a - median(x)) for a in x])


def t_upper(t, df):
    half = mpmath.betainc(df / 2, mpf(1) / 2, 0, df / (df + t * t), regularized=True) / 2
    return half if t >= 0 else 1 - half


def t_quantile(q, df):
    """The t with upper tail q < 1/2."""
    return mpmath.findroot(lambda t: mpmath.log(t_upper(t, df) / q), (mpf(1), mpf(5)), solver="anderson", tol=1e-45)


def f_upper(f, a, b):
    return mpmath.betainc(mpf(b) / 2, mpf(a) / 2, 0, b / (b + a * f), regularized=True)


def welch(x, y):
    a, b = sd(x) ** 2 / len(x), sd(y) ** 2 / len(y)
    t = (mean(x) - mean(y)) / mpmath.sqrt(a + b)
    df = (a + b) ** 2 / (a * a / (len(x) - 1) + b * b / (len(y) - 1))
    return t, df, 2 * t_upper(abs(t), df)


def kruskal_wallis_f(groups):
    """F from H corrected for ties."""
    values = [v for g in groups for v in g]
    n, k = len(values), len(groups)
    rank = {v: mpf(sum(u < v for u in values)) + mpf(sum(u == v for u in values) + 1) / 2 for v in set(values)}
    h = mpf(12) / (n * (n + 1)) * mpmath.fsum(mpmath.fsum(rank[v] for v in g) ** 2 / len(g) for g in groups) - 3 * (n + 1)
    ties = mpmath.fsum(mpf(values.count(v)) ** 3 - values.count(v) for v in set(values))
    h /= 1 - ties / (mpf(n) ** 3 - n)
    f = (h / (k - 1)) / ((n - 1 - h) / (n - k))
    return f, f_upper(f, k - 1, n - k)


def polish(cells):
    """(overall, row effects, column effects) of {(row, column): [values]}."""
    rest = {(r, c, i): v for (r, c), vs in cells.items() for i, v in enumerate(vs)}
    rows, columns = sorted({r for r, _ in cells}), sorted({c for _, c in cells})
    overall, effects = mpf(0), {("r", r): mpf(0) for r in rows} | {("c", c): mpf(0) for c in columns}
    size = mpmath.inf
    while True:
        for kind, place, lines in (("r", 0, rows), ("c", 1, columns)):
            for line in lines:
                step = median([v for k, v in rest.items() if k[place] == line])
                effects[kind, line] += step
                for k in rest:
                    if k[place] == line:
                        rest[k] -= step
            other = "c" if kind == "r" else "r"
            names = [e for e in effects if e[0] == other]
            step = median([effects[e] for e in names])
            overall += step
            for e in names:
                effects[e] -= step
        last, size = size, mpmath.fsum(abs(v) for v in rest.values())
        if size >= last * (1 - mpf("1e-12")):
            return overall, [effects["r", r] for r in rows], [effects["c", c] for c in columns]


def fieller(y, v, o, vo, fo, d, vd, fd, level):
    t = (y - o) / (d - o)
    parts = [((1 - t) ** 2 * vo, fo), (t * t * vd, fd)]
    total = v + sum(p for p, _ in parts)
    below = sum(p * p / f for p, f in parts if p)
    df = total ** 2 / below
    q = t_quantile((1 - mpf(level)) / 2, df)

    def excess(u):
        return (y - o - u * (d - o)) ** 2 - q * q * (v + (1 - u) ** 2 * vo + u * u * vd)

    # Three values make the parabola.
    c, plus, minus = excess(mpf(0)), excess(mpf(1)), excess(mpf(-1))
    a, b = (plus + minus) / 2 - c, (plus - minus) / 2
    if a <= 0:
        return -mpmath.inf, mpmath.inf
    root = mpmath.sqrt(b * b - 4 * a * c)
    return 100 * (-b - root) / (2 * a), 100 * (-b + root) / (2 * a)


def curve(dose, lower, upper, slope, ed50):
    return lower + (upper - lower) / (1 + (dose / ed50) ** slope) if dose else upper


def plates():
    """(plate, row, column, role, response, fitted) as text."""
    draw = random.Random(20261129)
    wells = []

    def add(plate, row, column, role, fitted, noise, decimals, keep):
        edge = row in (1, 8) or column in (1, 12)
        response = round(fitted + draw.gauss(0, noise) + (0.8 * noise if edge else 0), decimals)
        wells.append((plate, row, column, role, repr(response), repr(round(fitted, decimals)) if keep else ""))

    for row in range(1, 9):
        for column in range(1, 13):
            if column == 12:
                role, level = ("blank", 0.05) if row <= 4 else ("positive", 0.21)
            elif column in (1, 6):
                role, level = "vehicle", 1.2
            else:
                role, level = "sample", curve(0.1 * 3 ** (column - 2), 0.2, 1.2, 0.7 + 0.1 * row, 5 + row)
            add("absorbance", row, column, role, level, 0.04 if role == "sample" else 0.02 + 0.02 * level, 3, role == "sample")
    for row in range(1, 9):
        for column in range(1, 11):
            if column == 1:
                role, level = "vehicle", 300
            elif column == 10:
                role, level = "positive", 900
            else:
                role, level = "sample", curve(2.0 ** row, 300, 800 + 10 * column, -1.5, 12)
            add("counts", row, column, role, level, 14, -1, role in ("sample", "vehicle"))
    for row in range(2, 6):
        for column in range(2, 5):
            role = {2: "vehicle", 3: "sample", 4: "positive" if row < 4 else "blank"}[column]
            add("few", row, column, role, {"vehicle": 5.5, "sample": 4 - 0.6 * row, "positive": 1.5, "blank": 0.4}[role], 0.3, 2, role == "sample")
    deaths = [(14, 15, 14), (7, 4, 7), (8, 2, 10), (15, 9, 10), (0, 2, 0)]
    for r, line in enumerate(deaths, 1):
        for c, value in enumerate(line, 1):
            wells.append(("deaths", r, c, "sample", str(value), "0"))
    return wells


def statistics(wells):
    """Yields (statistic, name, value)."""
    role = {name: [mpf(float(w[4])) for w in wells if w[3] == name] for name in ("vehicle", "blank", "positive")}
    vehicle, blank, positive = role["vehicle"], role["blank"], role["positive"]
    for name, x in role.items():
        yield f"{name}_wells", "", len(x)
        if x:
            yield f"{name}_mean", "", mean(x)
            yield f"{name}_sd", "", sd(x)
            yield f"{name}_median", "", median(x)
            yield f"{name}_mad", "", mad(x)
    b = mean(blank) if blank else mpf(0)
    difference = mean(positive) - mean(vehicle)
    yield "cv", "", sd(vehicle) / abs(mean(vehicle) - b)
    yield "z_prime", "", 1 - 3 * (sd(positive) + sd(vehicle)) / abs(difference)
    yield "robust_z_prime", "", 1 - 3 * (mad(positive) + mad(vehicle)) / abs(median(positive) - median(vehicle))
    yield "ssmd", "", difference / mpmath.sqrt(sd(positive) ** 2 + sd(vehicle) ** 2)
    high = positive if difference > 0 else vehicle
    yield "signal_window", "", (abs(difference) - 3 * (sd(positive) + sd(vehicle))) / sd(high)
    yield "signal_to_background", "", max(mean(positive), mean(vehicle)) / min(mean(positive), mean(vehicle))
    yield "positive_percent", "", 100 * (mean(positive) - b) / (mean(vehicle) - b)

    fitted = [(w[1], w[2], w[3], mpf(float(w[4])), mpf(float(w[5]))) for w in wells if w[5]]
    total = mpf(0)
    samples = [w for w in fitted if w[2] == "sample"]
    for _, _, _, y, f in samples:
        p = min(mpf(1), max(mpf(0), (f - mean(vehicle)) / difference))
        total += abs(100 * (y - f) / difference) * (1 + p * (1 - p) / mpf("0.25"))
    yield "nrfe", "", total / len(samples)

    residuals = [(r, c, y - f) for r, c, _, y, f in fitted]
    # As decimals, since what is equal decides about ties.
    decimal = [(w[1], w[2], Fraction(w[4]) - Fraction(w[5])) for w in wells if w[5]]
    for name, place in (("row", 0), ("column", 1)):
        groups = [[w[2] for w in decimal if w[place] == line] for line in sorted({w[place] for w in decimal})]
        if max(map(len, groups)) > 1 and len(groups) > 1:
            f, p = kruskal_wallis_f(groups)
            yield f"{name}_effect", "statistic", f
            yield f"{name}_effect", "p_value", p
    placed = [(w[1], w[2], mpf(float(w[4]))) for w in wells if w[3] == "vehicle"]
    if len({c for _, c, _ in placed}) == 1:
        placed = residuals
    inside = [v for r, c, v in placed if r not in (1, 8) and c not in (1, 12)]
    edge = [v for r, c, v in placed if r in (1, 8) or c in (1, 12)]
    if len(edge) > 1:
        t, df, p = welch(edge, inside)
        yield "edge_effect", "difference", mean(edge) - mean(inside)
        yield "edge_effect", "percent", 100 * (mean(edge) - mean(inside)) / abs(mean(vehicle) - b)
        yield "edge_effect", "statistic", t
        yield "edge_effect", "df", df
        yield "edge_effect", "p_value", p
    cells = {}
    for r, c, v in residuals:
        cells.setdefault((r, c), []).append(v)
    yield from polished(cells)

    y1, y2 = (mpf(float(w[4])) for w in [w for w in wells if w[3] == "sample"][:2])
    v1 = sd(vehicle) ** 2
    yield "response", "first", y1
    yield "response", "second", y2
    yield "response", "variance", v1
    level = lambda x: (mean(x), sd(x) ** 2 / len(x), mpf(len(x) - 1))
    for name, zero, hundred in (("percent-of-control", level(blank) if blank else (mpf(0), mpf(0), mpf(1)), level(vehicle)),
                                ("percent-of-range", level(vehicle), level(positive))):
        (o, vo, fo), (d, vd, fd) = zero, hundred
        t, u = (y1 - o) / (d - o), (y2 - o) / (d - o)
        yield name, "percent", 100 * t
        # The derivatives of 100 (y - o)/(d - o) by y, o and d.
        gradient = lambda y: (100 / (d - o), 100 * (y - d) / (d - o) ** 2, -100 * (y - o) / (d - o) ** 2)
        g, h = gradient(y1), gradient(y2)
        yield name, "standard_error", mpmath.sqrt(g[1] ** 2 * vo + g[2] ** 2 * vd)
        yield name, "standard_error_of_well", mpmath.sqrt(g[0] ** 2 * v1 + g[1] ** 2 * vo + g[2] ** 2 * vd)
        yield name, "covariance", g[1] * h[1] * vo + g[2] * h[2] * vd
        lower, upper = fieller(y1, v1, o, vo, fo, d, vd, fd, 0.95)
        yield name, "lower", lower
        yield name, "upper", upper


def polished(cells):
    overall, rows, columns = polish(cells)
    yield "polish", "overall", overall
    for r, value in zip(sorted({r for r, _ in cells}), rows):
        yield "polish_row", r, value
    for c, value in zip(sorted({c for _, c in cells}), columns):
        yield "polish_column", c, value


def deaths():
    yield "polish", "overall", 8
    for r, value in enumerate((6, -1, 0, 2, -8), 1):
        yield "polish_row", r, value
    for c, value in enumerate((0, -1, 0), 1):
        yield "polish_column", c, value


def main():
    head = f"# plates.py, Python {platform.python_version()}, mpmath {mpmath.__version__} at {mp.dps} digits; "
    wells = plates()
    lines = [head + "simulated plates; deaths: Tukey (1977)", "plate,row,column,role,response,fitted"]
    lines += [",".join(map(str, w)) for w in wells]
    (HERE / "plate-wells.csv").write_text("\n".join(lines) + "\n")
    lines = [head + "of the simulated plates in plate-wells.csv; deaths: R's medpolish", "plate,statistic,name,value"]
    for plate in dict.fromkeys(w[0] for w in wells):
        found = deaths() if plate == "deaths" else statistics([w for w in wells if w[0] == plate])
        lines += [f"{plate},{s},{n},{mpmath.nstr(v, 22) if isinstance(v, mpf) else v}" for s, n, v in found]
    (HERE / "plates.csv").write_text("\n".join(lines) + "\n")
    # The published polish is also that of the algorithm here.
    cells = {(w[1], w[2]): [mpf(w[4])] for w in wells if w[0] == "deaths"}
    assert [(s, n, int(v)) for s, n, v in polished(cells)] == list(deaths())


main()
