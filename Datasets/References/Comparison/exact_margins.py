"""Writes the reference tables of the exact methods that condition on the margins or the events."""

import os
import platform
import sys

import mpmath

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "Probability"))
from exact import *

mp.dps = 60
HEADER = f"# exact_margins.py, Python {platform.python_version()}, mpmath {mpmath.__version__}\n"
TIED = 1 + mpf(10) ** -7
TABLES = [(7, 34, 1, 34), (0, 62, 16, 258), (5, 56, 0, 29), (36, 154, 12, 77), (24, 61, 10, 35),
          (9, 11, 4, 12), (9, 10, 3, 10), (2, 17877, 10, 20000), (3, 10**6, 1, 10**6),
          (1, 10**7, 0, 10**7), (0, 10, 3, 12), (10, 10, 3, 12), (10, 10, 0, 12), (1, 1, 0, 1),
          (3, 7, 3, 7), (60, 3000, 30, 2500), (700, 3000, 600, 3000), (250, 4000, 180, 5000),
          (13, 13, 0, 7), (2, 30, 1, 30), (40, 78, 5, 17), (27, 57, 3, 3), (12, 500000, 3, 400000)]
RATES = [(60, 51477.5, 30, 54308.7), (5, 56.0, 0, 29.0), (0, 10.0, 3, 10.0), (15, 19017.0, 41, 28010.0),
         (1, 1e7, 0, 1e7), (3, 1e6, 1, 1e6), (400, 1000.0, 300, 1100.0), (2, 3.5, 9, 1.25)]
LEVELS = [0.8, 0.95, 0.999]


class Fixed:
    """The weights of all tables with the margins of x1/n1 and x2/n2, at odds ratio 1."""

    def __init__(self, x1, n1, x2, n2):
        m = x1 + x2
        self.low, self.high, self.x = max(0, m - n2), min(n1, m), x1
        self.log_w = {u: log_choose(n1, u) + log_choose(n2, m - u)
                      for u in range(self.low, self.high + 1)}

    def law(self, psi):
        logs = {u: w + u * log(psi) for u, w in self.log_w.items()}
        top = max(logs.values())
        values = {u: exp(v - top) for u, v in logs.items()}
        total = sum(values.values())
        return {u: v / total for u, v in values.items()}


def bisect(holds, low, high, digits=40):
    """The log odds ratio where `holds` turns from false (at low) to true (at high)."""
    low, high = mpf(low), mpf(high)
    while high - low > mpf(10) ** -digits:
        middle = (low + high) / 2
        if holds(middle):
            high = middle
        else:
            low = middle
    return (low + high) / 2


def root(f, low, high):
    """A root by the secant method in brackets (Illinois)."""
    a, b = mpf(low), mpf(high)
    fa, fb = f(a), f(b)
    if fa == 0 or fb == 0:
        return a if fa == 0 else b
    assert fa * fb < 0, (low, high, fa, fb)
    for _ in range(300):
        c = b - fb * (b - a) / (fb - fa)
        fc = f(c)
        if fc == 0 or abs(c - b) < mpf(10) ** -35:
            return c
        if fc * fb < 0:
            a, fa = b, fb
        else:
            fa /= 2
        b, fb = c, fc
    raise ValueError((low, high))


def bracket(f, start):
    low = high = mpf(start)
    step = mpf(1) / 2
    while f(low) > 0:
        low -= step
        step *= 2
    step = mpf(1) / 2
    while f(high) < 0:
        high += step
        step *= 2
    return low, high


def upper_tail(t, psi, mid):
    law = t.law(psi)
    return sum(p for u, p in law.items() if u >= t.x) - (law[t.x] / 2 if mid else 0)


def lower_tail(t, psi, mid):
    law = t.law(psi)
    return sum(p for u, p in law.items() if u <= t.x) - (law[t.x] / 2 if mid else 0)


def conditional(t, tail, mid):
    lower, upper = mpf(0), mpf("inf")
    if t.x > t.low:
        f = lambda s: log(upper_tail(t, exp(s), mid) / tail)
        lower = exp(root(f, *bracket(f, 0)))
    if t.x < t.high:
        f = lambda s: log(tail / lower_tail(t, exp(s), mid))
        upper = exp(root(f, *bracket(f, 0)))
    return lower, upper


