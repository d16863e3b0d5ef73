"""Likelihoods of one random effect per study, integrated by the trapezoidal rule, in double precision.

theta = b + tau u with u standard normal. The integrand is log-concave in u and analytic, so the
trapezoidal rule on the range where it is more than exp(-46) of its top converges geometrically;
NODES is doubled to verify. Derivatives are those of the integral (Louis 1982):
d log L = E s, d2 log L = E(H + s s') - E(s) E(s)' with s, H those of the joint log density.
"""

import math

import numpy as np
from scipy import optimize, special

NODES = 300
CRITICAL = 3.8414588206941259


def log_choose(n, x):
    """The log of a binomial coefficient, summed."""
    x = min(x, n - x)
    return math.fsum(math.log((n - i) / (x - i)) for i in range(int(x)))


def log_factorial(x):
    return math.fsum(math.log(i) for i in range(2, int(x) + 1))


class Hypergeometric:
    """x1 given x1 + x2, n1, n2: probability at log odds ratio theta."""

    def __init__(self, studies):
        self.terms = []
        for x1, n1, x2, n2 in studies:
            m = x1 + x2
            low, high = max(0, m - n2), min(m, n1)
            u = np.arange(low, high + 1)
            step = np.log(np.longdouble((n1 - u[:-1]) * (m - u[:-1]))) - np.log(
                np.longdouble((u[:-1] + 1) * (n2 - m + u[:-1] + 1)))
            logs = np.concatenate(([np.longdouble(0)], np.cumsum(step)))
            self.terms.append(((u - x1).astype(float), (logs - logs[x1 - low]).astype(float)))

    def __call__(self, theta):
        """(l, l', l'') for theta of shape (studies, nodes)."""
        found = np.empty((3,) + theta.shape)
        for i, (u, logs) in enumerate(self.terms):
            e = logs[:, None] + np.multiply.outer(u, theta[i])
            top = e.max(0)
            p = np.exp(e - top)
            s = p.sum(0)
            mean = (u[:, None] * p).sum(0) / s
            found[0, i] = -(np.log(s) + top)
            found[1, i] = -mean
            found[2, i] = -((u[:, None] - mean) ** 2 * p).sum(0) / s
        return found


class Binomial:
    """x of n with logit offset + theta."""

    def __init__(self, x, n, offset):
        self.x, self.n, self.offset = (np.array(v, float)[:, None] for v in (x, n, offset))
        self.constant = np.array([log_choose(b, a) for a, b in zip(x, n)])[:, None]

    def __call__(self, theta):
        eta = theta + self.offset
        p, q = special.expit(eta), special.expit(-eta)
        # log p and log q, each from the smaller of them.
        lp, lq = -np.logaddexp(0, -eta), -np.logaddexp(0, eta)
        return np.stack((self.constant + self.x * lp + (self.n - self.x) * lq,
                         self.x * q - (self.n - self.x) * p, -self.n * p * q))


class Poisson:
    """x events in years t at log rate theta."""

    def __init__(self, x, t):
        self.x, self.t = (np.array(v, float)[:, None] for v in (x, t))
        self.constant = np.array([a * math.log(b) - log_factorial(a) for a, b in zip(x, t)])[:, None]

    def __call__(self, theta):
        mean = self.t * np.exp(np.minimum(theta, 600))
        return np.stack((self.constant + self.x * theta - mean, self.x - mean, -mean))


def grid(log_density, k, start):
    """Nodes of shape (k, NODES) over the range of each log-concave density, and their step."""
    mode = start.copy()
    for _ in range(200):
        _, slope, curve = log_density(mode[:, None])
        step = np.clip(-(slope / curve)[:, 0], -3, 3)
        mode += step
        if np.max(np.abs(step)) < 1e-6:
            break
    top = log_density(mode[:, None])[0]
    ends = []
    for sign in (-1, 1):
        far = np.full(k, 1.0)
        while True:
            short = (log_density((mode + sign * far)[:, None])[0] > top - 46)[:, 0]
            if not short.any():
                break
            far[short] *= 1.5
        near = np.zeros(k)
        for _ in range(12):
            middle = (near + far) / 2
            inside = (log_density((mode + sign * middle)[:, None])[0] > top - 46)[:, 0]
            near, far = np.where(inside, middle, near), np.where(inside, far, middle)
        ends.append(mode + sign * far)
    step = (ends[1] - ends[0]) / (NODES - 1)
    return ends[0][:, None] + step[:, None] * np.arange(NODES), step


