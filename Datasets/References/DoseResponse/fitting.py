"""Fits, their standard errors and profile limits at 50 digits, for the scripts beside.

The objective is the weighted sum of squares of continuous responses, the deviance of counts. A start
is found in double precision (SciPy, many starts), then Newton's method solves the estimating
equations at 50 digits, with derivatives by central differences at 100. A limit by profile solves, in
the coordinates (other parameters, target), the equations "derivative by every other parameter = 0"
and "objective = least objective + what the level allows". Where the limits lie is seen by refitting
all other parameters from many starts, at targets ever farther from the estimate, until far beyond
the first that is refused.

Curves have lower < upper and fall or rise by the sign of their slope. Without that weibull-1 and
weibull-2 with four parameters are one model, each the other's with its plateaus exchanged.
"""

import platform
import warnings
from dataclasses import dataclass

import mpmath
import numpy
import scipy
from mpmath import exp, inf, log, lu_solve, matrix, mp, mpf, sqrt
from scipy.optimize import brentq, least_squares, minimize_scalar
from scipy.special import ndtr, ndtri

from curves import MODELS, VERSIONS as MPMATH_VERSIONS, text

VERSIONS = f"{MPMATH_VERSIONS}, SciPy {scipy.__version__}"
FIXED = {"2": {"lower": 0, "upper": 1}, "3": {"lower": 0}, "3u": {"upper": 1}, "4": {}}

# q(z), the share of `upper`, in double precision and at 50 digits, and the z of a share.
SHAPES = {
    "log-logistic": (lambda z: 1 / (1 + numpy.exp(numpy.minimum(z, 700))), lambda q: log(1 / q - 1)),
    "log-normal": (ndtr, lambda q: mpmath.sqrt(2) * mpmath.erfinv(2 * q - 1)),
    "weibull-1": (lambda z: numpy.exp(-numpy.exp(numpy.minimum(z, 700))), lambda q: log(-log(q))),
    "weibull-2": (lambda z: -numpy.expm1(-numpy.exp(numpy.minimum(z, 700))), lambda q: log(-log(1 - q))),
}


@dataclass
class Point:
    dose: float
    response: object
    weight: object = 1
    total: object = None


class Model:
    """A sigmoid in the logarithm of the dose, some of whose plateaus are fixed."""

    def __init__(self, name):
        self.name = name
        self.family, suffix = name.rsplit("-", 1)
        self.full, self.function = MODELS[f"{self.family}-4"]
        self.fixed = FIXED[suffix]
        self.parameters = [p for p in self.full if p not in self.fixed]
        self.location = self.full[3]
        self.share, self.argument = SHAPES[self.family]
        # Whether the share of `upper` at dose 0 is 1 for a positive slope.
        self.starts_at_upper = self.family in ("log-logistic", "weibull-1")

    def values(self, theta):
        free = dict(zip(self.parameters, theta))
        return [free.get(p, self.fixed.get(p)) for p in self.full]

    def response(self, x, theta):
        return self.function(x, *self.values(theta))

    def fast(self, doses, theta):
        b, c, d, e = self.values(theta)
        with numpy.errstate(divide="ignore"):
            return c + (d - c) * self.share(b * (numpy.log(doses) - numpy.log(e)))

    def ratio(self, target, values):
        """The dose of a target ("effective", p) or ("absolute", y) over the location parameter."""
        b, c, d, _ = values
        kind, number = target
        if kind == "effective":
            way = mpf(number) / 100
            q = 1 - way if (b > 0) == self.starts_at_upper else way
        else:
            q = (mpf(number) - c) / (d - c)
        return exp(self.argument(q) / b)

    def fast_ratio(self, target, values):
        b, c, d, _ = values
        kind, number = target
        if kind == "effective":
            q = 1 - number / 100 if (b > 0) == self.starts_at_upper else number / 100
        else:
            q = (number - c) / (d - c)
        if not 0 < q < 1:
            return numpy.nan
        z = {"log-logistic": lambda: numpy.log(1 / q - 1), "log-normal": lambda: ndtri(q),
             "weibull-1": lambda: numpy.log(-numpy.log(q)), "weibull-2": lambda: numpy.log(-numpy.log1p(-q))}
        return numpy.exp(z[self.family]() / b)

    def dose(self, target, theta):
        values = self.values(theta)
        return values[3] * self.ratio(target, values)


