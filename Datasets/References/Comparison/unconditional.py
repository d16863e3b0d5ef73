"""Writes the reference values of the unconditional exact methods, by brute force.

Every outcome is ordered by its own statistic, with the restricted estimates found by ternary search
on the likelihood; the supremum is that of 4001 nuisance risks, refined around the ten best. No
convexity of the regions and no monotonicity of the p-value is used: limits are the ends of the
accepted values on a grid, refined by bisection.
"""

import platform

import numpy
import scipy
from scipy.optimize import minimize_scalar
from scipy.stats import binom, hypergeom

HEADER = f"# unconditional.py, Python {platform.python_version()}, numpy {numpy.__version__}, scipy {scipy.__version__}\n"
TIED = 1 + 1e-7
TABLES = [(7, 12, 1, 9), (9, 11, 4, 12), (0, 8, 3, 10), (3, 10, 3, 10), (13, 13, 0, 7), (5, 7, 2, 6),
          (2, 15, 1, 14), (8, 9, 10, 11)]


def supremum(probability, low, high):
    places = low + (high - low) * numpy.sin(numpy.linspace(0, numpy.pi / 2, 401)) ** 2
    values = [probability(p) for p in places]
    best = max(values)
    for i in numpy.argsort(values)[-6:]:
        a, b = places[max(0, i - 1)], places[min(len(places) - 1, i + 1)]
        found = minimize_scalar(lambda p: -probability(p), bounds=(a, b), method="bounded",
                                options={"xatol": 1e-12})
        best = max(best, -found.fun)
    return best


class Search:
    def __init__(self, x1, n1, x2, n2, measure, order):
        self.x1, self.n1, self.x2, self.n2 = x1, n1, x2, n2
        self.measure, self.order = measure, order
        self.k1, self.k2 = numpy.arange(n1 + 1), numpy.arange(n2 + 1)
        self.i, self.j = numpy.meshgrid(self.k1, self.k2, indexing="ij")

    def risks(self, theta, p):
        return (p + theta, p) if self.measure == "difference" else (theta * p, p)

    def ends(self, theta):
        if self.measure == "difference":
            return max(0.0, -theta), min(1.0, 1 - theta)
        return 0.0, min(1.0, 1 / theta)

    def statistic(self, theta):
        """The score statistic of all outcomes, restricted estimates by golden section."""
        i, j, n1, n2 = self.i, self.j, self.n1, self.n2
        if self.order == "simple":
            return (i * n2 - j * n1).astype(float)
        low, high = self.ends(theta)
        a, b = numpy.full(i.shape, low), numpy.full(i.shape, high)

        def term(x, p):
            return numpy.where(x == 0, 0.0, x * numpy.log(numpy.maximum(p, 1e-300)))

        def loss(p2):
            p1, p2 = self.risks(theta, p2)
            return -(term(i, p1) + term(n1 - i, 1 - p1) + term(j, p2) + term(n2 - j, 1 - p2))

        def slope(p2):
            d = 1.0 if self.measure == "difference" else theta
            p1, p2 = self.risks(theta, p2)
            with numpy.errstate(all="ignore"):
                part = lambda x, p: numpy.where(x == 0, 0.0, x / p)
                return d * (part(i, p1) - part(n1 - i, 1 - p1)) + part(j, p2) - part(n2 - j, 1 - p2)

        for _ in range(200):
            c = (a + b) / 2
            up = slope(c) > 0
            a, b = numpy.where(up, c, a), numpy.where(up, b, c)
        p1, p2 = self.risks(theta, (a + b) / 2)
        d = i / n1 - j / n2 - theta if self.measure == "difference" else i / n1 - theta * j / n2
        scale = 1.0 if self.measure == "difference" else theta * theta
        v = p1 * (1 - p1) / n1 + scale * p2 * (1 - p2) / n2
        with numpy.errstate(all="ignore"):
            return numpy.where(abs(d) < 1e-14, 0.0, d / numpy.sqrt(v))

    def p_value(self, theta, side):
        s = self.statistic(theta)
        if side == "lower":
            s = -s
        if side == "both":
            s = abs(s)
        own = s[self.x1, self.x2]
        region = (s >= own - 1e-7 * abs(own) - 1e-12).astype(float)
        low, high = self.ends(theta)

        def probability(p):
            p1, p2 = self.risks(theta, p)
            return binom.pmf(self.k1, self.n1, min(1, max(0, p1))) @ region @ binom.pmf(
                self.k2, self.n2, p2)

        return supremum(probability, low, high)

    def limits(self, tail, side_of_lower, side_of_upper):
        """The outermost accepted values on a grid, then bisected towards the next outside."""
        if self.measure == "difference":
            grid = numpy.linspace(-0.9995, 0.9995, 161)
            value = lambda t: t
        else:
            grid = numpy.linspace(-7, 7, 161)
            value = numpy.exp
        ends = []
        for side, places in ((side_of_lower, grid), (side_of_upper, grid[::-1])):
            accepted = lambda t: self.p_value(float(value(t)), side) > tail
            previous = None
            for t in places:
                if accepted(t):
                    break
                previous = t
            if previous is None:
                first = side == side_of_lower and places is grid
                ends.append((-1.0 if first else 1.0) if self.measure == "difference"
                            else (0.0 if first else float("inf")))
                continue
            outside, inside = previous, t
            for _ in range(34):
                middle = (outside + inside) / 2
                if accepted(middle):
                    inside = middle
                else:
                    outside = middle
            ends.append(float(value(inside)))
        return ends


