"""Writes lots-data.csv and lots.csv: two-stage random effects of lots at 50 digits.

y_i ~ N(beta, V_i + Psi). Psi = F F', F lower trapezoidal of the rank that a search in doubles (scipy's
BFGS from several starts) finds; its entries by Newton's method on -2 log L, whose derivatives are
differences at 50 digits. No derivative is written out, and that no direction outside the rank improves
the likelihood is checked by differences too. Likelihoods with all constants: restricted, the density
of orthonormal contrasts.

berkey98: five trials of two outcomes, Berkey et al. (1998), Stat. Med. 17:2537, table I. All others
are simulated, seeded, and rounded to few digits.
"""

import platform
import random
from pathlib import Path

import mpmath
import numpy as np
import scipy
from mpmath import det, eye, gammainc, log, matrix, mp, mpf, pi
from scipy.optimize import minimize

mp.dps = 50
VERSIONS = (f"Python {platform.python_version()}, mpmath {mpmath.__version__} at 50 digits, starts by scipy "
            f"{scipy.__version__}")


def simulated(seed, k, mean, between, within, mixing):
    """k lots; within-lot covariances with correlations, of sizes that differ threefold."""
    stream = random.Random(seed)
    p = len(mean)
    lots = []
    for _ in range(k):
        factor = [[within[i] * ((1 if i == j else mixing * stream.gauss(0, 1)) if j <= i else 0) for j in range(p)]
                  for i in range(p)]
        size = stream.uniform(0.6, 1.8)
        v = [[size ** 2 * sum(factor[i][m] * factor[j][m] for m in range(p)) for j in range(p)] for i in range(p)]
        shared = stream.gauss(0, 1)
        u = [stream.gauss(0, 1) for _ in range(p)]
        e = [stream.gauss(0, 1) for _ in range(p)]
        y = [mean[i] + between[i] * (0.6 * shared + 0.8 * u[i]) + size * sum(factor[i][j] * e[j] for j in range(p))
             for i in range(p)]
        lots.append(([round(a, 4) for a in y], [[float(f"{c:.5g}") for c in row] for row in v]))
    return lots


BERKEY = [([0.47, -0.32], [[0.0075, 0.0030], [0.0030, 0.0077]]), ([0.20, -0.60], [[0.0057, 0.0009], [0.0009, 0.0008]]),
          ([0.40, -0.12], [[0.0021, 0.0007], [0.0007, 0.0014]]), ([0.26, -0.31], [[0.0029, 0.0009], [0.0009, 0.0015]]),
          ([0.56, -0.39], [[0.0148, 0.0072], [0.0072, 0.0304]])]
CURVE = [2.1, 1.4, 4.0, 98.0]
DATASETS = {
    "berkey98": BERKEY,
    "one-parameter": simulated(11, 7, [2.1], [0.3], [0.2], 0),
    "one-homogeneous": simulated(12, 6, [2.1], [0.0], [0.2], 0),
    "two-lots": simulated(13, 2, [2.1, 1.4], [0.5, 0.3], [0.1, 0.1], 0.4),
    "two-homogeneous": simulated(20, 8, [2.1, 1.4], [0, 0], [0.2, 0.1], 0.4),
    "three": simulated(15, 12, [2.1, 1.4, 50], [0.4, 0.2, 6], [0.15, 0.1, 2], 0.4),
    "curve": simulated(16, 14, CURVE, [0.4, 0.3, 3, 9], [0.1, 0.1, 1, 2], 0.4),
    "curve-few": simulated(17, 6, CURVE, [0.4, 0.0, 3, 9], [0.1, 0.2, 1, 2], 0.4),
    "curve-wide": simulated(18, 9, CURVE, [0.3, 0.1, 0, 0], [0.3, 0.3, 6, 8], 0.4),
}