# What each kind of response adds to the objective; its information by the mean.
def loss(kind, point, mean):
    y = mpf(point.response)
    if kind == "continuous":
        return mpf(point.weight) * (y - mean) ** 2
    if kind == "poisson":
        mu = mpf(point.weight) * mean
        return 2 * ((y * log(y / mu) if y else 0) - (y - mu))
    n = mpf(point.total)
    part = lambda observed, expected: observed * log(observed / expected) if observed else mpf(0)
    return 2 * (part(y, n * mean) + part(n - y, n * (1 - mean)))


def information(kind, point, mean):
    if kind == "continuous":
        return mpf(point.weight)
    if kind == "poisson":
        return mpf(point.weight) / mean
    # A probability of 0 or 1 that no parameter moves tells nothing.
    return mpf(0) if mean in (0, 1) else mpf(point.total) / (mean * (1 - mean))


def fast_residuals(kind, points, mean):
    y = numpy.array([float(p.response) for p in points])
    w = numpy.array([float(p.weight) for p in points])
    if kind == "continuous":
        return numpy.sqrt(w) * (y - mean)
    part = lambda o, e: numpy.where(o > 0, o * numpy.log(numpy.maximum(o, 1e-300) / numpy.maximum(e, 1e-300)), 0)
    if kind == "poisson":
        mu = w * mean
        deviance = 2 * (part(y, mu) - (y - mu))
    else:
        n = numpy.array([float(p.total) for p in points])
        mu = n * mean
        deviance = 2 * (part(y, mu) + part(n - y, n - mu))
    return numpy.sign(y - mu) * numpy.sqrt(numpy.maximum(deviance, 0))


def first(f, at):
    """The gradient of f, by central differences."""
    with mp.workdps(100):
        result = []
        for i, value in enumerate(at):
            h = mpf(10) ** -24 * max(abs(value), mpf(10) ** -6)
            up, down = list(at), list(at)
            up[i] += h
            down[i] -= h
            result.append((f(up) - f(down)) / (2 * h))
        return result


def second(f, at):
    """The Hessian of f, by central differences."""
    with mp.workdps(100):
        p = len(at)
        h = [mpf(10) ** -22 * max(abs(v), mpf(10) ** -6) for v in at]
        shifted = lambda *moves: f([v + sum(s * h[i] for i, s in moves if i == k) for k, v in enumerate(at)])
        middle = f(list(at))
        result = matrix(p, p)
        for i in range(p):
            result[i, i] = (shifted((i, 1)) - 2 * middle + shifted((i, -1))) / h[i] ** 2
            for j in range(i):
                result[i, j] = result[j, i] = (
                    shifted((i, 1), (j, 1)) - shifted((i, 1), (j, -1)) - shifted((i, -1), (j, 1))
                    + shifted((i, -1), (j, -1))) / (4 * h[i] * h[j])
        return result


