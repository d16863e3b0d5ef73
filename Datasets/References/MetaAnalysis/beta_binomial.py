"""The beta-binomial model of two arms with one intraclass correlation (Kuss 2015).

Mean p = expit(b0 + b1) under treatment, expit(b0) under reference; with correlation r the log
probability of x of n is log C(n, x) + sum_{j<x} log(p(1 - r) + jr) + sum_{j<n-x} log(q(1 - r) + jr)
- sum_{j<n} log(1 - r + jr).
"""

import math

import numpy as np

from glmm import CRITICAL, crossing, log_choose


class Arm:
    def __init__(self, x, n):
        self.x, self.n = x, n
        self.constant = log_choose(n, x)

    def __call__(self, eta, r):
        """l, its gradient and Hessian in (eta, r)."""
        p, q = 1 / (1 + math.exp(-eta)), 1 / (1 + math.exp(eta))
        value, g, h = self.constant, np.zeros(2), np.zeros((2, 2))
        for sign, mean, count in ((1, p, self.x), (-1, q, self.n - self.x)):
            j = np.arange(count)
            d = mean * (1 - r) + j * r
            if count and d.min() <= 0:
                return -math.inf, g, h
            a, b = (1 - r) / d, (j - mean) / d
            value += np.log(d).sum()
            dp, dr = sign * a.sum(), b.sum()
            g += (dp * p * q, dr)
            h += [[-(a * a).sum() * (p * q) ** 2 + dp * p * q * (q - p),
                   -sign * (1 / d + a * b).sum() * p * q], [0, -(b * b).sum()]]
        j = np.arange(self.n)
        d = 1 - r + j * r
        value -= np.log(d).sum()
        g[1] -= ((j - 1) / d).sum()
        h[1, 1] += (((j - 1) / d) ** 2).sum()
        h[1, 0] = h[0, 1]
        return value, g, h


class BetaBinomial:
    """Parameters (b0, b1, r)."""

    def __init__(self, studies):
        self.treated = [Arm(x1, n1) for x1, n1, _, _ in studies]
        self.reference = [Arm(x2, n2) for _, _, x2, n2 in studies]

    def __call__(self, x):
        b0, b1, r = x
        value, g, h = [], np.zeros(3), np.zeros((3, 3))
        for arms, eta, at in ((self.treated, b0 + b1, (1, 1, 0)), (self.reference, b0, (1, 0, 0))):
            for arm in arms:
                l, d, dd = arm(eta, r)
                value.append(l)
                chain = np.array([at, (0, 0, 1)], float)
                g += chain.T @ d
                h += chain.T @ dd @ chain
        return math.fsum(value), g, h

    def climb(self, x, free):
        x, free = np.array(x, float), list(free)
        value, g, h = self(x)
        for _ in range(300):
            part = h[np.ix_(free, free)]
            lowest = np.linalg.eigvalsh(-part).min()
            if lowest <= 0:
                part = part - (1e-2 - 1.5 * lowest) * np.eye(len(free))
            step = np.linalg.solve(part, -g[free])
            step *= min(1, 1 / np.max(np.abs(step)))
            size = 1.0
            while True:
                trial = x.copy()
                trial[free] += size * step
                if 0 <= trial[2] < 1 or 2 not in free:
                    found = self(trial)
                    if found[0] >= value - 1e-13 * abs(value) or size < 1e-9:
                        break
                size /= 2
                if size < 1e-9:
                    return x, value, h
            gain = found[0] - value
            x, (value, g, h) = trial, found
            small = np.max(np.abs(size * step))
            if small < 1e-13 or small < 1e-10 and gain <= 0:
                break
        return x, value, h

    def best(self, start, free):
        """The maximum over the free ones; r = 0 is the binomial model."""
        at_zero = [i for i in free if i != 2]
        found = []
        x = np.array(start, float)
        x[2] = 0
        found.append((*self.climb(x, at_zero), at_zero))
        for r in (1e-4, 3e-3, 0.05):
            x = found[0][0].copy()
            x[2] = r
            found.append((*self.climb(x, free), list(free)))
        inner = max(found[1:], key=lambda f: f[1])
        return inner if inner[1] > found[0][1] + 1e-10 and inner[0][2] > 1e-9 else found[0]

    def rows(self, sign):
        x = sum(a.x for a in self.treated + self.reference)
        n = sum(a.n for a in self.treated + self.reference)
        start = [math.log(x / (n - x)), 0, 0]
        if sign:
            yield from self.unbounded(start, sign)
            return
        x, value, h, names = self.best(start, (0, 1, 2))
        error = math.sqrt(-np.linalg.inv(h[np.ix_(names, names)])[1, 1])
        limits = []
        for side in (-1, 1):
            loss = lambda b: 2 * (value - self.best((x[0], b, x[2]), (0, 2))[1]) - CRITICAL
            far = 2 * error
            while loss(x[1] + side * far) < 0:
                far *= 1.3
            limits.append(crossing(loss, x[1], x[1] + side * far))
        for statistic, found in (("intercept", x[0]), ("estimate", x[1]), ("standard_error", error),
                                 ("intraclass_correlation", x[2]), ("log_likelihood", value),
                                 ("profile_lower", limits[0]), ("profile_upper", limits[1])):
            yield "random", statistic, found

    def unbounded(self, start, sign):
        """One arm without events: the other alone gives the supremum."""
        quiet = self.reference if sign > 0 else self.treated
        if sum(a.x for a in quiet):
            return
        alone = BetaBinomial([])
        alone.reference = self.treated if sign > 0 else self.reference
        top = alone.best((start[0], 0, 0), (0, 2))[1]
        loss = lambda b: 2 * (top - self.best((start[0], sign * b, 0), (0, 2))[1]) - CRITICAL
        low = 3.0
        while loss(low) < 0:
            low -= 0.5
        high = low + 0.5
        while loss(high) > 0:
            high += 0.5
        yield "random", "estimate", "inf" if sign > 0 else "-inf"
        yield "random", "log_likelihood", top
        yield ("random", "profile_lower" if sign > 0 else "profile_upper",
               sign * crossing(loss, high, low))