def deviance(lots, psi, restricted, lib=mp):
    """-2 log L, with beta and (sum W)^-1."""
    k, p = len(lots), len(lots[0][0])
    weights = [(v + psi) ** -1 for _, v in lots]
    total = sum(weights[1:], weights[0])
    c = total ** -1
    rhs = matrix(p, 1)
    for (y, _), w in zip(lots, weights):
        rhs += w * y
    beta = c * rhs
    value = sum(log(det(v + psi)) for _, v in lots)
    value += sum(((y - beta).T * w * (y - beta))[0] for (y, _), w in zip(lots, weights))
    value += (k - 1) * p * log(2 * pi) + log(det(total)) - p * log(k) if restricted else k * p * log(2 * pi)
    return value, beta, c, weights


def fast(y, v, psi, restricted):
    sums = v + psi
    sign, logs = np.linalg.slogdet(sums)
    if (sign <= 0).any():
        return 1e300
    w = np.linalg.inv(sums)
    total = w.sum(0)
    beta = np.linalg.solve(total, np.einsum("kij,kj->i", w, y))
    r = y - beta
    return logs.sum() + np.einsum("ki,kij,kj->", r, w, r) + (np.linalg.slogdet(total)[1] if restricted else 0)


def entries(p, rank, diagonal):
    return [(j, j) for j in rank] if diagonal else [(i, j) for j in range(rank) for i in range(j, p)]


def factor(theta, places, p):
    f = matrix(p, p)
    for t, (i, j) in zip(theta, places):
        f[i, j] = t
    return f


def start(lots, restricted, diagonal):
    """The best of several searches in doubles: rank (for a diagonal Psi, which entries) and factor."""
    y = np.array([l[0] for l in lots], float)
    v = np.array([l[1] for l in lots], float)
    p = y.shape[1]
    s = np.sqrt(y.var(0) + np.array([np.diag(a) for a in v]).mean(0))
    y, v = y / s, v / np.outer(s, s)
    places = entries(p, range(p) if diagonal else p, diagonal)

    def f(theta):
        l = np.zeros((p, p))
        for t, (i, j) in zip(theta, places):
            l[i, j] = t
        return fast(y, v, l @ l.T, restricted)

    rng = np.random.default_rng(5)
    best = None
    for size in (0.03, 0.3, 1.0):
        for _ in range(4):
            x0 = size * rng.normal(size=len(places))
            fit = minimize(f, x0, method="BFGS", options={"gtol": 1e-9, "maxiter": 2000})
            if best is None or fit.fun < best.fun:
                best = fit
    l = np.zeros((p, p))
    for t, (i, j) in zip(best.x, places):
        l[i, j] = t
    psi = l @ l.T
    if diagonal:
        rank = [j for j in range(p) if psi[j, j] > 1e-6]
        return rank, [mpf(float(l[j, j] * s[j])) for j in rank]
    values, vectors = np.linalg.eigh(psi)
    rank = int((values > 1e-6).sum())
    columns = vectors[:, p - rank:] * np.sqrt(values[p - rank:])
    q, _ = np.linalg.qr(columns[:rank].T) if rank else (np.zeros((0, 0)), None)
    trapezoid = (columns @ q) * s[:, None]
    return rank, [mpf(float(trapezoid[i, j])) for i, j in entries(p, rank, False)]


def newton(f, theta, scales):
    h = mpf(10) ** -12
    n = len(theta)
    if n == 0:
        return theta
    for _ in range(40):
        def at(*moves):
            moved = list(theta)
            for j, d in moves:
                moved[j] += d * h * scales[j]
            return f(moved)
        centre = f(theta)
        up, down = [at((j, 1)) for j in range(n)], [at((j, -1)) for j in range(n)]
        g = matrix([(a - b) / (2 * h) for a, b in zip(up, down)])
        hess = matrix(n, n)
        for i in range(n):
            hess[i, i] = (up[i] - 2 * centre + down[i]) / h ** 2
            for j in range(i):
                hess[i, j] = hess[j, i] = (at((i, 1), (j, 1)) - at((i, 1), (j, -1)) - at((i, -1), (j, 1))
                                           + at((i, -1), (j, -1))) / (4 * h ** 2)
        step = mpmath.lu_solve(hess, -g)
        theta = [t + d * s for t, d, s in zip(theta, step, scales)]
        if max(abs(d) for d in step) < mpf(10) ** -17:
            # The error of the next step is squared, but for the differences' own, h^2.
            assert all(e > 0 for e in mpmath.eigsy(hess, eigvals_only=True))
            return theta
    raise RuntimeError("no convergence")


