"""Writes the reference tables of graded outcomes: textbook formulas at 50 digits, exact tests in integers.

Exact distributions are enumerated table by table with integer weights, not by a network. The fits
maximise the plain likelihood with derivatives from differences. Limits are at level 0.95.
"""

import itertools
import math
import os
import platform
from fractions import Fraction

import mpmath
from mpmath import mp, mpf, erfc, exp, log, matrix, sqrt

mp.dps = 80
HEADER = (f"# generate.py, Python {platform.python_version()}, mpmath {mpmath.__version__} at {mp.dps} "
          "digits; exact tests in integers\n")
LEVEL = mpf(0.95)


def digits(value):
    return mpmath.nstr(mpf(value.numerator) / value.denominator if isinstance(value, Fraction)
                       else mpf(value), 25)


def normal_p(z):
    return erfc(abs(z) / sqrt(2))


def chi_square_p(x, df):
    return mpmath.gammainc(mpf(df) / 2, x / 2, mp.inf, regularized=True)


def z_critical():
    tail = (1 - LEVEL) / 2
    return mpmath.findroot(lambda z: erfc(z / sqrt(2)) / 2 - tail, mpf("1.96"))


def write(name, columns, rows):
    folder = os.path.dirname(os.path.abspath(__file__))
    with open(os.path.join(folder, name + ".csv"), "w") as file:
        file.write(HEADER + ",".join(columns) + "\n")
        for row in rows:
            file.write(",".join(str(row.get(column, "")) for column in columns) + "\n")


def text(table):
    return ";".join(" ".join(str(n) for n in row) for row in table)


def compositions(total, caps):
    """All vectors below caps with this sum."""
    if len(caps) == 1:
        if total <= caps[0]:
            yield (total,)
        return
    for first in range(min(total, caps[0]) + 1):
        for rest in compositions(total - first, caps[1:]):
            yield (first,) + rest


def tables(groups, grades):
    """All tables with these margins, by row."""
    if len(groups) == 1:
        yield (tuple(grades),)
        return
    for row in compositions(groups[0], grades):
        left = [g - r for g, r in zip(grades, row)]
        for rest in tables(groups[1:], left):
            yield (row,) + rest


def weight(table):
    """Proportional to the probability given the margins: one over the product of the factorials."""
    return Fraction(1, math.prod(math.factorial(n) for row in table for n in row))


def exact(observed, statistic, groups, grades):
    """(p, mid-p) of |T - E T| >= |t - E T|, all in fractions."""
    weights = [(statistic(t), weight(t)) for t in tables(groups, grades)]
    total = sum(w for _, w in weights)
    mean = sum(s * w for s, w in weights) / total
    distance = abs(observed - mean)
    outer = sum(w for s, w in weights if abs(s - mean) > distance)
    tied = sum(w for s, w in weights if abs(s - mean) == distance)
    return (outer + tied) / total, (outer + tied / 2) / total


# Trend

TRENDS = [
    [(0, 2, 40), (1, 7, 50), (2, 15, 48)],
    [(0, 0, 34), (1, 2, 39), (2, 7, 58)],
    [(0, 0, 5), (12.5, 1, 6), (50, 3, 7)],
    [(0, 1, 9), (0.1, 0, 7), (0.3, 4, 8), (2.7, 2, 5)],
    [(2001, 3, 12), (2002, 1, 9), (2004, 0, 11)],
    [(1, 0, 10), (2, 0, 12), (3, 0, 9)],
    [(1, 4, 4), (2, 5, 5)],
    [(0, 0, 60), (1, 0, 60), (2, 12, 60)],
    [(0, 3, 1000000), (1, 9, 1000000), (2, 20, 1000000)],
    [(-3, 7, 20), (0, 7, 20), (3, 7, 20)],
]


def trend_rows():
    for groups in TRENDS:
        n = [g[2] for g in groups]
        x = [g[1] for g in groups]
        s = [Fraction(g[0]) for g in groups]
        N, X = sum(n), sum(x)
        T = sum(a * b for a, b in zip(s, x))
        spread = sum(a * b * b for a, b in zip(n, s)) - Fraction(sum(a * b for a, b in zip(n, s)) ** 2, N)
        variance = Fraction(X * (N - X), N * N) * spread
        difference = T - Fraction(X, N) * sum(a * b for a, b in zip(n, s))
        z = mpf(0) if variance == 0 else (mpf(difference.numerator) / difference.denominator
                                          / sqrt(mpf(variance.numerator) / variance.denominator))
        name = ";".join(f"{g[0]} {g[1]} {g[2]}" for g in groups)
        yield {"table": name, "method": "cochran-armitage", "statistic": digits(z), "p": digits(normal_p(z))}
        p, mid = trend_exact(s, x, n, T)
        yield {"table": name, "method": "cochran-armitage-exact", "statistic": digits(T), "p": digits(p)}
        yield {"table": name, "method": "cochran-armitage-mid-p", "statistic": digits(T), "p": digits(mid)}


