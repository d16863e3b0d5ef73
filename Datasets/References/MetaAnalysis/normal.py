"""The normal-normal model: between-study variances, their limits, pooled values."""

import cmath
import math

import numpy as np
from scipy import optimize

from meta import *


def total(values):
    return mpmath.fsum(values)


class Studies:
    def __init__(self, pairs):
        self.y, self.v = [p[0] for p in pairs], [p[1] for p in pairs]
        self.k = len(pairs)

    def weights(self, tau2):
        return [1 / (v + tau2) for v in self.v]

    def mean(self, w):
        return total(a * y for a, y in zip(w, self.y)) / total(w)

    def q(self, tau2=0):
        """The generalised Q statistic with weights 1/(v + tau2)."""
        return self.spread(self.weights(tau2))

    def spread(self, w):
        mu = self.mean(w)
        return total(a * (y - mu) ** 2 for a, y in zip(w, self.y))

    def moment(self, a):
        """The method of moments with weights a (DerSimonian and Kacker 2007), not cut."""
        s1, s2 = total(a), total(b * b for b in a)
        av, a2v = total(b * v for b, v in zip(a, self.v)), total(b * b * v for b, v in zip(a, self.v))
        return (self.spread(a) - (av - a2v / s1)) / (s1 - s2 / s1)

    def log_likelihood(self, tau2, restricted):
        """Without the constant: -1/2 sum log(v + tau2) - 1/2 Q [- 1/2 log sum w]."""
        w = self.weights(tau2)
        return (total(log(a) for a in w) - self.q(tau2) - (log(total(w)) if restricted else 0)) / 2

    def slope(self, tau2, restricted):
        """Twice the derivative of the log-likelihood in tau2."""
        w = self.weights(tau2)
        mu, s1 = self.mean(w), total(w)
        found = total((a * (y - mu)) ** 2 for a, y in zip(w, self.y)) - s1
        return found + total(a * a for a in w) / s1 if restricted else found

    def constant(self, restricted):
        """What metafor adds to the log-likelihood above."""
        n = self.k - 1 if restricted else self.k
        return -n * log(2 * mp.pi) / 2 + (log(mpf(self.k)) / 2 if restricted else 0)

    def spread_scale(self):
        return total((y - total(self.y) / self.k) ** 2 for y in self.y) / self.k + max(self.v)

    def maximum(self, restricted):
        """The global maximum over tau2 >= 0, from a scan of the slope."""
        top = 100 * self.spread_scale()
        grid = [mpf(0)] + [min(self.v) * mpf(10) ** -6 * mpf(1.12) ** i for i in range(
            int(log(top / min(self.v) * 10**6) / log(mpf(1.12))) + 2)]
        with mpmath.workdps(20):
            slopes = [self.slope(t, restricted) for t in grid]
        found = [mpf(0)]
        for a, b, fa, fb in zip(grid, grid[1:], slopes, slopes[1:]):
            if fa > 0 >= fb:
                found.append(bisection(lambda t: self.slope(t, restricted), a, b))
        return max(found, key=lambda t: self.log_likelihood(t, restricted))

    def q_equals(self, value):
        """tau2 >= 0 with Q(tau2) = value; 0 where Q is less already."""
        if self.q() <= value:
            return mpf(0)
        return bisection(lambda t: log(self.q(t) / value), 0, self.until(lambda t: self.q(t) < value))

    def until(self, holds):
        top = self.spread_scale()
        while not holds(top):
            top *= 4
        return top

    def estimates(self):
        k, w = self.k, self.weights(0)
        cut = lambda t: max(mpf(0), t)
        q = self.q()
        dl, he = cut(self.moment(w)), cut(self.moment([mpf(1)] * k))

        def sidik_jonkman(start):
            return start * self.q(start) / (k - 1) if start > 0 else mpf(0)
        return {
            "dl": dl, "he": he, "hs": cut((q - k) / total(w)),
            "hsk": cut((k * q / (k - 1) - k) / total(w)),
            "sj": sidik_jonkman(self.spread([mpf(1)] * k) / k), "sj2": sidik_jonkman(he),
            "ml": self.maximum(False), "reml": self.maximum(True),
            "pm": self.q_equals(mpf(k - 1)), "eb": self.q_equals(mpf(k - 1)),
            "pmm": self.q_equals(chi_square_quantile(mpf("0.5"), k - 1)),
            "dl2": cut(self.moment(self.weights(dl))), "he2": cut(self.moment(self.weights(he))),
            "genq": cut(self.moment([1 / sqrt(v) for v in self.v]))}

    # Limits of tau2.

    def q_profile(self, tail):
        return tuple(self.q_equals(chi_square_quantile(t, self.k - 1)) for t in (tail, 1 - tail))

    def profile_likelihood(self, tail, restricted):
        """The hull of the tau2 with 2 (l - l(tau2)) <= the quantile of chi-square(1)."""
        best = self.maximum(restricted)
        goal = self.log_likelihood(best, restricted) - normal_quantile(tail) ** 2 / 2
        loss = lambda t: self.log_likelihood(t, restricted) - goal
        lower = mpf(0) if loss(mpf(0)) >= 0 else bisection(loss, 0, best)
        return lower, bisection(loss, best, self.until(lambda t: t > best and loss(t) < 0))

    def by_tails(self, upper_tail, tail):
        """(lower, upper): the upper tail of the statistic, growing with tau2, is tail, 1 - tail."""
        def solve(p):
            if upper_tail(mpf(0)) >= p:
                return mpf(0)
            f = lambda t: upper_tail(t) - p
            top = self.until(lambda t: f(t) > 0)
            return bisection(f, 0, top, 32)
        return solve(tail), solve(1 - tail)

    def biggerstaff_tweedie(self, tail):
        w, k = self.weights(0), self.k
        s1, s2, s3 = (total(a**r for a in w) for r in (1, 2, 3))
        q = self.q()

        def upper(t):
            mean = k - 1 + (s1 - s2 / s1) * t
            variance = 2 * (k - 1) + 4 * (s1 - s2 / s1) * t + 2 * (
                s2 - 2 * s3 / s1 + s2**2 / s1**2) * t * t
            return mpmath.gammainc(mean**2 / variance, q * mean / variance, inf, regularized=True)
        return self.by_tails(upper, tail)

    def quadratic_form(self, a, tail):
        """Limits from the exact distribution of Q with weights a."""
        q = self.spread(a)

        def solve(p):
            f = lambda t: form_tail(q, a, [v + t for v in self.v]) - p
            if f(mpf(0)) >= 0:
                return mpf(0)
            rough = lambda t: rough_tail(float(q), np.array([float(b) for b in a]),
                                         np.array([float(v) for v in self.v]) + t) - float(p)
            top = self.until(lambda t: rough(float(t)) > 0)
            last = mpf(optimize.brentq(rough, 0, float(top), xtol=1e-300, rtol=1e-14))
            now = last * (1 + mpf(10) ** -9)
            f_last, f_now = f(last), f(now)
            while abs(f_now) > mpf(10) ** -26 * p and abs(now - last) > now * mpf(10) ** -26:
                last, now, f_last = now, now - f_now * (now - last) / (f_now - f_last), f_now
                f_now = f(now)
            at = form_tail(q, a, [v + now for v in self.v], 2)
            assert abs(at - p) < mpf(10) ** -24 * p, (now, at, p)
            return now
        return solve(tail), solve(1 - tail)


