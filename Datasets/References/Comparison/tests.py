"""Writes tests.csv and null-tests.csv.

tests.csv: the tests of no difference. chi-square (E. Pearson 1947 with N - 1), Yates' correction
cut where it would turn the sign (max(0, |ad - bc| - N/2)), the likelihood ratio G^2, and the score
test of two rates. A table without information (no events, or only events) has statistic 0, p = 1.

null-tests.csv: the standardised statistic of an interval at a null value. `lower` is the test with
the alternative that the measure is greater (the null lies below the lower limit), `upper` that it
is smaller; p is the tail of the normal distribution. wald divides by the standard error at the
estimates, the others by the one at the null.
"""

from scores import *
from two_arms import TABLES
from two_rates import TABLES as RATE_TABLES
from two_rates import exact

TEST_TABLES = TABLES + [(500, 1000, 100, 1000), (900, 1000, 100, 1000), (0, 1, 0, 1),
                        (9, 11, 4, 12), (24, 61, 10, 35), (1, 10, 2, 21), (3, 7, 3, 7)]


def informative_table(table):
    x1, n1, x2, n2 = table
    return 0 < x1 + x2 < n1 + n2


def chi_square(table, correction=0):
    """With every cell's distance from its expectation written as |ad - bc| / N."""
    x1, n1, x2, n2 = table
    m, n = x1 + x2, n1 + n2
    distance = abs(mpf(x1) * (n2 - x2) - mpf(x2) * (n1 - x1)) - mpf(correction * n) / 2
    return n * max(mpf(0), distance) ** 2 / (mpf(n1) * n2 * m * (n - m))


def n_1_chi_square(table):
    n = table[1] + table[3]
    return chi_square(table) * (n - 1) / n


def likelihood_ratio(table):
    return 2 * (log_likelihood("risk-difference", table, None)
                - log_likelihood("risk-difference", table, mpf(0)))


TESTS = {"chi-square": chi_square, "chi-square-cc": lambda table: chi_square(table, 1),
         "n-1-chi-square": n_1_chi_square, "likelihood-ratio": likelihood_ratio}


def wald(measure, table, theta):
    """For the differences, where the parameter is the scale of the test."""
    x1, n1, x2, n2 = table
    p1, p2 = mpf(x1) / n1, mpf(x2) / n2
    if measure == "risk-difference":
        variance = p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2
    else:
        variance = p1 / n1 + p2 / n2
    return (p1 - p2 - theta) / sqrt(variance) if variance > 0 else None


def standard_scores(measure):
    """The statistic of each method at theta, z for the correction of skewness."""
    yield "miettinen-nurminen", lambda table, theta, z: score(measure, table, theta)
    if measure not in RATES:
        yield ({"risk-difference": "mee", "risk-ratio": "koopman", "odds-ratio": "score"}[measure],
               lambda table, theta, z: score(measure, table, theta, corrected=False))
    if measure not in LOG_SCALE:
        yield "wald", lambda table, theta, z: wald(measure, table, theta)


NULLS = [("risk-difference", (36, 154, 12, 77), -0.036),
         ("risk-difference", (36, 154, 12, 77), 0.0), ("risk-difference", (36, 154, 12, 77), 0.2),
         ("risk-difference", (56, 70, 48, 80), -0.1), ("risk-difference", (10, 10, 20, 20), -0.1),
         ("risk-difference", (0, 10, 0, 20), 0.1), ("risk-difference", (5, 56, 0, 29), 0.0),
         ("risk-difference", (3, 10**6, 1, 10**6), 0.00001),
         ("risk-difference", (999999, 10**6, 999997, 10**6), -0.00001),
         ("risk-difference", (500, 1000, 100, 1000), 0.0),
         ("risk-ratio", (36, 154, 12, 77), 0.9), ("risk-ratio", (36, 154, 12, 77), 1.0),
         ("risk-ratio", (5, 56, 0, 29), 1.25), ("risk-ratio", (0, 10, 0, 20), 2.0),
         ("risk-ratio", (10, 10, 20, 20), 0.8), ("risk-ratio", (3, 10**6, 1, 10**6), 10.0),
         ("odds-ratio", (36, 154, 12, 77), 0.9), ("odds-ratio", (36, 154, 12, 77), 1.0),
         ("odds-ratio", (5, 56, 0, 29), 1.25), ("odds-ratio", (10, 10, 20, 20), 0.8),
         ("odds-ratio", (3, 10**6, 1, 10**6), 10.0),
         ("rate-difference", (60, 51477.5, 30, 54308.7), 0.0),
         ("rate-difference", (60, 51477.5, 30, 54308.7), 0.0003),
         ("rate-difference", (0, 10.0, 3, 10.0), 0.1), ("rate-difference", (0, 10.0, 0, 30.0), 0.1),
         ("rate-difference", (1000, 3.7, 5, 1e5), 0.0),
         ("rate-ratio", (60, 51477.5, 30, 54308.7), 1.0),
         ("rate-ratio", (60, 51477.5, 30, 54308.7), 1.2), ("rate-ratio", (0, 10.0, 3, 10.0), 2.0),
         ("rate-ratio", (1, 1e7, 3, 2e7), 0.25)]


def write_tests():
    with open(os.path.join(HERE, "tests.csv"), "w") as file:
        file.write(f"# tests.py, {VERSIONS}\n"
                   "test,events1,size1,events2,size2,statistic,p_value\n")
        for table in TEST_TABLES:
            for name, statistic in TESTS.items():
                value = statistic(table) if informative_table(table) else mpf(0)
                file.write(f"{name},{','.join(map(str, table))},{shown(value)},"
                           f"{shown(two_sided(sqrt(value)))}\n")
        for table in RATE_TABLES:
            value = score("rate-ratio", exact(table), mpf(1)) if table[0] + table[2] else mpf(0)
            file.write(f"poisson-score,{','.join(map(repr, table))},{shown(value)},"
                       f"{shown(two_sided(value))}\n")


def write_null_tests():
    with open(os.path.join(HERE, "null-tests.csv"), "w") as file:
        file.write(f"# tests.py, {VERSIONS}\n"
                   "measure,method,events1,size1,events2,size2,null,sides,statistic,p_value\n")
        for measure, table, null in NULLS:
            counted = exact(table) if measure in RATES else table
            for method, statistic in standard_scores(measure):
                known = method == "wald" or informative(measure, counted)
                z = statistic(counted, mpf(null), None) if known else mpf(0)
                if z is None:
                    continue
                for side, p in (("two", two_sided(z)), ("lower", one_sided(z)),
                                ("upper", one_sided(-z))):
                    file.write(f"{measure},{method},{','.join(map(repr, table))},{null!r},{side},"
                               f"{shown(z)},{shown(p)}\n")


if __name__ == "__main__":
    write_tests()
    write_null_tests()
