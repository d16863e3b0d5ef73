"""Writes surface-data.csv and surface.csv: response surfaces at 50 digits.

Normal equations in the factors' own units, blocks as deviations that sum to 0. Standard errors of the
stationary point and of the eigenvalues of B (factors coded to half their ranges) by the delta method with
numerical derivatives. Box and Hunter's region by its statistic at a few settings, over its bound (inside
where below 1), and whether it is bounded by the least statistic over many directions. The optimum by a
search that moves one factor at a time to its best value, from every corner and the centre.

chemical: yield by time and temperature, a central composite design, the axial 1.414 as printed; Montgomery,
Design and Analysis of Experiments, example 11.2. All others are simulated, seeded, rounded to few digits.
"""

import itertools
import platform
import random
from pathlib import Path

import mpmath
import numpy as np
from mpmath import betainc, eigsy, findroot, lu_solve, matrix, mp, mpf, sqrt

mp.dps = 50
VERSIONS = f"Python {platform.python_version()}, mpmath {mpmath.__version__} at 50 digits"


def central(k, axial, centres):
    corners = [list(c) for c in itertools.product((-1, 1), repeat=k)]
    stars = [[a if i == j else 0 for i in range(k)] for j in range(k) for a in (-axial, axial)]
    return corners + stars + [[0] * k] * centres


def simulated(seed, design, centre, half, f, sigma, blocks=None):
    stream = random.Random(seed)
    runs = []
    for i, z in enumerate(design):
        block = blocks[i] if blocks else ""
        y = f(z) + {"": 0, "A": 0, "B": 2.5, "C": -1.0}[block] + stream.gauss(0, sigma)
        runs.append(([round(c + h * a, 6) for c, h, a in zip(centre, half, z)], block, round(y, 3)))
    return runs


CHEMICAL = [([c1 * 5 + 85, c2 * 5 + 175], "", y) for c1, c2, y in [
    (-1, -1, 76.5), (-1, 1, 77.0), (1, -1, 78.0), (1, 1, 79.5), (0, 0, 79.9), (0, 0, 80.3), (0, 0, 80.0), (0, 0, 79.7),
    (0, 0, 79.8), (1.414, 0, 78.4), (-1.414, 0, 75.6), (0, 1.414, 78.5), (0, -1.414, 77.0)]]
random_design = random.Random(3)
DATASETS = {
    "chemical": (CHEMICAL, "quadratic"),
    "cocktail": (simulated(21, central(3, 1.633, 6), [50, 40, 10], [30, 25, 6],
                           lambda z: 60 + 6 * z[0] + 3 * z[1] - 2 * z[2] - 5 * z[0] ** 2 - 4 * z[1] ** 2 - 3 * z[2] ** 2
                           + 2 * z[0] * z[1], 1.2, ["A"] * 8 + ["B"] * 6 + ["A", "A", "A", "B", "B", "C"]), "quadratic"),
    "dose": (simulated(22, [[a] for a in (-1, -1, -0.5, -0.5, 0, 0, 0.4, 1, 1)], [3], [2],
                       lambda z: 8 + 2 * z[0] - 3 * z[0] ** 2, 0.3), "quadratic"),
    "saddle": (simulated(23, [list(c) for c in itertools.product((-1, 0, 1), repeat=2)] * 2, [100, 0.01], [20, 0.005],
                         lambda z: 8 + 2 * z[0] - 3 * z[0] ** 2 + 2 * z[1] ** 2 + z[0] * z[1], 0.4), "quadratic"),
    "ridge": (simulated(24, central(2, 1.414, 4), [5, 5], [2, 2],
                        lambda z: 20 + 2 * z[0] + z[1] - 2 * (z[0] + z[1]) ** 2, 0.5), "quadratic"),
    "plane": (simulated(25, central(4, 1.5, 3), [1, 20, 300, 4000], [0.5, 5, 100, 1000],
                        lambda z: 20 + 2 * z[0] + z[1] - 2 * z[2], 0.5), "linear"),
    "six": (simulated(26, [[round(random_design.uniform(-1, 1), 3) for _ in range(6)] for _ in range(48)],
                      [1, 2, 3, 4, 5, 6], [0.5, 1, 2, 2, 3, 1],
                      lambda z: 20 + sum(z) - 2 * sum(a * a for a in z) + z[0] * z[5], 0.5), "quadratic"),
}


def polynomial(x, order):
    k = len(x)
    values = [mpf(1)] + list(x)
    if order == "quadratic":
        values += [a * a for a in x] + [x[i] * x[j] for i in range(k) for j in range(i + 1, k)]
    return values


def term_names(k, order):
    names = ["intercept"] + [f"x{i + 1}" for i in range(k)]
    if order == "quadratic":
        names += [f"x{i + 1}²" for i in range(k)] + [f"x{i + 1} × x{j + 1}" for i in range(k) for j in range(i + 1, k)]
    return names


