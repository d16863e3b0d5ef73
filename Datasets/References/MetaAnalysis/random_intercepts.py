"""Two arms with random study intercepts and effects: a two-dimensional trapezoidal rule.

alpha = a + sigma u1, theta = b + tau u2, independent standard normal u; parameters (a, b, sigma,
tau). The rule runs in coordinates standardised at the mode of each study.
"""

import math

import numpy as np

from glmm import CRITICAL, crossing

SIDE = 64
REACH = 1.3


class RandomIntercepts:
    def __init__(self, first, second, k):
        self.first, self.second, self.k = first, second, k

    def arms(self, a, b, sigma, tau, u1, u2):
        shape = u1.shape
        alpha = (a + sigma * u1).reshape(self.k, -1)
        theta = (b + tau * u2).reshape(self.k, -1)
        l, f, ff = self.first(alpha + theta / 2)
        m, g, gg = self.second(alpha - theta / 2)
        return [v.reshape(shape) for v in
                (l + m, f + g, (f - g) / 2, ff + gg, (ff - gg) / 2, (ff + gg) / 4)]

    def joint(self, x, u1, u2):
        """The log density and its gradient and Hessian in (u1, u2)."""
        a, b, sigma, tau = x
        l, la, lt, laa, lat, ltt = self.arms(a, b, sigma, tau, u1, u2)
        return (l - (u1 * u1 + u2 * u2) / 2, sigma * la - u1, tau * lt - u2,
                sigma * sigma * laa - 1, sigma * tau * lat, tau * tau * ltt - 1)

    def nodes(self, x):
        u1, u2 = np.zeros((2, self.k, 1))
        for _ in range(200):
            _, g1, g2, h11, h12, h22 = self.joint(x, u1, u2)
            det = h11 * h22 - h12 * h12
            s1, s2 = -(h22 * g1 - h12 * g2) / det, -(h11 * g2 - h12 * g1) / det
            scale = np.minimum(1, 2 / np.maximum(1e-300, np.hypot(s1, s2)))
            u1, u2 = u1 + scale * s1, u2 + scale * s2
            if np.max(np.hypot(s1, s2)) < 1e-6:
                break
        # The Cholesky factor of the inverse of minus the Hessian.
        c11, c12, c22 = -h22 / det, h12 / det, -h11 / det
        l11 = np.sqrt(c11)
        l21 = c12 / l11
        l22 = np.sqrt(c22 - l21 * l21)
        at = lambda z1, z2: (u1 + l11 * z1, u2 + l21 * z1 + l22 * z2)
        top = self.joint(x, u1, u2)[0]
        ends = []
        for d1, d2 in ((-1, 0), (1, 0), (0, -1), (0, 1)):
            far = np.full((self.k, 1), 9.6)
            while True:
                short = self.joint(x, *at(far * d1, far * d2))[0] > top - 46
                if not short.any():
                    break
                far[short] *= 1.15
            ends.append(REACH * far)
        z = np.linspace(0, 1, SIDE)
        z1 = -ends[0] + (ends[0] + ends[1]) * z
        z2 = -ends[2] + (ends[2] + ends[3]) * z
        area = ((ends[0] + ends[1]) * (ends[2] + ends[3]) * l11 * l22)[:, 0] / (SIDE - 1) ** 2
        z1, z2 = np.broadcast_arrays(z1[:, :, None], z2[:, None, :])
        z1, z2 = z1.reshape(self.k, -1), z2.reshape(self.k, -1)
        return *at(z1, z2), area

    def __call__(self, x):
        """Log-likelihood, gradient, Hessian in (a, b, sigma, tau)."""
        a, b, sigma, tau = x
        u1, u2, area = self.nodes(x)
        l, la, lt, laa, lat, ltt = self.arms(a, b, sigma, tau, u1, u2)
        e = l - (u1 * u1 + u2 * u2) / 2
        top = e.max(1)
        w = np.exp(e - top[:, None])
        s = w.sum(1)
        value = math.fsum(np.log(s * area / (2 * math.pi)) + top)
        w /= s[:, None]
        score = (la, lt, u1 * la, u2 * lt)
        times = (1.0, 1.0, u1, u2)
        second = ((laa, lat), (lat, ltt))
        g = np.array([(w * v).sum(1) for v in score])
        h = np.empty((4, 4))
        for i in range(4):
            for j in range(i + 1):
                inner = times[i] * times[j] * second[i % 2][j % 2] + score[i] * score[j]
                h[i, j] = h[j, i] = math.fsum((w * inner).sum(1) - g[i] * g[j])
        return value, np.array([math.fsum(v) for v in g]), h


def newton(f, x, free):
    x, free = np.array(x, float), list(free)
    value, g, h = f(x)
    for _ in range(100):
        part = h[np.ix_(free, free)]
        lowest = np.linalg.eigvalsh(-part).min()
        if lowest <= 0:
            part = part - (1e-3 - lowest) * 1.5 * np.eye(len(free))
        step = np.linalg.solve(part, -g[free])
        step *= min(1, 1 / np.max(np.abs(step)))
        size = 1.0
        while size > 1e-6:
            trial = x.copy()
            trial[free] += size * step
            found = f(trial)
            if found[0] >= value - 1e-12 * abs(value):
                break
            size /= 2
        improved = found[0] - value
        x, (value, g, h) = trial, found
        small = np.max(np.abs(step))
        if small < 1e-12 or small < 1e-9 and improved <= 0:
            break
    x[2:] = np.abs(x[2:])
    return x, value, h


def best(f, start, free, zero_too=True):
    """The maximum over the free ones; sigma and tau may also be 0."""
    found = []
    options = [list(free)]
    if zero_too and 3 in free:
        options.append([i for i in free if i != 3])
    for names in options:
        x = np.array(start, float)
        if 3 in free:
            x[3] = max(x[3], 0.3) if 3 in names else 0.0
        found.append(newton(f, x, names) + (names,))
    # A slope in tau2 that is negative at 0 leaves no inner maximum worth more than rounding.
    return max(found, key=lambda r: r[1] + (1e-10 if r[0][3] < 1e-5 else 0))


def fit(f, a, b):
    common = newton(f, (a, b, 0.7, 0.0), (0, 1, 2))
    full = best(f, common[0], (0, 1, 2, 3))
    return full, common


def error_of_b(h, names):
    names = list(names)
    return math.sqrt(-np.linalg.inv(h[np.ix_(names, names)])[names.index(1), names.index(1)])


def effect_limits(f, x, se, value, sides=(-1, 1), common=False):
    found = []
    for sign in sides:
        state = [np.array(x, float)]

        def loss(b):
            start = state[0].copy()
            start[1] = b
            r = newton(f, start, (0, 2)) if common else best(f, start, (0, 2, 3))
            state[0] = r[0]
            return 2 * (value - r[1]) - CRITICAL
        far = 2.0 * se
        while loss(x[1] + sign * far) < 0:
            far *= 1.3
        found.append(crossing(loss, x[1] + sign * far / 1.3 if far > 2 * se else x[1],
                              x[1] + sign * far))
    return found


def tau2_limits(f, x, value):
    state = [np.array(x, float)]

    def loss(tau):
        start = state[0].copy()
        start[3] = tau
        r = newton(f, start, (0, 1, 2))
        state[0] = r[0]
        return 2 * (value - r[1]) - CRITICAL
    lower = 0.0 if loss(0.0) <= 0 else crossing(loss, x[3], 0.0) ** 2
    state[0] = np.array(x, float)
    far = max(1.5 * x[3], 0.25)
    while loss(far) < 0:
        far *= 1.3
    return lower, crossing(loss, x[3], far) ** 2
