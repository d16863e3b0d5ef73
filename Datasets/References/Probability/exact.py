"""Distribution functions to 50 digits, from series of positive terms and continued fractions."""

from mpmath import mp, mpf, exp, expm1, log, log1p, loggamma, sqrt, pi, erfc

mp.dps = 70
INTEGER_SCALE = mpf(2) ** 260


def beta_ratio(a, b, x, y=None):
    """(I(x; a, b), 1 - I), each with full relative accuracy; y = 1 - x."""
    a, b, x = mpf(a), mpf(b), mpf(x)
    y = 1 - x if y is None else y
    if x <= 0:
        return mpf(0), mpf(1)
    if y <= 0:
        return mpf(1), mpf(0)
    if x > a / (a + b):
        upper, lower = beta_ratio(b, a, y, x)
        return lower, upper
    slow = 140 * (a + 1) > 20000 * (a + 1 - (a + b) * x)
    if slow and (a + b) * y < 20000:
        # The other series converges at once, but 1 - upper needs 300 more digits.
        with mp.workdps(400):
            x = 1 - y
            upper = (exp(b * log(y) + a * log(x) - log(b) + loggamma(a + b) - loggamma(a)
                         - loggamma(b)) * scaled_series((a + b) * y, y, b + 1, 1300))
            return 1 - upper, upper
    prefix = exp(a * log(x) + b * log(y) - log(a) + loggamma(a + b) - loggamma(a) - loggamma(b))
    lower = prefix * scaled_series((a + b) * x, x, a + 1)
    return lower, 1 - lower


def beta_density(a, b, x, y=None):
    a, b, x = mpf(a), mpf(b), mpf(x)
    y = 1 - x if y is None else y
    return exp((a - 1) * log(x) + (b - 1) * log(y) + loggamma(a + b) - loggamma(a) - loggamma(b))


def gamma_ratio(a, x):
    """(P(a, x), Q(a, x)), each with full relative accuracy."""
    a, x = mpf(a), mpf(x)
    if x <= 0:
        return mpf(0), mpf(1)
    prefix = exp(a * log(x) - x - loggamma(a + 1))
    if x < a + 1:
        lower = prefix * scaled_series(x, mpf(0), a + 1)
        return lower, 1 - lower
    upper = prefix * a * legendre_fraction(a, x)
    return 1 - upper, upper


def gamma_density(a, x):
    a, x = mpf(a), mpf(x)
    return exp((a - 1) * log(x) - x - loggamma(a))


def scaled_series(up, slope, down, bits=200):
    """The rising series with ratios (up + k slope) / (down + k), in integers for speed."""
    u, s, d, one = (int(v * mpf(2) ** (bits + 60)) for v in (up, slope, down, mpf(1)))
    return rising_series(lambda k: u + k * s, lambda k: d + k * one, bits)


def rising_series(up, down, bits=200):
    """1 + r(0) + r(0) r(1) + ..., r(k) = up(k) / down(k) falling, to a relative 2^-bits."""
    one = 1 << (bits + 30)
    total = term = one
    k = 0
    while True:
        u, d = up(k), down(k)
        term = term * u // d
        total += term
        k += 1
        if term * d <= (d - u) * (total >> bits):
            return mpf(total) / one


def legendre_fraction(a, x):
    """Gamma(a, x) / (x^a e^-x) by Lentz's method."""
    tiny = mpf(10) ** -1000
    b = x + 1 - a
    c, d = 1 / tiny, 1 / b
    h, i = d, 0
    while True:
        i += 1
        an = -i * (i - a)
        b += 2
        d = 1 / (an * d + b)
        c = b + an / c
        h *= d * c
        if abs(d * c - 1) < mpf(10) ** -60:
            return h


def log_choose(n, k):
    return loggamma(mpf(n) + 1) - loggamma(mpf(k) + 1) - loggamma(mpf(n) - k + 1)


class Table:
    """Fisher's noncentral hypergeometric distribution; the odds ratio 1 gives the central one."""

    def __init__(self, n1, n2, m, psi):
        self.n1, self.n2, self.m, self.psi = n1, n2, m, mpf(psi)
        self.low, self.high = max(0, m - n2), min(n1, m)
        if psi == 1:
            self.log_total = log_choose(n1 + n2, m)
        else:
            mode = self.mode()
            self.log_total = self.log_weight(mode) + log(self.down(mode) + self.up(mode) - 1)

    def log_weight(self, u):
        return log_choose(self.n1, u) + log_choose(self.n2, self.m - u) + u * log(self.psi)

    def mode(self):
        low, high = self.low, self.high
        while low < high:
            u = (low + high + 1) // 2
            if u * (self.n2 - self.m + u) <= self.psi * (self.n1 + 1 - u) * (self.m + 1 - u):
                low = u
            else:
                high = u - 1
        return low

    def up(self, u):
        """The sum of the weights from u upwards over the weight at u, u >= mode."""
        scaled = int(self.psi * INTEGER_SCALE)
        one = int(INTEGER_SCALE)
        return rising_series(
            lambda k: scaled * (self.n1 - u - k) * (self.m - u - k),
            lambda k: one * (u + k + 1) * (self.n2 - self.m + u + k + 1))

    def down(self, u):
        scaled = int(INTEGER_SCALE / self.psi)
        one = int(INTEGER_SCALE)
        return rising_series(
            lambda k: scaled * (u - k) * (self.n2 - self.m + u - k),
            lambda k: one * (self.n1 - u + k + 1) * (self.m - u + k + 1))

    def density(self, u):
        return exp(self.log_weight(u) - self.log_total)

    def tails(self, u):
        """(P(X <= u), P(X >= u))."""
        density = self.density(u)
        if u <= self.mode():
            lower = density * self.down(u)
            return lower, 1 - lower + density
        upper = density * self.up(u)
        return 1 - upper + density, upper