def rough_tail(q, a, variances):
    """form_tail in double precision."""
    c = 1 / (4 * max(a * variances))
    x = np.arange(-400, 401) * 0.05
    x = x[np.cosh(x) < 400 + 400 / (c * q)]
    s = c * (1 - math.sqrt(0.5) + np.cosh(x + 0.25j * np.pi))
    d = 1 - 2 * s[:, None] * (a * variances)
    logs = np.log(d).sum(1) + np.log((a / d).sum(1) / a.sum())
    terms = np.exp(-logs / 2 - s * q) / s * c * np.sinh(x + 0.25j * np.pi)
    return (0.05 / (2 * np.pi) * terms).imag.sum()


def form_tail(q, a, variances, finer=1):
    """P(Q >= q) for Q = sum a (y - mean_a)^2, y normal with these variances.

    The moment generating function is det(I - 2sB)^(-1/2) with
    det(I - 2sB) = prod(1 - 2 s a v) sum(a / (1 - 2 s a v)) / sum(a).
    Its inversion, 1/(2 pi i) int exp(K(s) - s q)/s ds, is taken along the hyperbola
    s = c (1 - sqrt(1/2) + cosh(x + i pi/4)) around the branch cut, which starts beyond 2c. The
    integrand is analytic for |Im x| < pi/4, so the trapezoidal rule with step h has an error of
    about exp(-pi^2 / (2 h)) or less. `finer` divides the step.
    """
    if q == 0:
        return mpf(1)
    with mpmath.workdps(40):
        products = [b * v for b, v in zip(a, variances)]
        c, s1, turn = 1 / (4 * max(products)), mpmath.fsum(a), mpmath.mpc(0, mp.pi / 4)
        h, value, i = mpf("0.055") / finer, mpf(0), 0
        while True:
            x = i * h + turn
            s = c * (1 - sqrt(mpf("0.5")) + mpmath.cosh(x))
            angle, product, r = 0.0, mpmath.mpc(1), mpmath.mpc(0)
            for b, p in zip(a, products):
                d = 1 - 2 * s * p
                angle += cmath.phase(complex(d))
                product *= d
                r += b / d
            logs = log(product)
            turns = round((angle - float(logs.imag)) / (2 * cmath.pi))
            logs += mpmath.mpc(0, 2 * mp.pi * turns) + log(r / s1)
            term = exp(-logs / 2 - s * q) / s * c * mpmath.sinh(x)
            value += term.imag / 2 if i == 0 else term.imag
            i += 1
            if abs(term) < mpf(10) ** -31:
                return value * h / mp.pi