def half_hessian(beta, k):
    b = matrix(k, k)
    place = 1 + k
    for i in range(k):
        b[i, i] = beta[place]
        place += 1
    for i in range(k):
        for j in range(i + 1, k):
            b[i, j] = b[j, i] = beta[place] / 2
            place += 1
    return b


def tail_f(f, d1, d2):
    return betainc(mpf(d2) / 2, mpf(d1) / 2, 0, d2 / (d2 + d1 * f), regularized=True)


def text(v):
    return mpmath.nstr(v, 20)


data = ["# surface.py; chemical is published, all others are simulated", "dataset,block,factors,response"]
rows = [f"# surface.py, {VERSIONS}; level 0.95 where one is needed", "dataset,order,quantity,name,value,standard_error"]
for dataset, (runs, order) in DATASETS.items():
    for x, block, y in runs:
        data.append(f"{dataset},{block},{' '.join(map(repr, x))},{y!r}")
    k, n = len(runs[0][0]), len(runs)
    xs = [[mpf(float(a)) for a in x] for x, _, _ in runs]
    ys = [mpf(float(y)) for _, _, y in runs]
    blocks = list(dict.fromkeys(b for _, b, _ in runs))
    effects = blocks[:-1] if len(blocks) > 1 else []
    design = matrix([polynomial(x, order) + [mpf(b == e) - mpf(b == blocks[-1]) for e in effects]
                     for x, (_, b, _) in zip(xs, runs)])
    p = design.cols
    q = p - len(effects)
    inverse = (design.T * design) ** -1
    beta = inverse * (design.T * matrix(ys))
    rest = matrix(ys) - design * beta
    rss = (rest.T * rest)[0]
    df = n - p
    sigma = sqrt(rss / df)
    mean = sum(ys) / n
    total = sum((y - mean) ** 2 for y in ys)

    def add(quantity, name, value, error=None):
        rows.append(f"{dataset},{order},{quantity},{name},{text(value)},{text(error) if error is not None else ''}")

    def error(gradient):
        g = matrix(gradient)
        return sigma * sqrt((g.T * inverse * g)[0])

    def unit(i):
        return [mpf(i == j) for j in range(p)]

    for i, name in enumerate(term_names(k, order)):
        add("coefficient", name, beta[i], error(unit(i)))
        t = beta[i] / error(unit(i))
        add("p_value", name, betainc(mpf(df) / 2, mpf(1) / 2, 0, df / (df + t * t), regularized=True))
    for i, e in enumerate(effects):
        add("coefficient", f"block {e}", beta[q + i], error(unit(q + i)))
    if effects:
        gradient = [mpf(0)] * q + [mpf(-1)] * len(effects)
        add("coefficient", f"block {blocks[-1]}", -sum(beta[q:]), error(gradient))
    add("fit", "rss", rss)
    add("fit", "sigma", sigma)
    add("fit", "df", df)
    add("fit", "r_squared", 1 - rss / total)
    add("fit", "adjusted_r_squared", 1 - (rss / df) / (total / (n - 1)))
    groups = {}
    for (x, b, _), y in zip(runs, ys):
        groups.setdefault((tuple(x), b), []).append(y)
    pure = sum((y - sum(g) / len(g)) ** 2 for g in groups.values() for y in g)
    pure_df = n - len(groups)
    if pure_df > 0 and df - pure_df > 0:
        f = (rss - pure) / (df - pure_df) / (pure / pure_df)
        add("fit", "lack_of_fit", f)
        add("fit", "lack_of_fit_p_value", tail_f(f, df - pure_df, pure_df))

    lower = [min(x[i] for x in xs) for i in range(k)]
    upper = [max(x[i] for x in xs) for i in range(k)]
    half = [(b - a) / 2 for a, b in zip(lower, upper)]

    def response(x, coefficients=beta):
        return sum(c * v for c, v in zip(coefficients, polynomial(x, order)))

    def prediction_error(x):
        return error(polynomial(x, order) + [mpf(0)] * len(effects))

    place = [a + (b - a) * mpf(i + 1) / (k + 2) for i, (a, b) in enumerate(zip(lower, upper))]
    add("response", " ".join(repr(float(a)) for a in place), response([mpf(float(a)) for a in place]),
        prediction_error([mpf(float(a)) for a in place]))

    # The optimum.
    for goal, sign in (("maximum", 1), ("minimum", -1)):
        found = []
        starts = list(itertools.product(*zip(lower, upper))) + [[(a + b) / 2 for a, b in zip(lower, upper)]]
        for s in starts if k < 6 else starts[::7]:
            x = list(s)
            for _ in range(4000 if k > 1 else 2):
                before = list(x)
                for i in range(k):
                    def line(v):
                        return sign * response(x[:i] + [v] + x[i + 1:])
                    choices = [lower[i], upper[i]]
                    a, m, b = line(lower[i]), line((lower[i] + upper[i]) / 2), line(upper[i])
                    bend = a - 2 * m + b
                    if bend < 0:
                        v = (lower[i] + upper[i]) / 2 - half[i] * (b - a) / (2 * bend)
                        if lower[i] <= v <= upper[i]:
                            choices.append(v)
                    x[i] = max(choices, key=line)
                if all(abs(a - b) < mpf(10) ** -22 * h for a, b, h in zip(x, before, half)):
                    break
            found.append((sign * response(x), x))
        _, best = max(found, key=lambda pair: pair[0])
        for i, v in enumerate(best):
            add(f"optimum {goal}", f"x{i + 1}", v)
        add(f"optimum {goal}", "response", response(best), prediction_error(best))

    if order == "linear":
        continue

    def stationary(coefficients):
        b = half_hessian(coefficients, k)
        return lu_solve(b, matrix(coefficients[1:1 + k])) * mpf(-0.5)

    def eigenvalues(coefficients):
        b = half_hessian(coefficients, k)
        for i in range(k):
            for j in range(k):
                b[i, j] *= half[i] * half[j]
        return sorted(eigsy(b, eigvals_only=True))

    def gradient(function, index):
        result = []
        for j in range(p):
            h = mpf(10) ** -16 * (abs(beta[j]) + 1)
            up, down = list(beta), list(beta)
            up[j] += h
            down[j] -= h
            result.append((function(up)[index] - function(down)[index]) / (2 * h))
        return result

    point = list(stationary(list(beta)))
    for i in range(k):
        add("stationary point", f"x{i + 1}", point[i], error(gradient(stationary, i)))
    add("stationary point", "response", response(point), prediction_error(point))
    values = eigenvalues(list(beta))
    limits = []
    t = findroot(lambda t: betainc(mpf(df) / 2, mpf(1) / 2, 0, df / (df + t * t), regularized=True) - mpf("0.05"), 2.5)
    for i in range(k):
        s = error(gradient(eigenvalues, i))
        add("eigenvalue", str(i + 1), values[i], s)
        limits.append((values[i] - t * s, values[i] + t * s))
    rises, falls = any(l > 0 for l, _ in limits), any(u < 0 for _, u in limits)
    open_ = any(l <= 0 <= u for l, u in limits)
    nature = "saddle" if rises and falls else "ridge" if open_ else "minimum" if rises else "maximum"
    rows.append(f"{dataset},{order},nature,{nature},,")

    bound = k * findroot(lambda f: tail_f(f, k, df) - mpf("0.05"), 3)
    plain = [[float(inverse[i, j]) for j in range(p)] for i in range(p)]

    def region(x, far=False, lib=mpf):
        """d' Var(d)^-1 d / (k F), with the gradients of the terms at x; far: of the second-order ones."""
        rows_ = []
        for m in range(k):
            g = [lib(0)] * p
            g[1 + m] = lib(0 if far else 1)
            at = 1 + k
            for i in range(k):
                g[at] = 2 * x[i] if i == m else lib(0)
                at += 1
            for i in range(k):
                for j in range(i + 1, k):
                    g[at] = (x[j] if i == m else lib(0)) + (x[i] if j == m else lib(0))
                    at += 1
            rows_.append(g)
        if lib is mpf:
            jac = matrix(rows_)
            d = jac * beta
            v = jac * inverse * jac.T * sigma ** 2
            return (d.T * lu_solve(v, d))[0] / bound
        jac = np.array(rows_)
        d = jac @ np.array([float(c) for c in beta])
        return d @ np.linalg.solve(jac @ np.array(plain) @ jac.T * float(sigma) ** 2, d) / float(bound)

    stream = random.Random(9)
    least = region([h for h in half], far=True) if k == 1 else mpf("inf")
    for trial in range(0 if k == 1 else 4000 if k == 2 else 60000):
        angle = mpmath.pi * trial / 4000
        u = [mpmath.cos(angle), mpmath.sin(angle)] if k == 2 else [stream.gauss(0, 1) for _ in range(k)]
        size = sqrt(sum(mpf(a) ** 2 for a in u)) if k == 2 else sum(a * a for a in u) ** 0.5
        least = min(least, region([float(a / size * h) for a, h in zip(u, map(float, half))], far=True, lib=float))
    rows.append(f"{dataset},{order},region,{'bounded' if least > 1 else 'unbounded'},{text(mpf(least))},")
    print(dataset, nature, float(least), flush=True)
    for trial in range(8):
        x = [mpf(float(a + h * stream.gauss(0, 0.03 * 2 ** trial))) for a, h in zip(point, half)]
        add("region", " ".join(repr(float(a)) for a in x), region(x))
here = Path(__file__).parent
(here / "surface-data.csv").write_text("\n".join(data) + "\n")
(here / "surface.csv").write_text("\n".join(rows) + "\n")