def trend_exact(s, x, n, T):
    X = sum(x)
    weights = [(sum(a * b for a, b in zip(s, c)), math.prod(math.comb(a, b) for a, b in zip(n, c)))
               for c in compositions(X, n)]
    if len({t for t, _ in weights}) == 1:  # the statistic says nothing, whatever is halved
        return Fraction(1), Fraction(1)
    total = sum(w for _, w in weights)
    mean = Fraction(X, sum(n)) * sum(a * b for a, b in zip(n, s))
    distance = abs(T - mean)
    outer = sum(w for t, w in weights if abs(t - mean) > distance)
    tied = sum(w for t, w in weights if abs(t - mean) == distance)
    return Fraction(outer + tied, total), Fraction(2 * outer + tied, 2 * total)


# Groups by grade

GRADED = [
    [[70, 15, 2, 0], [59, 38, 3, 1]],
    [[14, 10, 3, 2], [11, 7, 8, 4]],
    [[8, 28, 72, 126], [46, 73, 69, 86]],
    [[3, 0, 2, 1], [1, 0, 4, 2]],
    [[5, 2], [3, 9]],
    [[6, 3, 1], [4, 4, 2], [1, 5, 5]],
    [[4, 3, 0, 1], [2, 2, 0, 3], [1, 3, 0, 2], [0, 1, 0, 5]],
    [[999990, 7, 3], [999970, 21, 9]],
    [[1, 1], [1, 1]],
    [[12, 0, 1], [0, 9, 1]],
]
SMALL = 60


def midranks(grades):
    before, ranks = 0, []
    for g in grades:
        ranks.append(before + Fraction(g + 1, 2))
        before += g
    return ranks


def margins(table):
    return [sum(row) for row in table], [sum(column) for column in zip(*table)]


def jonckheere(table):
    j = Fraction(0)
    for a, b in itertools.combinations(table, 2):
        for i, k in itertools.product(range(len(a)), repeat=2):
            j += b[k] * a[i] * (Fraction(1) if k > i else Fraction(1, 2) if k == i else 0)
    return j


def jonckheere_variance(n, t):
    """The formula with ties of Kendall, as in SAS."""
    N = sum(n)
    a = N * (N - 1) * (2 * N + 5) - sum(k * (k - 1) * (2 * k + 5) for k in n) - sum(
        k * (k - 1) * (2 * k + 5) for k in t)
    b = sum(k * (k - 1) * (k - 2) for k in n) * sum(k * (k - 1) * (k - 2) for k in t)
    c = sum(k * (k - 1) for k in n) * sum(k * (k - 1) for k in t)
    v = Fraction(a, 72) + Fraction(c, 8 * N * (N - 1))
    return v + (Fraction(b, 36 * N * (N - 1) * (N - 2)) if N > 2 else 0)


def root(fraction):
    return sqrt(mpf(fraction.numerator) / fraction.denominator)