class OneEffect:
    """sum log int exp(l(b + tau u)) phi(u) du: value, gradient and Hessian in (b, tau)."""

    def __init__(self, model, k):
        self.model, self.k = model, k
        self.mode = np.zeros(k)

    def density(self, b, tau):
        def value(u):
            l, l1, l2 = self.model(b + tau * u)
            return l - u * u / 2, tau * l1 - u, tau * tau * l2 - 1
        return value

    def __call__(self, b, tau):
        if tau == 0:
            l, l1, l2 = self.model(np.full((self.k, 1), float(b)))
            return math.fsum(l[:, 0]), np.array([l1.sum(), 0]), np.array(
                [[l2.sum(), 0], [0, (l2 + l1 * l1).sum()]])
        u, h = grid(self.density(b, tau), self.k, self.mode)
        l, l1, l2 = self.model(b + tau * u)
        e = l - u * u / 2
        top = e.max(1)
        w = np.exp(e - top[:, None])
        s = w.sum(1)
        value = math.fsum(np.log(s * h / math.sqrt(2 * math.pi)) + top)
        w /= s[:, None]
        mean = lambda z: (w * z).sum(1)
        sb, st = mean(l1), mean(u * l1)
        hbb = (mean(l2 + l1 * l1) - sb * sb).sum()
        hbt = (mean(u * (l2 + l1 * l1)) - sb * st).sum()
        htt = (mean(u * u * (l2 + l1 * l1)) - st * st).sum()
        return value, np.array([math.fsum(sb), math.fsum(st)]), np.array([[hbb, hbt], [hbt, htt]])


class FixedIntercepts:
    """Two arms with study intercepts maximised out, the treatment coded 1/2 and -1/2."""

    def __init__(self, first, second, start):
        self.first, self.second, self.a = first, second, np.array(start, float)
        self.k = len(start)

    def arms(self, a, theta):
        """l and its derivatives by a, theta: (l, la, lt, laa, lat, ltt)."""
        l, f, ff = self.first(a + theta / 2)
        m, g, gg = self.second(a - theta / 2)
        return l + m, f + g, (f - g) / 2, ff + gg, (ff - gg) / 2, (ff + gg) / 4

    def at(self, a, b, tau):
        """Per study: log L, and its derivatives by (a, b, tau)."""
        if tau == 0:
            l, la, lt, laa, lat, ltt = (v[:, 0] for v in self.arms(
                a[:, None], np.full((self.k, 1), float(b))))
            zero = np.zeros(self.k)
            return l, np.stack((la, lt, zero)), np.array(
                [[laa, lat, zero], [lat, ltt, zero], [zero, zero, ltt + lt * lt]])
        def density(u):
            l, _, lt, _, _, ltt = self.arms(a[:, None], b + tau * u)
            return l - u * u / 2, tau * lt - u, tau * tau * ltt - 1
        u, h = grid(density, self.k, np.zeros(self.k))
        l, la, lt, laa, lat, ltt = self.arms(a[:, None], b + tau * u)
        e = l - u * u / 2
        top = e.max(1)
        w = np.exp(e - top[:, None])
        s = w.sum(1)
        value = np.log(s * h / math.sqrt(2 * math.pi)) + top
        w /= s[:, None]
        score = (la, lt, u * lt)
        second = ((laa, lat, u * lat), (lat, ltt, u * ltt), (u * lat, u * ltt, u * u * ltt))
        g = np.array([(w * v).sum(1) for v in score])
        hess = np.array([[(w * (second[i][j] + score[i] * score[j])).sum(1) - g[i] * g[j]
                          for j in range(3)] for i in range(3)])
        return value, g, hess

    def __call__(self, b, tau):
        """The profile over the intercepts; its Hessian is the Schur complement."""
        a, worst = self.a.copy(), np.inf
        for _ in range(100):
            value, g, hess = self.at(a, b, tau)
            step = np.clip(-g[0] / hess[0, 0], -2, 2)
            now = np.max(np.abs(step))
            if now < 1e-11 or now >= worst < 1e-8:
                break
            worst = now
            a += step
        self.a = a
        inverse = 1 / hess[0, 0]
        schur = np.array([[(hess[i, j] - hess[0, i] * hess[0, j] * inverse).sum() for j in (1, 2)]
                          for i in (1, 2)])
        return math.fsum(value), np.array([math.fsum(g[1]), math.fsum(g[2])]), schur