class Fit:
    """The least-squares or maximum-likelihood fit of one curve."""

    def __init__(self, model, points, kind="continuous"):
        self.model = Model(model) if isinstance(model, str) else model
        self.points, self.kind = points, kind
        self.doses = numpy.array([float(p.dose) for p in points])
        # Limits that no finite parameters attain: (target, level).
        self.steps = set()
        self.start = self.search()
        self.estimates = self.refine([mpf(float(v)) for v in self.start])
        self.objective = self.value(self.estimates)
        p = len(self.estimates)
        self.freedom = len(points) - p
        self.scale = self.objective / self.freedom if kind == "continuous" else mpf(1)
        expected = matrix(p, p)
        for point in points:
            g = first(lambda t: self.model.response(mpf(point.dose), t), self.estimates)
            weight = information(kind, point, self.model.response(mpf(point.dose), self.estimates))
            for i in range(p):
                for j in range(p):
                    expected[i, j] += weight * g[i] * g[j]
        self.expected = expected ** -1 * self.scale
        self.hessian = second(self.value, self.estimates) / 2
        self.observed = self.hessian ** -1 * self.scale

    def value(self, theta):
        return sum(loss(self.kind, p, self.model.response(mpf(p.dose), theta)) for p in self.points)

    def log_likelihood(self):
        """With all constants; of continuous responses at the estimate of sigma that maximises it."""
        if self.kind == "continuous":
            n = len(self.points)
            constant = sum(log(mpf(p.weight)) for p in self.points)
            return -(n * (log(2 * mpmath.pi * self.objective / n) + 1) - constant) / 2
        result = mpf(0)
        for point in self.points:
            mean, y = self.model.response(mpf(point.dose), self.estimates), mpf(point.response)
            if self.kind == "poisson":
                mu = mpf(point.weight) * mean
                result += (y * log(mu) if y else 0) - mu - mpmath.loggamma(y + 1)
            else:
                n = mpf(point.total)
                result += log(mpmath.binomial(n, y)) + (y * log(mean) if y else 0)
                result += (n - y) * log(1 - mean) if n > y else 0
        return result

    # Double precision.

    def coordinates(self, skipped=None):
        return [p for p in self.model.parameters if p != skipped]

    def box(self, name, sign):
        if name == "slope":
            return (1e-3, 1e4) if sign > 0 else (-1e4, -1e-3)
        if name == self.model.location:
            return 1e-30, 1e30
        return (0, 1) if self.kind == "binomial" else (0, numpy.inf) if self.kind == "poisson" else (-numpy.inf, numpy.inf)

    def minimise(self, names, sign, complete, starts):
        """The least objective over the coordinates `names`, slope and location by their logarithms."""
        logarithmic = [n in ("slope", self.model.location) for n in names]
        box = [self.box(n, sign) for n in names]
        fold = lambda v: numpy.array([numpy.log(abs(x)) if l else x for x, l in zip(v, logarithmic)])
        unfold = lambda u: [(sign if n == "slope" else 1) * numpy.exp(x) if l else x
                            for n, x, l in zip(names, u, logarithmic)]
        ends = [sorted(fold([e])[0] if l and not numpy.isinf(e) else e for e in pair) if not l else
                sorted(numpy.log(numpy.abs(pair))) for pair, l in zip(box, logarithmic)]
        lower, upper = (numpy.array([e[k] for e in ends]) for k in (0, 1))

        def residuals(u):
            theta = complete(unfold(u))
            _, c, d, _ = self.model.values(theta)
            if c >= d:
                return numpy.full(len(self.points), 1e6)
            r = fast_residuals(self.kind, self.points, self.model.fast(self.doses, theta))
            return numpy.where(numpy.isfinite(r), r, 1e6)

        if not names:
            return float(numpy.sum(residuals([]) ** 2)), []
        best = (numpy.inf, None)
        for start in starts:
            u = fold(start)
            margin = 1e-9 * numpy.maximum(1, numpy.abs(u))
            u = numpy.clip(u, lower + margin, upper - margin)
            try:
                with warnings.catch_warnings(), numpy.errstate(all="ignore"):
                    warnings.simplefilter("ignore")
                    found = least_squares(residuals, u, bounds=(lower, upper), xtol=1e-14, ftol=1e-14, gtol=1e-14,
                                          x_scale="jac", max_nfev=300)
            except ValueError:
                continue
            if 2 * found.cost < best[0]:
                best = (2 * found.cost, unfold(found.x))
        return best

    def project(self, b, e):
        """The least sum of squares over the free plateaus, and the plateaus."""
        with numpy.errstate(all="ignore"):
            q = self.model.share(b * (numpy.log(self.doses) - numpy.log(e)))
        y = numpy.array([float(p.response) for p in self.points])
        w = numpy.sqrt([float(p.weight) for p in self.points])
        # 1 - q where it is small.
        p = self.model.share(-b * (numpy.log(self.doses) - numpy.log(e))) if self.model.family == "log-logistic" else 1 - q
        fixed = self.model.fixed
        columns = {"lower": p, "upper": q}
        rest = y - sum(columns[n] * v for n, v in fixed.items())
        free = [n for n in columns if n not in fixed]
        # The plateau at dose 0 and the way from it, each column of length 1.
        basis = numpy.array([columns[n] for n in free])
        if len(free) == 2:
            basis = numpy.array([numpy.ones_like(p), p if self.model.starts_at_upper == (b > 0) else q])
        norms = numpy.sqrt((basis ** 2).sum(axis=1))
        if not numpy.all(norms > 0):
            return numpy.inf, (0, 0)
        a = numpy.linalg.lstsq((w * basis / norms[:, None]).T, w * rest, rcond=None)[0] / norms
        objective = float(((w * (rest - a @ basis)) ** 2).sum())
        if len(free) == 2:
            start, way = a
            pair = (start + way, start) if self.model.starts_at_upper == (b > 0) else (start, start + way)
        else:
            found = fixed | dict(zip(free, a))
            pair = found["lower"], found["upper"]
        return (objective, pair) if pair[0] < pair[1] else (numpy.inf, pair)

    def guesses(self, names, sign):
        positive = self.doses[self.doses > 0]
        y = numpy.array([float(p.response) / float(p.total or p.weight) for p in self.points])
        lowest, highest = y.min(), y.max()
        if self.kind != "continuous":
            lowest, highest = max(lowest, 1e-3), min(highest, 0.999) if self.kind == "binomial" else highest
        for steepness in (0.5, 1.5, 5, 25):
            for place in numpy.quantile(numpy.log(positive), [0.15, 0.5, 0.85]):
                all_of = {"slope": sign * steepness, "lower": lowest, "upper": highest, self.model.location: numpy.exp(place)}
                yield [all_of[n] for n in names]

    def search(self):
        names = self.coordinates()
        found = [self.minimise(names, sign, lambda v: v, self.guesses(names, sign)) for sign in (1, -1)]
        return min((f for f in found if f[1] is not None), key=lambda f: f[0])[1]

    # Fifty digits.

    def refine(self, theta):
        for _ in range(60):
            with mp.workdps(100):
                g, h = first(self.value, theta), second(self.value, theta)
            change = lu_solve(h, matrix(g))
            theta = [t - c for t, c in zip(theta, change)]
            if max(abs(c) / max(abs(t), mpf(10) ** -6) for c, t in zip(change, theta)) < mpf(10) ** -35:
                return theta
        raise AssertionError(f"no convergence: {self.model.name}")

    def dose(self, target, covariance=None):
        """An effective or absolute dose and its standard error by the delta method."""
        f = lambda theta: self.model.dose(target, theta)
        value = f(self.estimates)
        if covariance is None:
            return value
        g = matrix(first(f, self.estimates))
        return value, sqrt((g.T * covariance * g)[0])

    def quantile(self, level):
        """What the level allows the objective to rise by."""
        return self.scale * f_quantile(level, self.freedom) if self.kind == "continuous" else chi_quantile(level)

    def limits(self, target, levels):
        """{level: (lower, upper)} of a parameter's name or a dose, as text."""
        result = {}
        for side in (-1, 1):
            for level, limit in self.one_side(target, levels, side).items():
                result.setdefault(level, []).append(limit)
        return result

    def one_side(self, target, levels, side):
        is_parameter = isinstance(target, str)
        skipped = target if is_parameter else self.model.location
        names = self.coordinates(skipped)
        order = self.model.parameters
        estimate = self.estimates[order.index(target)] if is_parameter else self.dose(target)
        start = [float(self.estimates[order.index(n)]) for n in names]
        sign = 1 if float(self.model.values(self.estimates)[0]) > 0 else -1
        covariance = self.expected
        error = (sqrt(covariance[order.index(target), order.index(target)]) if is_parameter
                 else self.dose(target, covariance)[1])
        positive = not is_parameter or target in ("slope", self.model.location)

        def place(values, number, ratio):
            free = dict(zip(names, values))
            if is_parameter:
                free[target] = number
            else:
                free[self.model.location] = 1
                full = [free.get(p, self.model.fixed.get(p)) for p in self.model.full]
                free[self.model.location] = number / ratio(target, full)
            return [free[p] for p in order]

        shape = lambda b: numpy.exp(numpy.log(self.model.fast_ratio(target, [sign * b, 0, 1, 1])))

        def projected(number):
            """The least sum of squares where the plateaus are free or fixed and one coordinate is left."""
            if target == "slope":
                logs = numpy.log(numpy.unique(self.doses[self.doses > 0]))
                near = logs[:, None] + numpy.linspace(-8, 8, 65) / abs(number)
                grid = numpy.unique(numpy.concatenate([numpy.linspace(logs[0] - 60, logs[-1] + 60, 601), near.ravel()]))
                pair = lambda u: (number, numpy.exp(u))
            else:
                grid = numpy.linspace(numpy.log(1e-3), numpy.log(1e4), 601)
                pair = lambda u: (sign * numpy.exp(u), number / (1 if is_parameter else shape(numpy.exp(u))))
            value = lambda u: self.project(*pair(u))[0]
            with numpy.errstate(all="ignore"):
                values = [value(u) for u in grid]
                k = int(numpy.nanargmin(values))
                ends = grid[max(k - 1, 0)], grid[min(k + 1, len(grid) - 1)]
                u = minimize_scalar(value, bounds=ends, method="bounded", options={"xatol": 1e-12}).x
                objective, plateaus = self.project(*pair(u))
            free = dict(zip(self.model.full, (pair(u)[0], *plateaus, pair(u)[1])))
            return objective, [free[n] for n in names]

        def at(number, near, widely=False):
            if self.kind == "continuous" and target not in ("lower", "upper") and (is_parameter or target[0] == "effective"):
                return projected(number)
            seeds = [near, [v * 1.2 for v in near]] + (list(self.guesses(names, sign)) if widely else [])
            return self.minimise(names, sign, lambda v: place(v, number, self.model.fast_ratio), seeds)

        def moved(t):
            if positive:
                magnitude = float(abs(estimate)) * numpy.exp(side * (1 if estimate > 0 else -1) * t * float(error / abs(estimate)))
                return float(mpmath.sign(estimate)) * magnitude
            return float(estimate) + side * t * float(error)

        ends = self.box(target, sign) if is_parameter else (1e-30, 1e30)
        steps = [0.5 * 1.25 ** k for k in range(45)]
        inside = lambda v: ends[0] < v < ends[1]
        track, near = [(0.0, float(self.objective), start)], start
        end = ends[0 if side < 0 else 1]
        if target in ("lower", "upper") and not numpy.isinf(end):
            farthest = (1 - 1e-9) * abs(end - float(estimate)) / float(error)
            steps = [t for t in steps if t < farthest] + [farthest]
        for k, t in enumerate(steps):
            if not inside(moved(t)) or (positive and abs(numpy.log(abs(moved(t)) / float(abs(estimate)))) > 40):
                break
            objective, found = at(moved(t), near, widely=k % 3 == 0)
            if found is not None and numpy.isfinite(objective):
                near = found
            track.append((t, objective, near))
        result = {}
        for level in levels:
            top = float(self.objective + self.quantile(level))
            outside = [k for k, (_, s, _) in enumerate(track) if s > top]
            if not outside:
                result[level] = self.edge(target, sign, side, is_parameter)
                continue
            k = outside[0]
            returns = [track[m][0] for m in range(k, len(track)) if track[m][1] <= top]
            assert not returns, ("accepted again", self.model.name, target, level, side, returns)
            low, near = track[k - 1][0], track[k - 1][2]
            t = brentq(lambda t: (at(moved(t), near)[0] if t > 0 else float(self.objective)) - top, low, track[k][0],
                       xtol=1e-9)
            objective, found = at(moved(t), near)
            # The slope grows without bound, and beyond a dose the sum of squares jumps.
            if "slope" in names and abs(found[names.index("slope")]) > 1000:
                dose = min((p.dose for p in self.points if p.dose), key=lambda d: abs(d - moved(t)))
                assert abs(dose / moved(t) - 1) < 1e-2
                self.steps.add((target, level))
                result[level] = text(dose)
                continue
            # The lower plateau is without bound: d - k x^b is left of the curve.
            if target == "slope" and "lower" in names and found[names.index("lower")] < -1e4 * abs(float(self.estimates[2])):
                c, d, e = (mpf(float(v)) for v in found)
                b = mpf(float(moved(t)))
                power = lambda v: sum(p.weight * (p.response - v[0] + v[1] * (p.dose ** v[2] if p.dose else 0)) ** 2
                                      for p in self.points)
                self.steps.add((target, level))
                result[level] = text(self.solve([d, (d - c) / e ** b, b], power, self.objective + self.quantile(level))[-1])
                continue
            # A plateau may be at the end of what it may be.
            held = {}
            for i, name in enumerate(names):
                for edge in self.box(name, sign) if name in ("lower", "upper") else ():
                    if abs(found[i] - edge) < 1e-2:
                        others = [n for n in names if n != name]
                        whole = lambda v, name=name, edge=edge, others=others: [
                            edge if n == name else v[others.index(n)] for n in names]
                        seed = [v for v, n in zip(found, names) if n != name]
                        there, best = self.minimise(others, sign, lambda v: place(whole(v), moved(t), self.model.fast_ratio), [seed])
                        if there <= objective + 1e-9:
                            held, found, objective = {i: mpf(edge)}, whole(best), there
            free = [mpf(float(v)) for i, v in enumerate(found) if i not in held] + [mpf(float(moved(t)))]

            def complete(v):
                rest = iter(v[:-1])
                return place([held[i] if i in held else next(rest) for i in range(len(names))], v[-1], self.model.ratio)
            solution = self.solve(free, lambda v: self.value(complete(v)), self.objective + self.quantile(level))
            assert abs(solution[-1] - free[-1]) < 1e-5 * abs(free[-1]), (self.model.name, target, level, side)
            result[level] = text(solution[-1])
        return result

    def edge(self, target, sign, side, is_parameter):
        """The end of what a parameter may be, where no value up to it is refused."""
        if is_parameter and target in ("lower", "upper") and self.kind != "continuous":
            end = self.box(target, sign)[0 if side < 0 else 1]
            return "unbounded" if numpy.isinf(end) else str(end)
        away = side if not (is_parameter and target == "slope" and sign < 0) else -side
        positive = not is_parameter or target in ("slope", self.model.location)
        return "0" if positive and away < 0 else "unbounded"

    def solve(self, whole, f, top):
        p = len(whole)
        for _ in range(40):
            g, h = first(f, whole), second(f, whole)
            system, rest = matrix(p, p), matrix(p, 1)
            for i in range(p - 1):
                rest[i] = g[i]
                for j in range(p):
                    system[i, j] = h[i, j]
            rest[p - 1] = f(whole) - top
            for j in range(p):
                system[p - 1, j] = g[j]
            change = lu_solve(system, rest)
            whole = [v - c for v, c in zip(whole, change)]
            if max(abs(c) / max(abs(v), mpf(10) ** -6) for c, v in zip(change, whole)) < mpf(10) ** -30:
                return whole
        raise AssertionError("no convergence of a limit")