def ordinal_rows():
    for table in GRADED:
        n, t = margins(table)
        N = sum(n)
        rows = {}
        if len(table) == 2:
            ranks = midranks(t)
            W = sum(a * b for a, b in zip(table[1], ranks))
            difference = W - Fraction(n[1] * (N + 1), 2)
            ties = Fraction(sum(k ** 3 - k for k in t), N * (N - 1))
            variance = Fraction(n[0] * n[1], 12) * (N + 1 - ties)
            z = mpf(difference.numerator) / difference.denominator / root(variance)
            corrected = max(Fraction(0), abs(difference) - Fraction(1, 2))
            zc = (1 if difference > 0 else -1) * mpf(corrected.numerator) / corrected.denominator / root(variance)
            rows["wilcoxon"] = (z, normal_p(z))
            rows["wilcoxon-cc"] = (zc, normal_p(zc))
        J = jonckheere(table)
        difference = J - Fraction(N * N - sum(k * k for k in n), 4)
        z = mpf(difference.numerator) / difference.denominator / root(jonckheere_variance(n, t))
        rows["jonckheere-terpstra"] = (z, normal_p(z))
        if N <= SMALL:
            p, _ = exact(J, jonckheere, n, t)
            rows["jonckheere-terpstra-exact"] = (J, p)
            if len(table) == 2:
                U = W - Fraction(n[1] * (n[1] + 1), 2)
                rows["wilcoxon-exact"] = (U, exact(W, lambda c: sum(a * b for a, b in zip(c[1], ranks)), n, t)[0])
        x = [(g, k, c) for g, row in enumerate(table) for k, c in enumerate(row)]
        gm = Fraction(sum(g * c for g, _, c in x), N)
        km = Fraction(sum(k * c for _, k, c in x), N)
        xy = sum((g - gm) * (k - km) * c for g, k, c in x)
        xx = sum((g - gm) ** 2 * c for g, _, c in x)
        yy = sum((k - km) ** 2 * c for _, k, c in x)
        q = (N - 1) * xy ** 2 / (xx * yy)
        rows["linear-by-linear"] = (q, chi_square_p(mpf(q.numerator) / q.denominator, 1))
        for method, (statistic, p) in rows.items():
            yield {"table": text(table), "method": method, "statistic": digits(statistic), "p": digits(p)}


def win_rows():
    z95 = z_critical()
    for table in GRADED:
        if len(table) != 2:
            continue
        a, b = table
        m, n = sum(a), sum(b)
        score = lambda i, k: Fraction(1) if k > i else Fraction(1, 2) if k == i else Fraction(0)
        theta = sum(a[i] * b[k] * score(i, k) for i in range(len(a)) for k in range(len(a))) / Fraction(m * n)
        psi_b = [sum(a[i] * score(i, k) for i in range(len(a))) / Fraction(m) for k in range(len(a))]
        psi_a = [sum(b[k] * score(i, k) for k in range(len(a))) / Fraction(n) for i in range(len(a))]
        variance = (sum(c * (p - theta) ** 2 for c, p in zip(b, psi_b)) / Fraction(n * (n - 1))
                    + sum(c * (p - theta) ** 2 for c, p in zip(a, psi_a)) / Fraction(m * (m - 1)))
        odds = theta / (1 - theta)
        se = root(variance)
        th = mpf(theta.numerator) / theta.denominator
        log_se = se / (th * (1 - th))
        factor = exp(z95 * log_se)
        win = sum(Fraction(a[i] * b[k], m * n) for i in range(len(a)) for k in range(len(a)) if k > i)
        loss = sum(Fraction(a[i] * b[k], m * n) for i in range(len(a)) for k in range(len(a)) if k < i)
        z = (th - mpf("0.5")) / se
        yield {"table": text(table), "win": digits(win), "loss": digits(loss), "theta": digits(theta),
               "theta_se": digits(se), "estimate": digits(odds), "se": digits(log_se),
               "lower": digits(mpf(odds.numerator) / odds.denominator / factor),
               "upper": digits(mpf(odds.numerator) / odds.denominator * factor),
               "statistic": digits(z), "p": digits(normal_p(z))}


# Proportional odds

def logistic(x):
    return 1 / (1 + exp(-x))


def log_likelihood(table, beta, alpha):
    value = mpf(0)
    for row, b in zip(table, [mpf(0)] + list(beta)):
        below = mpf(0)
        for j, count in enumerate(row):
            upto = logistic(alpha[j] - b) if j < len(alpha) else mpf(1)
            if count:
                value += count * log(upto - below)
            below = upto
    return value


def maximise(function, start):
    """Newton's method with derivatives from central differences."""
    x = [mpf(v) for v in start]
    h = mpf(10) ** -18
    size = len(x)

    def at(*moves):
        y = list(x)
        for i, step in moves:
            y[i] += step
        return function(y)

    for _ in range(60):
        here = at()
        gradient = matrix([(at((i, h)) - at((i, -h))) / (2 * h) for i in range(size)])
        hessian = matrix(size, size)
        for i in range(size):
            for j in range(i + 1):
                hessian[i, j] = hessian[j, i] = (
                    (at((i, h)) - 2 * here + at((i, -h))) / h ** 2 if i == j else
                    (at((i, h), (j, h)) - at((i, h), (j, -h)) - at((i, -h), (j, h)) + at((i, -h), (j, -h)))
                    / (4 * h ** 2))
        step = mpmath.lu_solve(-hessian, gradient)
        fraction = mpf(1)
        while True:
            y = [v + fraction * s for v, s in zip(x, step)]
            try:
                if function(y).imag == 0 and function(y) >= here - mpf(10) ** -30:
                    break
            except (ValueError, ZeroDivisionError):
                pass
            fraction /= 2
        x = y
        if max(abs(s) for s in step) < mpf(10) ** -30:
            return x, -hessian
    raise ValueError("no maximum")


