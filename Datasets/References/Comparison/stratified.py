"""Writes stratified.csv: one common difference or ratio over strata, written x1/n1;x2/n2|...

With x1 of n1 in the treatment arm of a stratum, x2 of n2 in the reference arm, m = x1 + x2,
N = n1 + n2, person-years T in place of n for rates:

mantel-haenszel: differences with w = n1 n2 / N, variance sum w^2 (x1(n1-x1)/n1^3 + x2(n2-x2)/n2^3)
  / (sum w)^2 (Greenland and Robins 1985), for rates w = T1 T2 / T and x1/T1^2 + x2/T2^2. Risk ratio
  R/S, R = sum x1 n2/N, S = sum x2 n1/N, variance of the logarithm sum (n1 n2 m - x1 x2 N)/N^2 / RS;
  rate ratio the same with T and sum m T1 T2/T^2 / RS (Greenland and Robins 1985; Rothman). Odds
  ratio with Robins, Breslow and Greenland (1986).
mantel-haenszel-sato: the same risk difference d with variance (d sum P + sum Q) / (sum w)^2,
  P = (n1^2 x2 - n2^2 x1 + n1 n2 (n2 - n1)/2) / N^2, Q = (x1(n2-x2) + x2(n1-x1)) / 2N (Sato 1989).
inverse-variance: a stratum with a zero among its cells has 1/2 added to all of them, for a
  difference in the variance only; for ratios one without events, or with events only, is left out.
miettinen-nurminen: the theta with sum w S / sqrt(sum w^2 V) = -z, 0, z. A stratum without events is
  left out of ratios, one with events only out of the odds ratio: its risk ratio still has S and V.
  A stratum with V = 0 is left out where its weight is 1/V.
newcombe: Yan and Su (2010). summary-score: Agresti (2013).
conditional-exact, conditional-mid-p: the sum of x1 given the margins of every stratum, alpha / 2 in
  each tail; for rates x1 is binomial given m, with odds theta T1/T2.

Doll and Hill (1950) is oriented as the published numbers require: the arms are smokers and
non-smokers, the events cases, 647 of 647 + 622 against 2 of 2 + 27.
"""

from collections import Counter

from conditional import Sum
from scores import *
from two_arms import around, on_log_scale

PAIRS = [(1, 1, 0, 1)] * 15 + [(0, 1, 1, 1)] * 6 + [(0, 1, 0, 1)] * 25
RISKS = {
    "doll-hill": [(647, 1269, 2, 29), (41, 69, 19, 51)],
    "lidocaine": [(2, 39, 1, 43), (4, 44, 4, 44), (6, 107, 4, 110), (7, 103, 5, 100),
                  (7, 110, 3, 106), (11, 154, 4, 146)],
    "case-144": [(4, 10, 2, 20), (3, 10, 0, 10)],
    "double-zero": [(5, 50, 2, 48), (0, 30, 0, 28), (3, 40, 1, 45)],
    "all-events": [(5, 20, 3, 22), (12, 12, 10, 10), (8, 15, 4, 14)],
    "all-events-left-out": [(5, 20, 3, 22), (8, 15, 4, 14)],
    "rare": [(3, 10**6, 1, 10**6), (2, 500000, 2, 700000), (0, 400000, 1, 300000)],
    "sparse": [(1, 5, 0, 6), (0, 4, 1, 3), (2, 7, 0, 5), (0, 3, 0, 4), (1, 2, 1, 6), (3, 8, 1, 9)],
    "pairs": PAIRS,
    "one-stratum": [(7, 34, 1, 34)],
    "no-treatment-events": [(0, 10, 3, 12), (0, 20, 2, 18)],
    "no-events": [(0, 10, 0, 20), (0, 30, 0, 25)]}
RATE_STRATA = {
    "case-146": [(4, 10.0, 2, 20.0), (3, 10.0, 0, 10.0)],
    "three": [(15, 19017.0, 41, 28010.0), (60, 51477.5, 30, 54308.7), (5, 5600.0, 1, 2900.0)],
    "double-zero": [(5, 50.5, 2, 48.25), (0, 30.0, 0, 28.0), (3, 40.0, 1, 45.0)],
    "rare": [(3, 1e6, 1, 1e6), (2, 5e5, 2, 7e5), (0, 4e5, 1, 3e5)],
    "sparse": [(1, 5.0, 0, 6.0), (0, 4.0, 1, 3.0), (2, 7.0, 0, 5.0), (0, 3.0, 0, 4.0),
               (1, 2.0, 1, 6.0), (3, 8.0, 1, 9.0)],
    "one-stratum": [(5, 56.0, 1, 29.0)],
    "no-treatment-events": [(0, 10.0, 3, 12.0), (0, 20.0, 2, 18.0)],
    "no-events": [(0, 10.0, 0, 20.0), (0, 30.0, 0, 25.0)]}