def cmle(t):
    if t.x == t.low:
        return mpf(0)
    if t.x == t.high:
        return mpf("inf")
    f = lambda s: sum(u * p for u, p in t.law(exp(s)).items()) - t.x
    return exp(root(f, *bracket(f, 0)))


def two_sided(law, x, mid):
    own = law[x]
    if not mid:
        return sum(p for p in law.values() if p <= own * TIED)
    return sum(p for p in law.values() if p * TIED < own) + sum(
        p for p in law.values() if own <= p * TIED and p <= own * TIED) / 2


def acceptability(t, s, mid):
    return two_sided(t.law(exp(s)), t.x, mid)


def baptista_pike_side(t, alpha, mid, up):
    """(limit, whether there are gaps) beyond the centre, on one side; in log psi.

    Between two places where an outcome passes into or out of the tie with the observed one, the
    probability rejected rises and then falls: all changes are at such places, where the
    acceptability at an end of a piece crosses alpha, or inside a piece at its single minimum.
    """
    x = t.x
    others = range(x + 1, t.high + 1) if up else range(x - 1, t.low - 1, -1)
    if not others:
        return (mpf("inf") if up else mpf("-inf")), False
    jumps = []
    for u in others:
        d = (t.log_w[x] - t.log_w[u])
        for factor in ([-log(TIED), log(TIED)] if mid else [log(TIED)]):
            jumps.append((d + factor) / (u - x))
    jumps.sort(reverse=not up)
    centre = jumps[0] - 1 if up else jumps[0] + 1
    sign = 1 if up else -1
    tiny = mpf(10) ** -45
    places = jumps + [jumps[-1] + sign * mpf(200)]
    limit, rejected, gap = jumps[0], False, False
    for a, b in zip(places, places[1:]):
        left, right = a + sign * tiny, b - sign * tiny
        f = lambda s: acceptability(t, s, mid) - alpha
        fl, fr = f(left), f(right)
        if fl > 0:
            gap = gap or rejected
            if fr > 0:
                limit = b
                # a minimum inside
                lo, hi = left, right
                g = (sqrt(mpf(5)) - 1) / 2
                if b != places[-1] and hi != lo and min(fl, fr) < alpha:
                    for _ in range(60):
                        c, d = hi - g * (hi - lo), lo + g * (hi - lo)
                        if f(c) < f(d):
                            hi = d
                        else:
                            lo = c
                    if f((lo + hi) / 2) <= 0:
                        gap = True
            else:
                limit = root(f, left, right)
                rejected = True
        else:
            rejected = True
            if fr > 0:
                gap = True
                limit = b
    return limit, gap


def baptista_pike(t, alpha, mid):
    lower, gap1 = baptista_pike_side(t, alpha, mid, False)
    upper, gap2 = baptista_pike_side(t, alpha, mid, True)
    return exp(lower) if lower > -10**9 else mpf(0), exp(upper) if upper < 10**9 else mpf("inf"), \
        gap1 or gap2


def blaker(law, x):
    def smaller(k):
        return min(sum(p for u, p in law.items() if u <= k),
                   sum(p for u, p in law.items() if u >= k))
    own = smaller(x)
    return sum(p for k, p in law.items() if smaller(k) <= own * TIED)


def central(law, x, mid):
    half = law[x] / 2 if mid else 0
    return min(mpf(1), 2 * (min(sum(p for u, p in law.items() if u <= x),
                                sum(p for u, p in law.items() if u >= x)) - half))


def shown(value):
    return mp.nstr(value, 18) if value != mpf("inf") else "inf"