def proportional_odds_rows():
    z95 = z_critical()
    for table in GRADED:
        _, t = margins(table)
        used = [[c for c, k in zip(row, t) if k] for row in table]
        k, g = len(used[0]), len(used)
        totals = [sum(column) for column in zip(*used)]
        below = list(itertools.accumulate(totals))
        alpha = [log(mpf(b) / (below[-1] - b)) for b in below[:-1]]
        full = lambda v: log_likelihood(used, v[:g - 1], v[g - 1:])
        x, information = maximise(full, [0] * (g - 1) + alpha)
        best = full(x)
        inverse = information ** -1
        pearson = mpf(0)
        for row, b in zip(used, [mpf(0)] + x[:g - 1]):
            last = mpf(0)
            for j, count in enumerate(row):
                upto = logistic(x[g - 1 + j] - b) if j < k - 1 else mpf(1)
                expected = sum(row) * (upto - last)
                pearson += (count - expected) ** 2 / expected
                last = upto
        df = (g - 1) * (k - 2)
        for group in range(g - 1):
            se = sqrt(inverse[group, group])
            others = [i for i in range(len(x)) if i != group]

            def excess(b):
                def rest(v):
                    y = [None] * len(x)
                    y[group] = b
                    for i, value in zip(others, v):
                        y[i] = value
                    return full(y)
                v, _ = maximise(rest, [x[i] for i in others])
                return 2 * (best - rest(v)) - z95 ** 2

            limits = [mpmath.findroot(excess, (x[group] + s * z95 * se, x[group] + s * z95 * se * mpf("1.05")),
                                      solver="secant", tol=mpf(10) ** -35) for s in (-1, 1)]
            z = x[group] / se
            yield {"table": text(table), "group": group + 1, "estimate": digits(x[group]), "se": digits(se),
                   "lower": digits(limits[0]), "upper": digits(limits[1]), "statistic": digits(z),
                   "p": digits(normal_p(z)), "log_likelihood": digits(best),
                   "proportionality": digits(pearson) if df else "", "df": df,
                   "proportionality_p": digits(chi_square_p(pearson, df)) if df else ""}


# Square tables

SQUARE = [
    [[44, 5, 1, 0], [7, 20, 6, 0], [1, 4, 15, 3], [0, 1, 2, 11]],
    [[56, 33, 1, 1], [3, 5, 2, 0], [0, 0, 0, 0], [0, 0, 0, 0]],
    [[5, 2], [1, 7]],
    [[3, 0, 0], [0, 4, 0], [0, 0, 5]],
    [[999990, 3, 1], [2, 4, 0], [0, 1, 3]],
    [[0, 4, 1], [2, 0, 3], [1, 1, 0]],
    [[10, 4, 0, 0], [1, 8, 0, 0], [0, 0, 6, 2], [0, 0, 5, 9]],
]


def kappa_rows():
    z95 = z_critical()
    for table in SQUARE:
        n, k = sum(map(sum, table)), len(table)
        p = [[Fraction(c, n) for c in row] for row in table]
        r, c = [sum(row) for row in p], [sum(column) for column in zip(*p)]
        for method, w in (("kappa", lambda i, j: Fraction(int(i == j))),
                          ("kappa-linear", lambda i, j: 1 - Fraction(abs(i - j), k - 1)),
                          ("kappa-quadratic", lambda i, j: 1 - Fraction((i - j) ** 2, (k - 1) ** 2))):
            cells = list(itertools.product(range(k), repeat=2))
            po = sum(w(i, j) * p[i][j] for i, j in cells)
            pe = sum(w(i, j) * r[i] * c[j] for i, j in cells)
            kappa = (po - pe) / (1 - pe)
            wr = [sum(c[j] * w(i, j) for j in range(k)) for i in range(k)]
            wc = [sum(r[i] * w(i, j) for i in range(k)) for j in range(k)]
            v = (sum(p[i][j] * (w(i, j) - (wr[i] + wc[j]) * (1 - kappa)) ** 2 for i, j in cells)
                 - (kappa - pe * (1 - kappa)) ** 2) / (n * (1 - pe) ** 2)
            v0 = (sum(r[i] * c[j] * (w(i, j) - (wr[i] + wc[j])) ** 2 for i, j in cells) - pe ** 2) / (
                n * (1 - pe) ** 2)
            se, se0 = root(v), root(v0)
            est = mpf(kappa.numerator) / kappa.denominator
            z = est / se0
            yield {"table": text(table), "method": method, "estimate": digits(kappa), "se": digits(se),
                   "lower": digits(max(-1, est - z95 * se)), "upper": digits(min(1, est + z95 * se)),
                   "null_se": digits(se0), "z": digits(z), "p": digits(normal_p(z)),
                   "observed": digits(po), "expected": digits(pe)}


