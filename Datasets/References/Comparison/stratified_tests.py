"""Writes stratified-tests.csv and stratified-null-tests.csv.

Cochran-Mantel-Haenszel with N - 1 in the variance, the correction of 1/2 cut where it would turn
the sign. Breslow-Day: expected tables at the Mantel-Haenszel odds ratio, sum (x - E)^2 / V; Tarone
subtracts (sum (x - E))^2 / sum V. Strata without events, or with events only, are left out of all.
Woolf: sum w (log odds ratio - mean)^2, with 1/2 in all cells of all strata left when any is zero.
Zelen: the tables with the same sums, those no more probable than the observed (relative 1e-7)
added up. conditional-exact: twice the smaller tail; for the measure rate-ratio the binomials.
`none`: not estimable.

stratified-null-tests.csv: the stratified Miettinen-Nurminen score at a null value.
"""

from conditional import Sum, choose
from scores import *
from stratified import (HALF, RATE_STRATA, RISKS, WEIGHTS, Counter, encoded, exact, odds_parts,
                        quotient, stratified_score)


def chi_square_tail(statistic, df):
    return mpmath.gammainc(mpf(df) / 2, statistic / 2, regularized=True)


def moments(strata):
    """(sum (x1 - E), sum V) of the hypergeometric distributions."""
    distance = total(x1 - n1 * (x1 + x2) / mpf(n1 + n2) for x1, n1, x2, n2 in strata)
    variance = total(mpf(n1) * n2 * (x1 + x2) * (n1 + n2 - x1 - x2)
                     / (mpf(n1 + n2) ** 2 * (n1 + n2 - 1)) for x1, n1, x2, n2 in strata)
    return distance, variance


def cochran_mantel_haenszel(correction):
    def test(strata):
        distance, variance = moments(strata)
        statistic = max(mpf(0), abs(distance) - correction) ** 2 / variance
        return statistic, 1, two_sided(sqrt(statistic))
    return test


def breslow_day(tarone):
    def test(strata):
        cells = odds_parts(strata)
        common = quotient(total(c[0] for c in cells), total(c[1] for c in cells))
        if common in (0, inf) or len(strata) == 1:
            return None
        distances, variances = [], []
        for x1, n1, x2, n2 in strata:
            p1, q1, p2, q2 = odds_ratio(common, x1, n1, x2, n2)
            distances.append(x1 - n1 * p1)
            variances.append(1 / (1 / (n1 * p1 * q1) + 1 / (n2 * p2 * q2)))
        statistic = total(d * d / v for d, v in zip(distances, variances))
        if tarone:
            statistic -= total(distances) ** 2 / total(variances)
        return statistic, len(strata) - 1, chi_square_tail(statistic, len(strata) - 1)
    return test


def woolf(strata):
    if len(strata) == 1:
        return None
    cells = [(x1, n1 - x1, x2, n2 - x2) for x1, n1, x2, n2 in strata]
    add = HALF if any(0 in c for c in cells) else mpf(0)
    cells = [[v + add for v in c] for c in cells]
    effects = [(log(a * d / (b * c)), 1 / (1 / a + 1 / b + 1 / c + 1 / d)) for a, b, c, d in cells]
    mean = total(y * w for y, w in effects) / total(w for _, w in effects)
    statistic = total(w * (y - mean) ** 2 for y, w in effects)
    return statistic, len(strata) - 1, chi_square_tail(statistic, len(strata) - 1)


def zelen(strata):
    """All tables with the observed total of x1, equal products of binomials kept together."""
    states = {(0, 1): 1}
    observed = 1
    for x1, n1, x2, n2 in strata:
        m = x1 + x2
        more = [(u, choose(n1, u) * choose(n2, m - u))
                for u in range(max(0, m - n2), min(m, n1) + 1)]
        observed *= choose(n1, x1) * choose(n2, x2)
        renewed = Counter()
        for (t, weight), count in states.items():
            for u, w in more:
                renewed[t + u, weight * w] += count
        states = renewed
    t = sum(table[0] for table in strata)
    found = [(weight, count) for (u, weight), count in states.items() if u == t]
    as_likely = observed * (1 + mpf(10) ** -7)
    return None, None, (total(w * c for w, c in found if w <= as_likely)
                        / total(w * c for w, c in found))


def conditional(measure, mid):
    return lambda strata: (None, None, Sum(measure, strata).p_value(mid))


TESTS = {"cochran-mantel-haenszel": cochran_mantel_haenszel(mpf(0)),
         "cochran-mantel-haenszel-cc": cochran_mantel_haenszel(HALF),
         "breslow-day": breslow_day(False), "breslow-day-tarone": breslow_day(True),
         "woolf-homogeneity": woolf, "zelen": zelen,
         "conditional-exact": conditional("odds-ratio", False),
         "conditional-mid-p": conditional("odds-ratio", True)}
NULLS = {"risk-difference": (0.0, -0.05, 0.1), "risk-ratio": (1.0, 1.25), "odds-ratio": (1.0, 1.25),
         "rate-difference": (0.0, -0.05, 0.1), "rate-ratio": (1.0, 1.25)}


def write_tests():
    with open(os.path.join(HERE, "stratified-tests.csv"), "w") as file:
        file.write(f"# stratified_tests.py, {VERSIONS}\n"
                   "test,measure,strata,statistic,df,p_value\n")

        def write(name, measure, strata, found):
            statistic, df, p = found or ("none", "none", None)
            file.write(f"{name},{measure},{encoded(strata)},"
                       f"{statistic if statistic == 'none' else shown(statistic) if df else ''},"
                       f"{'' if df is None else df},{shown(p)}\n")

        for strata in RISKS.values():
            kept = [t for t in strata if 0 < t[0] + t[2] < t[1] + t[3]]
            for name, test in TESTS.items():
                if kept:
                    write(name, "odds-ratio", strata, test(kept))
        for strata in RATE_STRATA.values():
            for mid, name in ((False, "conditional-exact"), (True, "conditional-mid-p")):
                write(name, "rate-ratio", strata, conditional("rate-ratio", mid)(exact(strata)))


def write_null_tests():
    with open(os.path.join(HERE, "stratified-null-tests.csv"), "w") as file:
        file.write(f"# stratified_tests.py, {VERSIONS}\n"
                   "measure,weights,strata,null,sides,statistic,p_value\n")
        for measure, nulls in NULLS.items():
            for strata in (RATE_STRATA if measure in RATES else RISKS).values():
                counted = Counter(t for t in exact(strata) if informative(measure, t))
                if not counted:
                    continue
                for null in nulls:
                    for weighting in WEIGHTS:
                        z = stratified_score(measure, weighting, counted, mpf(null))
                        for side, p in (("two", two_sided(z)), ("lower", one_sided(z)),
                                        ("upper", one_sided(-z))):
                            file.write(f"{measure},{weighting},{encoded(strata)},{null!r},{side},"
                                       f"{shown(z)},{shown(p)}\n")


if __name__ == "__main__":
    write_tests()
    write_null_tests()