def write_odds_ratio():
    with open("conditional-odds-ratio.csv", "w") as file:
        file.write(HEADER + "x1,n1,x2,n2,level,estimate,lower,upper,mid_lower,mid_upper,"
                   "bp_lower,bp_upper,bp_gaps,bp_mid_lower,bp_mid_upper,bp_mid_gaps\n")
        for table in TABLES:
            t = Fixed(*table)
            if t.low == t.high:
                continue
            for level in LEVELS:
                alpha = 1 - mpf(level)
                values = [cmle(t), *conditional(t, alpha / 2, False), *conditional(t, alpha / 2, True)]
                fields = [shown(v) for v in values]
                # Hundreds of events have thousands of pieces to search.
                for mid in (False, True):
                    if t.high - t.low < 100:
                        lower, upper, gaps = baptista_pike(t, alpha, mid)
                        fields += [shown(lower), shown(upper), "1" if gaps else "0"]
                    else:
                        fields += ["", "", ""]
                file.write(",".join(map(str, table)) + f",{level!r}," + ",".join(fields) + "\n")


def write_fisher():
    with open("fisher.csv", "w") as file:
        file.write(HEADER + "x1,n1,x2,n2,fisher,mid_p,central,central_mid_p,blaker\n")
        for table in TABLES:
            t = Fixed(*table)
            law, x = t.law(mpf(1)), t.x
            values = [two_sided(law, x, False), two_sided(law, x, True), central(law, x, False),
                      central(law, x, True), blaker(law, x)]
            file.write(",".join(map(str, table)) + "," + ",".join(map(shown, values)) + "\n")


def binomial(m, share):
    return {u: exp(log_choose(m, u)) * share**u * (1 - share) ** (m - u) for u in range(m + 1)}


def e_test(x1, t1, x2, t2):
    t1, t2 = mpf(t1), mpf(t2)
    rate = (x1 + x2) / (t1 + t2)

    def statistic(k1, k2):
        v = k1 / t1**2 + k2 / t2**2
        return abs(k1 / t1 - k2 / t2) / sqrt(v) if v > 0 else mpf(0)

    observed = statistic(x1, x2)

    def masses(mean):
        end = int(mean + 20 * sqrt(mean) + 60)
        return [exp(k * log(mean) - mean - loggamma(k + 1)) for k in range(end)]

    f1, f2 = masses(rate * t1), masses(rate * t2)
    return sum(a * b for k1, a in enumerate(f1) for k2, b in enumerate(f2)
               if statistic(k1, k2) * TIED >= observed)


def write_rates():
    with open("conditional-rate-ratio.csv", "w") as file:
        file.write(HEADER + "x1,t1,x2,t2,level,lower,upper,mid_lower,mid_upper,"
                   "conditional,central,central_mid_p,e_test\n")
        for x1, t1, x2, t2 in RATES:
            m = x1 + x2
            law = binomial(m, mpf(t1) / (mpf(t1) + mpf(t2)))
            tests = [two_sided(law, x1, False), central(law, x1, False), central(law, x1, True)]
            small = m < 100
            if small:
                mp.dps = 25
                tests.append(e_test(x1, t1, x2, t2))
                mp.dps = 60
            for level in LEVELS:
                tail = (1 - mpf(level)) / 2
                limits = []
                for mid in (False, True):
                    def part(s, up):
                        share = 1 / (1 + exp(-s))
                        rest = 1 / (1 + exp(s))
                        terms = [exp(log_choose(m, u) + u * log(share) + (m - u) * log(rest))
                                 for u in (range(x1, m + 1) if up else range(0, x1 + 1))]
                        own = terms[0] if up else terms[-1]
                        return sum(terms) - (own / 2 if mid else 0)
                    f = lambda s: log(part(s, True) / tail)
                    g = lambda s: log(tail / part(s, False))
                    scale = mpf(t2) / mpf(t1)
                    limits.append(exp(root(f, *bracket(f, 0))) * scale if x1 else mpf(0))
                    limits.append(exp(root(g, *bracket(g, 0))) * scale if x2 else mpf("inf"))
                file.write(f"{x1},{t1!r},{x2},{t2!r},{level!r},"
                           + ",".join(shown(v) for v in limits + tests)
                           + ("" if small else ",") + "\n")


if __name__ == "__main__":
    write_fisher()
    write_rates()
    write_odds_ratio()
