"""The common odds or rate ratio given the margins of every stratum: one sum, convolved."""

from scores import *


def choose(n, k):
    result = 1
    for i in range(1, min(k, n - k) + 1):
        result = result * (n - min(k, n - k) + i) // i
    return result


class Sum:
    """The distribution of the sum of x1 given the margins: terms[i] theta^(low + i)."""

    def __init__(self, measure, strata):
        self.low, self.observed, self.terms = 0, sum(t[0] for t in strata), [1]
        for x1, n1, x2, n2 in strata:
            m = x1 + x2
            if measure == "rate-ratio":
                low, high = 0, m
                more = [mpmath.binomial(m, u) * n1**u * n2 ** (m - u) for u in range(m + 1)]
            else:
                low, high = max(0, m - n2), min(m, n1)
                more = [choose(n1, u) * choose(n2, m - u) for u in range(low, high + 1)]
            self.low += low
            product = [0] * (len(self.terms) + high - low)
            for i, a in enumerate(self.terms):
                for j, b in enumerate(more):
                    product[i + j] += a * b
            self.terms = product
        self.at = self.observed - self.low
        self.top = len(self.terms) - 1

    def weights(self, theta):
        """Scaled to the observed sum."""
        return [c * theta ** (i - self.at) for i, c in enumerate(self.terms)]

    def tail(self, theta, side, mid):
        """P(T <= t) for side -1, P(T >= t) for side 1; mid: with half of P(T = t)."""
        w = self.weights(theta)
        part = w[:self.at + 1] if side < 0 else w[self.at:]
        return (total(part) - (w[self.at] / 2 if mid else 0)) / total(w)

    def solve(self, value):
        """The theta at which an increasing function crosses 0."""
        far = mpf(1)
        while not value(-far) < 0 < value(far):
            far *= 2
        return exp(sign_change(value, -far, far))

    def limits(self, tail, mid):
        """(CMLE, lower, upper)."""
        if self.top == 0:
            return None, mpf(0), inf
        lower = mpf(0) if self.at == 0 else self.solve(
            lambda t: log(self.tail(exp(t), 1, mid) / tail))
        upper = inf if self.at == self.top else self.solve(
            lambda t: -log(self.tail(exp(t), -1, mid) / tail))
        if self.at in (0, self.top):
            return (mpf(0) if self.at == 0 else inf), lower, upper

        def mean(t):
            w = self.weights(exp(t))
            return total((i - self.at) * v for i, v in enumerate(w)) / total(w)
        return self.solve(mean), lower, upper

    def p_value(self, mid):
        return min(mpf(1), 2 * min(self.tail(mpf(1), side, mid) for side in (-1, 1)))