ALL_LEVELS = {"lidocaine", "case-144", "case-146", "rare"}
WEIGHTS = ["mantel-haenszel", "inverse-variance", "miettinen-nurminen", "sample-size", "equal"]
HALF = mpf(1) / 2


def encoded(strata):
    return "|".join(f"{x1}/{n1!r};{x2}/{n2!r}" for x1, n1, x2, n2 in strata)


def exact(strata):
    return [tuple(v if isinstance(v, int) else mpf(v) for v in table) for table in strata]


def optimal(measure, tables, counts, moments, theta):
    """Miettinen and Nurminen's (1985) weights, R1 and R2 their means of the restricted risks."""
    if measure == "odds-ratio":
        return [n1 * n2 * ((1 - p1) * p2) ** 2 / (n1 * p1 * (1 - p1) + n2 * p2 * (1 - p2))
                for (_, n1, _, n2), (*_, p1, p2) in zip(tables, moments)]
    if measure == "rate-ratio":
        return [1 / (1 / n1 + theta / n2) for _, n1, _, n2 in tables]

    def weights(t):
        """Of the ratio exp(t) between the variances of an event in the two arms."""
        return [1 / (exp(t) / n1 + 1 / mpf(n2)) for _, n1, _, n2 in tables]

    def renewed(t):
        """The logarithm of that ratio at the means with these weights."""
        w = [c * u for c, u in zip(counts, weights(t))]
        r1 = total(u * m[4] for u, m in zip(w, moments)) / total(w)
        r2 = total(u * m[5] for u, m in zip(w, moments)) / total(w)
        a, b = {"risk-difference": (r1 * (1 - r1), r2 * (1 - r2)), "rate-difference": (r1, r2),
                "risk-ratio": (1 - r1, theta * (1 - r2))}[measure]
        return None if a <= 0 and b <= 0 else log(a / b) if a > 0 and b > 0 else \
            mpf(1000 if a > 0 else -1000)

    start = renewed(mpf(0))
    if start is None or abs(start) == 1000 or len(tables) == 1:
        return weights(start or mpf(0))
    far = mpf(1) / 16
    while not renewed(start - far) - start + far > 0 > renewed(start + far) - start - far:
        far *= 4
    return weights(sign_change(lambda t: renewed(t) - t, start - far, start + far))


def stratified_score(measure, weighting, counted, theta):
    """sum w S / sqrt(sum w^2 V), V with N / (N - 1); counted holds equal strata once."""
    tables = list(counted)
    moments = [parts(measure, table, theta) for table in tables]
    if weighting == "inverse-variance":
        kept = [i for i, m in enumerate(moments) if m[1] > 0]
        tables, moments = [tables[i] for i in kept], [moments[i] for i in kept]
        w = [1 / m[1] for m in moments]
    elif weighting == "mantel-haenszel":
        w = [mpf(n1) * n2 / (n1 + n2) for _, n1, _, n2 in tables]
    elif weighting == "sample-size":
        w = [mpf(n1 + n2) for _, n1, _, n2 in tables]
    elif weighting == "equal":
        w = [mpf(1)] * len(tables)
    else:
        w = optimal(measure, tables, [counted[t] for t in tables], moments, theta)
    top = total(counted[t] * u * m[0] for t, u, m in zip(tables, w, moments))
    variance = total(counted[t] * u**2 * m[1] * inflation(measure, t)
                     for t, u, m in zip(tables, w, moments))
    return mpf(0) if top == 0 else top / sqrt(variance)


def pooled_table(strata):
    return tuple(sum(column) for column in zip(*strata))


def miettinen_nurminen(measure, weighting):
    def limits(strata, z, tail):
        counted = Counter(t for t in strata if informative(measure, t))
        if not counted:
            return (None, *ends(measure))
        place = frame(measure, pooled_table(counted.elements()))
        at = lambda theta: stratified_score(measure, weighting, counted, theta)
        lower, upper = (outermost(lambda theta: z + side * at(theta), measure, *place, side)
                        for side in (-1, 1))
        return root_of(at, measure, counted, place), lower, upper
    return limits


def root_of(at, measure, counted, place):
    """The theta with score 0; an end of the parameter space where it only tends to 0."""
    single = [estimate(measure, table) for table in counted]
    if all(value == single[0] for value in single):
        return single[0]
    natural = exp if measure in LOG_SCALE else mpf
    points = walk(measure, *place, -1)[:0:-1] + walk(measure, *place, 1)
    for a, b in zip(points, points[1:]):
        if at(natural(a)) >= 0 > at(natural(b)):
            root = sign_change(lambda t: at(natural(t)), a, b)
            return mpf(0) if abs(root) < 1e-40 and measure not in LOG_SCALE else natural(root)
    raise ValueError((measure, counted))