def text(values):
    return " ".join(mpmath.nstr(v, 20) for v in values)


def fit(lots, restricted, diagonal):
    exact = [(matrix([mpf(a) for a in y]), matrix([[mpf(a) for a in row] for row in v])) for y, v in lots]
    p = len(lots[0][0])
    rank, theta = start(lots, restricted, diagonal)
    places = entries(p, rank, diagonal)
    typical = [mpf(float(np.sqrt(np.mean([l[1][i][i] for l in lots]) + np.var([l[0][i] for l in lots]))))
               for i in range(p)]
    f = lambda t: deviance(exact, factor(t, places, p) * factor(t, places, p).T, restricted)[0]
    theta = newton(f, theta, [typical[i] for i, _ in places])
    psi = factor(theta, places, p) * factor(theta, places, p).T
    value, beta, c, weights = deviance(exact, psi, restricted)
    # No direction added to Psi improves.
    stream = random.Random(1)
    for trial in range(60):
        u = matrix([typical[i] * (stream.gauss(0, 1) if not diagonal else (i == trial % p)) for i in range(p)])
        t = mpf(10) ** -14
        change = (deviance(exact, psi + t * u * u.T, restricted)[0] - value) / t
        assert change > -mpf(10) ** -8, change
    factors = []
    for j in range(p):
        found, expected = mpf(0), mpf(len(lots))
        for (y, _), w in zip(exact, weights):
            share = c * w
            own = share * c
            found += (share * (y - beta))[j] ** 2 / own[j, j]
            expected -= (share * own)[j, j] / own[j, j]
        factors.append(found / expected)
    full = rank == p or (diagonal and len(rank) == p)
    none = matrix(p, p)
    _, common, _, plain = deviance(exact, none, restricted)
    q = sum(((y - common).T * w * (y - common))[0] for (y, _), w in zip(exact, plain))
    df = (len(lots) - 1) * p
    lower = [(i, j) for j in range(p) for i in range(j, p)]
    return [text(beta), text(c[i, j] for i, j in lower), text(psi[i, j] for i, j in lower), text(factors), text([value]),
            text([q]), text([gammainc(mpf(df) / 2, q / 2, regularized=True)]), "interior" if full else "boundary"]


data = [f"# lots.py; berkey98 is published, all others are simulated; covariances packed by columns of the lower triangle",
        "dataset,lot,values,covariances"]
rows = [f"# lots.py, {VERSIONS}; matrices packed by columns of the lower triangle",
        "dataset,structure,likelihood,means,covariance,between,factors,deviance,q,q_p_value,termination"]
for name, lots in DATASETS.items():
    p = len(lots[0][0])
    for i, (y, v) in enumerate(lots):
        packed = [v[a][b] for b in range(p) for a in range(b, p)]
        data.append(f"{name},{i + 1},{' '.join(map(repr, y))},{' '.join(map(repr, packed))}")
    for structure in ("unstructured", "diagonal"):
        if structure == "unstructured" and len(lots) < p + 2:
            continue
        if p == 1 and structure == "diagonal":
            continue
        for likelihood in ("reml", "ml"):
            rows.append(",".join([name, structure, likelihood] + fit(lots, likelihood == "reml", structure == "diagonal")))
            print(rows[-1][:100], rows[-1].rsplit(",", 1)[1], flush=True)
here = Path(__file__).parent
(here / "lots-data.csv").write_text("\n".join(data) + "\n")
(here / "lots.csv").write_text("\n".join(rows) + "\n")