def f_tail(f, m, n):
    """P(F > f) of the F distribution."""
    return mpmath.betainc(mpf(n) / 2, mpf(m) / 2, 0, n / (n + m * mpf(f)), regularized=True)


def f_quantile(level, n):
    """The quantile of F(1, n)."""
    from scipy.stats import f as fast
    start = mpf(float(fast.ppf(float(level), 1, n)))
    return mpmath.findroot(lambda x: f_tail(x, 1, n) - (1 - mpf(level)), start, tol=mpf(10) ** -80)


def chi_quantile(level):
    """The quantile of chi-squared with one degree of freedom."""
    return 2 * mpmath.erfinv(mpf(level)) ** 2


def table(name):
    """{dataset: [(curve, Point)]} of a file of data beside."""
    from pathlib import Path
    lines = [l for l in Path(__file__).with_name(f"{name}.csv").read_text().splitlines() if not l.startswith("#")]
    result = {}
    for line in lines[1:]:
        dataset, curve, dose, response, weight, total = line.split(",")
        point = Point(mpf(dose), mpf(response), mpf(weight or 1), mpf(total) if total else None)
        result.setdefault(dataset, []).append((curve, point))
    return result


def points(data, dataset, curve=None):
    return [p for c, p in data[dataset] if curve is None or c == curve]