def wald(measure, centre, error, z):
    if measure == "risk-difference":
        return (centre, *around(centre, z * error))
    return centre, centre - z * error, centre + z * error


def quotient(top, bottom):
    return top / bottom if bottom > 0 else inf if top > 0 else None


def mantel_haenszel(measure):
    def limits(strata, z, tail):
        n = lambda t: mpf(t[1] + t[3])
        if measure in LOG_SCALE and measure != "odds-ratio":
            r = total(x1 * n2 / n((x1, n1, x2, n2)) for x1, n1, x2, n2 in strata)
            s = total(x2 * n1 / n((x1, n1, x2, n2)) for x1, n1, x2, n2 in strata)
            if r == 0 or s == 0:
                return quotient(r, s), None, None
            both = 1 if measure == "risk-ratio" else 0
            v = total((n1 * n2 * (x1 + x2) - both * x1 * x2 * (n1 + n2)) / mpf(n1 + n2) ** 2
                      for x1, n1, x2, n2 in strata) / (r * s)
            return (r / s, *on_log_scale(r / s, v, z))
        if measure == "odds-ratio":
            return robins_breslow_greenland(strata, z)
        w = [n1 * n2 / mpf(n1 + n2) for _, n1, _, n2 in strata]
        d = total(u * (x1 / mpf(n1) - x2 / mpf(n2)) for u, (x1, n1, x2, n2) in zip(w, strata))
        if measure == "rate-difference":
            v = [x1 / n1**2 + x2 / n2**2 for x1, n1, x2, n2 in strata]
        else:
            v = [x1 * (n1 - x1) / mpf(n1) ** 3 + x2 * (n2 - x2) / mpf(n2) ** 3
                 for x1, n1, x2, n2 in strata]
        error = sqrt(total(u * u * q for u, q in zip(w, v))) / total(w)
        return wald(measure, d / total(w), error, z)
    return limits


def odds_parts(strata):
    """(R, S, P, Q) of each stratum."""
    return [(x1 * (n2 - x2) / mpf(n1 + n2), x2 * (n1 - x1) / mpf(n1 + n2),
             (x1 + n2 - x2) / mpf(n1 + n2), (x2 + n1 - x1) / mpf(n1 + n2))
            for x1, n1, x2, n2 in strata]


def robins_breslow_greenland(strata, z):
    cells = odds_parts(strata)
    r, s = total(c[0] for c in cells), total(c[1] for c in cells)
    if r == 0 or s == 0:
        return quotient(r, s), None, None
    v = (total(p * a for a, b, p, q in cells) / (2 * r * r)
         + total(p * b + q * a for a, b, p, q in cells) / (2 * r * s)
         + total(q * b for a, b, p, q in cells) / (2 * s * s))
    return (r / s, *on_log_scale(r / s, v, z))


def sato(strata, z, tail):
    centre = mantel_haenszel("risk-difference")(strata, z, tail)[0]
    whole = total(n1 * n2 / mpf(n1 + n2) for _, n1, _, n2 in strata)
    p = total((n1 * n1 * x2 - n2 * n2 * x1 + n1 * n2 * (n2 - n1) * HALF) / mpf(n1 + n2) ** 2
              for x1, n1, x2, n2 in strata)
    q = total((x1 * (n2 - x2) + x2 * (n1 - x1)) / (2 * mpf(n1 + n2)) for x1, n1, x2, n2 in strata)
    return wald("risk-difference", centre, sqrt(centre * p + q) / whole, z)


def effect(measure, table):
    """(effect, variance) of a stratum, on the logarithmic scale for ratios."""
    x1, n1, x2, n2 = (mpf(v) for v in table)
    cells = (x1, x2) if measure in RATES else (x1, n1 - x1, x2, n2 - x2)
    add, more = (HALF, mpf(1)) if 0 in cells else (mpf(0), mpf(0))
    y1, y2 = x1 + add, x2 + add
    if measure == "rate-difference":
        return x1 / n1 - x2 / n2, y1 / n1**2 + y2 / n2**2
    if measure == "rate-ratio":
        return log(y1 / n1 / (y2 / n2)), 1 / y1 + 1 / y2
    m1, m2 = n1 + more, n2 + more
    if measure == "risk-difference":
        return x1 / n1 - x2 / n2, y1 * (m1 - y1) / m1**3 + y2 * (m2 - y2) / m2**3
    if measure == "risk-ratio":
        return log(y1 / m1 / (y2 / m2)), 1 / y1 - 1 / m1 + 1 / y2 - 1 / m2
    return (log(y1 * (m2 - y2) / (y2 * (m1 - y1))),
            1 / y1 + 1 / (m1 - y1) + 1 / y2 + 1 / (m2 - y2))