def newton(f, b, tau, free=(0, 1)):
    """The maximum of f over the free ones of (b, tau), with halved steps."""
    x = np.array([b, tau], float)
    free = list(free)
    value, g, h = f(*x)
    for _ in range(200):
        part, slope = h[np.ix_(free, free)], g[free]
        lowest = np.linalg.eigvalsh(-part).min()
        if lowest <= 0:
            part = part - (1e-3 - lowest) * 1.5 * np.eye(len(free))
        step = np.linalg.solve(part, -slope)
        step *= min(1, 1.5 / max(1e-300, np.max(np.abs(step))))
        size = 1.0
        while size > 1e-6:
            trial = x.copy()
            trial[free] += size * step
            found = f(*trial)
            if found[0] >= value - 1e-12 * abs(value) - 1e-13:
                break
            size /= 2
        done = np.max(np.abs(step)) < 1e-12 * max(1, np.max(np.abs(x)))
        improved = found[0] - value
        x, (value, g, h) = trial, found
        if done or np.max(np.abs(step)) < 1e-9 and improved <= 0:
            break
    return x[0], abs(x[1]), value, h


def over_b(f, tau, start):
    """max over b at this tau: (b, value)."""
    b, _, value, _ = newton(f, start, tau, (0,))
    return b, value


def over_tau(f, b, start):
    """max over tau >= 0 at this b: (tau, value), from two starts and the boundary."""
    found = [(0.0, f(b, 0.0)[0])]
    for first in {start, 0.3, 1.5}:
        if first > 0:
            _, tau, value, _ = newton(f, b, first, (1,))
            found.append((tau, value))
    return max(found, key=lambda v: (v[1] if v[0] > 1e-6 else v[1] + 1e-10))


def fit(f, start=0.0):
    """(b, se, tau, log-likelihood, common b, se, log-likelihood) of the global maximum."""
    b0, _, value0, h0 = newton(f, start, 0.0, (0,))
    common = b0, math.sqrt(-1 / h0[0, 0]), value0
    best = b0, 0.0, value0, None
    for first in (0.1, 0.4, 1.0, 2.5):
        b, tau, value, h = newton(f, b0, first)
        if value > best[2] + 1e-9 and tau > 1e-5:
            best = b, tau, value, h
    if best[1] == 0:
        # At the boundary the slope in tau2, half the second derivative in tau, is not positive.
        assert h0[1, 1] < 1e-9, h0
        return (b0, common[1], 0.0, value0) + common
    return (best[0], math.sqrt(-np.linalg.inv(best[3])[0, 0]), best[1], best[2]) + common


def crossing(f, inside, outside):
    return optimize.brentq(f, inside, outside, xtol=1e-14, rtol=1e-13)


def effect_limits(f, b, se, tau, value, common=False):
    """Where twice the loss of the profile in b is the quantile; None where it never is."""
    found = []
    for sign in (-1, 1):
        loss = lambda x: 2 * (value - (f(x, 0.0)[0] if common else over_tau(f, x, tau)[1])) - CRITICAL
        far = 2.0 * se
        while far < 60 and loss(b + sign * far) < 0:
            far *= 1.4
        found.append(None if far >= 60 else crossing(loss, b, b + sign * far))
    return found


def tau2_limits(f, b, tau, value):
    state = [b]

    def loss(t):
        state[0], now = over_b(f, t, state[0])
        return 2 * (value - now) - CRITICAL
    lower = 0.0 if loss(0.0) <= 0 else crossing(loss, tau, 0.0) ** 2
    state[0] = b
    far = max(2 * tau, 0.25)
    while far < 200 and loss(far) < 0:
        far *= 1.4
    return lower, None if far >= 200 else crossing(loss, tau, far) ** 2