def common_risk(x1, n1, x2, n2, chosen):
    k1, k2 = numpy.arange(n1 + 1), numpy.arange(n2 + 1)
    return supremum(
        lambda p: binom.pmf(k1, n1, p) @ chosen.astype(float) @ binom.pmf(k2, n2, p), 0.0, 1.0)


def barnard(x1, n1, x2, n2):
    i, j = numpy.meshgrid(numpy.arange(n1 + 1), numpy.arange(n2 + 1), indexing="ij")
    m = (i + j) / (n1 + n2)
    with numpy.errstate(all="ignore"):
        z = numpy.where((m == 0) | (m == 1), 0.0,
                        abs(i / n1 - j / n2) / numpy.sqrt(m * (1 - m) * (1 / n1 + 1 / n2)))
    return common_risk(x1, n1, x2, n2, z * TIED >= z[x1, x2])


def fisher(x1, n1, x2, n2):
    s = x1 + x2
    u = numpy.arange(max(0, s - n2), min(n1, s) + 1)
    f = hypergeom.pmf(u, n1 + n2, n1, s)
    return f[f <= hypergeom.pmf(x1, n1 + n2, n1, s) * TIED].sum()


def boschloo(x1, n1, x2, n2):
    p = numpy.array([[fisher(i, n1, j, n2) for j in range(n2 + 1)] for i in range(n1 + 1)])
    return common_risk(x1, n1, x2, n2, p <= p[x1, x2] * TIED)


def main():
    with open("unconditional.csv", "w") as file:
        file.write(HEADER + "x1,n1,x2,n2,method,lower,upper\n")

        def row(table, method, values):
            file.write(",".join(map(str, table)) + f",{method}," + ",".join(f"{v!r}" for v in map(float, values)) + "\n")
            file.flush()

        for t in TABLES:
            row(t, "barnard", [barnard(*t)] * 2)
            row(t, "boschloo", [boschloo(*t)] * 2)
        for t in TABLES:
            for measure, order, method in (("difference", "score", "exact-score"),
                                           ("difference", "simple", "exact-simple"),
                                           ("ratio", "score", "ratio-exact-score")):
                search = Search(*t, measure, order)
                row(t, method, search.limits(0.025, "upper", "lower"))
            row(t, "exact-two-sided", Search(*t, "difference", "score").limits(0.05, "both", "both"))


if __name__ == "__main__":
    main()