def shift_rows():
    for table in SQUARE:
        k = len(table)
        cells = [(i, j, table[i][j]) for i in range(k) for j in range(k)]
        up = sum(c for i, j, c in cells if j > i)
        down = sum(c for i, j, c in cells if j < i)
        rows = {}
        z = mpf(up - down) / sqrt(mpf(up + down)) if up + down else mpf(0)
        rows["sign"] = (z, "", normal_p(z))
        total = up + down
        far = [b for b in range(total + 1) if abs(2 * b - total) >= abs(2 * up - total)]
        rows["sign-exact"] = (mpf(up), "", Fraction(sum(math.comb(total, b) for b in far), 2 ** total))
        for method, pratt in (("wilcoxon-signed-rank", False), ("pratt", True)):
            changes = sorted(abs(j - i) for i, j, c in cells for _ in range(c if c < 10 ** 5 else 0)
                             if pratt or i != j)
            # The unchanged of a large table only shift all ranks.
            offset = sum(c for i, j, c in cells if c >= 10 ** 5 and pratt)
            rank = {}
            for d in set(changes):
                places = [offset + index + 1 for index, value in enumerate(changes) if value == d]
                rank[d] = Fraction(sum(places), len(places)) if d else None
            top = sum((1 if j > i else -1) * c * rank[abs(j - i)] for i, j, c in cells if i != j and c)
            squares = sum(c * rank[abs(j - i)] ** 2 for i, j, c in cells if i != j and c)
            z = mpf(Fraction(top).numerator) / Fraction(top).denominator / root(Fraction(squares)) if squares else mpf(0)
            rows[method] = (z, "", normal_p(z))
        statistic, df = stuart_maxwell(table)
        rows["stuart-maxwell"] = (statistic, df, chi_square_p(statistic, df) if df else mpf(1))
        pairs = [(table[i][j], table[j][i]) for i in range(k) for j in range(i) if table[i][j] + table[j][i]]
        q = sum((Fraction((a - b) ** 2, a + b) for a, b in pairs), Fraction(0))
        rows["bowker"] = (q, len(pairs), chi_square_p(mpf(q.numerator) / q.denominator, len(pairs)) if pairs else mpf(1))
        for method, (statistic, df, p) in rows.items():
            yield {"table": text(table), "method": method, "statistic": digits(statistic), "df": df, "p": digits(p)}


def stuart_maxwell(table):
    """d' V^+ d with the pseudo-inverse of the whole covariance, and its rank."""
    k = len(table)
    r, c = margins(table)
    d = matrix([c[i] - r[i] for i in range(k)])
    V = matrix(k, k)
    for i in range(k):
        for j in range(k):
            V[i, j] = r[i] + c[i] - 2 * table[i][i] if i == j else -(table[i][j] + table[j][i])
    values, vectors = mpmath.eigsy(V)
    statistic, rank = mpf(0), 0
    for i in range(k):
        if values[i] > mpf(10) ** -40 * max(1, max(values)):
            statistic += (vectors[:, i].T * d)[0] ** 2 / values[i]
            rank += 1
    return statistic, rank


write("trend", ["table", "method", "statistic", "p"], trend_rows())
write("ordinal", ["table", "method", "statistic", "p"], ordinal_rows())
write("win-odds", ["table", "win", "loss", "theta", "theta_se", "estimate", "se", "lower", "upper",
                   "statistic", "p"], win_rows())
write("proportional-odds", ["table", "group", "estimate", "se", "lower", "upper", "statistic", "p",
                            "log_likelihood", "proportionality", "df", "proportionality_p"],
      proportional_odds_rows())
write("kappa", ["table", "method", "estimate", "se", "lower", "upper", "null_se", "z", "p", "observed",
                "expected"], kappa_rows())
write("shift", ["table", "method", "statistic", "df", "p"], shift_rows())
