"""Writes firth.csv: logistic regression with study intercepts and Jeffreys' penalty.

l*(beta) = sum of binomial log-likelihoods (without their coefficients) + 1/2 log det I(beta)
(Firth 1993); limits and p-value from 2 (max l* - max l* at a given effect), where the penalty keeps
the information of all parameters (Heinze and Schemper 2002). The information of intercepts and one
effect is an arrow, so det I = prod(A_i) (sum w1 - sum w1^2/A), A_i = w1 + w2, w = n p q. In a study
the other parameters enter only through D = sum(w1 w2/A), the effect's own information:
log det I = sum log A_i + log D. Each intercept therefore solves an equation that knows D alone, and
D is found by repetition.
"""

import numpy as np

from meta import *

SETS = ("nissen2007_mi", "nissen2007_cvdeath", "tpora8", "bcg", "nielweise2007", "metafor45",
        "rare12", "one_zero", "no_treatment_events", "all_events", "two", "equal", "hine1989")


class Firth:
    def __init__(self, studies):
        # A study without events, or with events only, still has a penalty: it is kept or dropped
        # by the caller.
        self.studies = [tuple(map(mpf, s)) for s in studies]
        self.a = [log((x1 + x2 + mpf("0.5")) / (n1 + n2 - x1 - x2 + mpf("0.5")))
                  for x1, n1, x2, n2 in self.studies]

    def parts(self, a, b, study):
        x1, n1, x2, n2 = study
        p1, p2 = 1 / (1 + exp(-a - b)), 1 / (1 + exp(-a))
        w1, w2 = n1 * p1 * (1 - p1), n2 * p2 * (1 - p2)
        return x1 - n1 * p1, x2 - n2 * p2, w1, w2, 1 - 2 * p1, 1 - 2 * p2

    def value(self, b, a):
        found, d = mpf(0), mpf(0)
        for (x1, n1, x2, n2), ai in zip(self.studies, a):
            _, _, w1, w2, _, _ = self.parts(ai, b, (x1, n1, x2, n2))
            found += (x1 * (ai + b) + x2 * ai - n1 * log(1 + exp(ai + b)) - n2 * log(1 + exp(ai))
                      + log(w1 + w2) / 2)
            d += w1 * w2 / (w1 + w2)
        return found + log(d) / 2

    def gradient(self, b, a):
        """(by b, [by each a]) of l*."""
        k = len(a)
        p = [self.parts(ai, b, s) for ai, s in zip(a, self.studies)]
        d = mpmath.fsum(w1 * w2 / (w1 + w2) for _, _, w1, w2, _, _ in p)
        gb, ga = mpf(0), []
        for r1, r2, w1, w2, c1, c2 in p:
            s = w1 + w2
            # dw1/da = dw1/db = w1 c1, dw2/da = w2 c2; d(w1 w2/s) = (w2^2 dw1 + w1^2 dw2)/s^2.
            gb += r1 + w1 * c1 / s / 2 + w2 * w2 * w1 * c1 / s**2 / d / 2
            ga.append(r1 + r2 + (w1 * c1 + w2 * c2) / s / 2
                      + (w2 * w2 * w1 * c1 + w1 * w1 * w2 * c2) / s**2 / d / 2)
        return gb, ga

    def intercepts(self, b):
        """The maximum over the intercepts: Newton with the observed information, then refined."""
        a = list(self.a)
        for _ in range(400):
            _, g = self.gradient(b, a)
            steps = []
            for i, (ai, s) in enumerate(zip(a, self.studies)):
                _, _, w1, w2, _, _ = self.parts(ai, b, s)
                steps.append(max(mpf(-2), min(mpf(2), g[i] / (w1 + w2 + mpf("0.02")))))
            a = [ai + st for ai, st in zip(a, steps)]
            if max(abs(st) for st in steps) < mpf(10) ** -6:
                break
        a = self.polish(b, a)
        self.a = a
        return a

    def polish(self, b, a):
        """Newton to full precision, with the Jacobian in double precision by complex steps."""
        k = len(a)
        x1, n1, x2, n2 = np.array([[float(v) for v in s] for s in self.studies]).T
        jacobian = np.empty((k, k))
        for j in range(k):
            z = np.array([complex(ai) for ai in a])
            z[j] += 1e-30j
            p1, p2 = 1 / (1 + np.exp(-z - float(b))), 1 / (1 + np.exp(-z))
            w1, w2 = n1 * p1 * (1 - p1), n2 * p2 * (1 - p2)
            s, d = w1 + w2, (w1 * w2 / (w1 + w2)).sum()
            g = (x1 - n1 * p1 + x2 - n2 * p2 + (w1 * (1 - 2 * p1) + w2 * (1 - 2 * p2)) / s / 2
                 + (w2 * w2 * w1 * (1 - 2 * p1) + w1 * w1 * w2 * (1 - 2 * p2)) / s**2 / d / 2)
            jacobian[:, j] = g.imag / 1e-30
        inverse = np.linalg.inv(jacobian)
        for _ in range(20):
            g = self.gradient(b, a)[1]
            top = max(abs(v) for v in g)
            if top < mpf(10) ** -32:
                return a
            step = inverse @ np.array([float(v / top) for v in g])
            a = [ai - top * mpf(float(st)) for ai, st in zip(a, step)]
        raise ArithmeticError("no convergence")

    def profile(self, b):
        """(max l* at this effect, its slope: the derivative by b at the maximum)."""
        a = self.intercepts(b)
        return self.value(b, a), self.gradient(b, a)[0]

    def fit(self):
        low, high = mpf(-1), mpf(1)
        while self.profile(low)[1] < 0:
            low *= 2
        while self.profile(high)[1] > 0:
            high *= 2
        b = bisection(lambda t: self.profile(t)[1], low, high, 28)
        top = self.profile(b)[0]
        limits = []
        for sign in (-1, 1):
            goal = top - normal_quantile(mpf("0.025")) ** 2 / 2
            far = mpf(1)
            while self.profile(b + sign * far)[0] > goal:
                far *= mpf("1.5")
            limits.append(bisection(lambda t: self.profile(t)[0] - goal, b, b + sign * far, 28))
        a = self.intercepts(b)
        d = mpf(0)
        for ai, s in zip(a, self.studies):
            _, _, w1, w2, _, _ = self.parts(ai, b, s)
            d += w1 * w2 / (w1 + w2)
        ratio = 2 * (top - self.profile(mpf(0))[0])
        return b, 1 / sqrt(d), limits[0], limits[1], ratio, chi_square_tail(ratio, 1)


def lines():
    mp.dps = 40
    for name in SETS:
        studies = datasets()[name]
        used = [s for s in studies if not without_information("odds-ratio", s)]
        for which, part in (("informative", used), ("all", studies)):
            if which == "all" and len(used) == len(studies):
                continue
            found = Firth(part).fit()
            for statistic, value in zip(("estimate", "standard_error", "lower", "upper",
                                         "likelihood_ratio", "p_value"), found):
                yield name, which, statistic, show(value, 22)


write("firth.csv",
      f"generate_firth.py, {VERSIONS}; log odds ratio; informative: without studies that have no events or only events; standard_error from the Fisher information; limits at 0.95 and p-value of no effect by penalised profile likelihood",
      ("dataset", "studies", "statistic", "value"), lines())