def inverse_variance(measure):
    def limits(strata, z, tail):
        kept = [t for t in strata if measure not in LOG_SCALE or (
            t[0] + t[2] > 0 and not (measure not in RATES and t[0] + t[2] == t[1] + t[3]))]
        if not kept:
            return None
        effects = [effect(measure, table) for table in kept]
        whole = total(1 / v for _, v in effects)
        centre, error = total(y / v for y, v in effects) / whole, 1 / sqrt(whole)
        if measure in LOG_SCALE:
            return (exp(centre), *on_log_scale(exp(centre), error**2, z))
        return wald(measure, centre, error, z)
    return limits


def wilson_at(x, n, z):
    """The Wilson limits for any z."""
    centre, half = x + z * z / 2, z * sqrt(z * z / 4 + x * (1 - mpf(x) / n))
    return max(mpf(0), (centre - half) / (n + z * z)), min(mpf(1), (centre + half) / (n + z * z))


def newcombe(strata, z, tail):
    w = [n1 * n2 / mpf(n1 + n2) for _, n1, _, n2 in strata]
    w = [u / total(w) for u in w]
    arms = []
    for i in (0, 2):
        counts = [(t[i], t[i + 1]) for t in strata]
        v = [x * (n - x) / mpf(n) ** 3 for x, n in counts]
        spread = total(u * sqrt(q) for u, q in zip(w, v))
        reduced = z * (sqrt(total(u * u * q for u, q in zip(w, v))) / spread if spread > 0
                       else 1 / sqrt(mpf(len(strata))))
        each = [wilson_at(x, n, reduced) for x, n in counts]
        arms.append((total(u * x / n for u, (x, n) in zip(w, counts)),
                     total(u * e[0] for u, e in zip(w, each)),
                     total(u * e[1] for u, e in zip(w, each)),
                     total(u * u / n for u, (_, n) in zip(w, counts))))
    (p1, l1, u1, a1), (p2, l2, u2, a2) = arms
    lower = p1 - p2 - z * sqrt(a1 * l1 * (1 - l1) + a2 * u2 * (1 - u2))
    upper = p1 - p2 + z * sqrt(a2 * l2 * (1 - l2) + a1 * u1 * (1 - u1))
    return p1 - p2, max(mpf(-1), lower), min(mpf(1), upper)


def summary_score(strata, z, tail):
    interval = score_limits("risk-difference", True)
    found = {table: interval(table, z, tail) for table in set(strata)}
    middle = [(sum(found[t]) / 2, (2 * z / (found[t][1] - found[t][0])) ** 2) for t in strata]
    whole = total(u for _, u in middle)
    return wald("risk-difference", total(d * u for d, u in middle) / whole, 1 / sqrt(whole), z)


def conditional(measure, mid):
    return lambda strata, z, tail: Sum(measure, strata).limits(tail, mid)


def methods(measure):
    yield "mantel-haenszel", "", mantel_haenszel(measure)
    yield "inverse-variance", "", inverse_variance(measure)
    for weighting in WEIGHTS:
        yield "miettinen-nurminen", weighting, miettinen_nurminen(measure, weighting)
    if measure == "risk-difference":
        yield "mantel-haenszel-sato", "", sato
        yield "newcombe", "", newcombe
        yield "summary-score", "", summary_score
    if measure in ("odds-ratio", "rate-ratio"):
        yield "conditional-exact", "", conditional(measure, False)
        yield "conditional-mid-p", "", conditional(measure, True)


def main():
    with open(os.path.join(HERE, "stratified.csv"), "w") as file:
        file.write(f"# stratified.py, {VERSIONS}\n"
                   "measure,method,weights,strata,level,sides,estimate,lower,upper\n")
        for measure in RESTRICTED:
            for name, strata in (RATE_STRATA if measure in RATES else RISKS).items():
                for level in (0.8, 0.95, 0.9999) if name in ALL_LEVELS else (0.95,):
                    for side, tail in tails(level).items():
                        if side != "two" and (name not in ALL_LEVELS or level != 0.95):
                            continue
                        z = normal_quantile(tail)
                        for method, weighting, limits in methods(measure):
                            found = limits(exact(strata), z, tail) or (None, None, None)
                            file.write(f"{measure},{method},{weighting},{encoded(strata)},"
                                       f"{level!r},{side},{shown(found[0])},"
                                       f"{fields(side, found[1:])}\n")
                        file.flush()


if __name__ == "__main__":
    main()
