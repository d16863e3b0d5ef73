"""Writes two-arms.csv: the intervals of risk difference, risk ratio and odds ratio.

Limits are clipped to the parameter space. `none`: not estimable (a logarithm of zero, a variance
over n - 1 = 0); an empty field is the limit that a one-sided interval lacks.
"""

from scores import *

TABLES = [(7, 34, 1, 34), (5, 56, 0, 29), (0, 10, 0, 20), (0, 20, 0, 30), (10, 10, 0, 20),
          (10, 10, 20, 20), (0, 10, 20, 20), (3, 10, 0, 10), (9, 10, 3, 10), (56, 70, 48, 80),
          (84, 101, 89, 105), (36, 154, 12, 77), (24, 73, 53, 65), (29, 55, 11, 11),
          (7, 18, 1, 18), (6, 10, 6, 20), (8, 15, 4, 15), (1, 1, 0, 1), (0, 1, 1, 1), (1, 1, 1, 1),
          (2, 3, 3, 3), (200, 400, 210, 400), (15, 20000, 10, 20000), (500, 1000, 1, 10**6),
          (3, 10**6, 1, 10**6), (999999, 10**6, 999997, 10**6), (1, 10**7, 0, 10**7),
          (0, 10**7, 1, 10**7), (10**7, 10**7, 10**7 - 2, 10**7)]
ALL_LEVELS = [(7, 34, 1, 34), (5, 56, 0, 29), (0, 10, 0, 20), (10, 10, 0, 20), (36, 154, 12, 77),
              (8, 15, 4, 15), (1, 1, 0, 1), (3, 10**6, 1, 10**6)]


def risks(table):
    x1, n1, x2, n2 = table
    return mpf(x1) / n1, mpf(x2) / n2


def around(centre, half):
    return max(mpf(-1), centre - half), min(mpf(1), centre + half)


def wald(table, z, tail):
    (p1, p2), (_, n1, _, n2) = risks(table), table
    return around(p1 - p2, z * sqrt(p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2))


def wald_cc(table, z, tail):
    (p1, p2), (_, n1, _, n2) = risks(table), table
    half = z * sqrt(p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2) + (mpf(1) / n1 + mpf(1) / n2) / 2
    return around(p1 - p2, half)


def agresti_caffo(table, z, tail):
    x1, n1, x2, n2 = table
    return wald((x1 + 1, n1 + 2, x2 + 1, n2 + 2), z, tail)


def hauck_anderson(table, z, tail):
    (p1, p2), (_, n1, _, n2) = risks(table), table
    if min(n1, n2) == 1:
        return None
    error = sqrt(p1 * (1 - p1) / (n1 - 1) + p2 * (1 - p2) / (n2 - 1))
    return around(p1 - p2, mpf(1) / (2 * min(n1, n2)) + z * error)


def square_and_add(p1, limits1, p2, limits2):
    (l1, u1), (l2, u2) = limits1, limits2
    return (p1 - p2 - sqrt((p1 - l1) ** 2 + (u2 - p2) ** 2),
            p1 - p2 + sqrt((u1 - p1) ** 2 + (p2 - l2) ** 2))


def newcombe(one_arm):
    def limits(table, z, tail):
        (p1, p2), (x1, n1, x2, n2) = risks(table), table
        lower, upper = square_and_add(p1, one_arm(x1, n1, tail), p2, one_arm(x2, n2, tail))
        return max(mpf(-1), lower), min(mpf(1), upper)
    return limits


def mover_ratio(p1, limits1, p2, limits2):
    """Donner and Zou (2012), each limit in the form that does not divide by 2 p2 - u2."""
    (l1, u1), (l2, u2) = limits1, limits2
    product = p1 * p2
    root = sqrt(product**2 - l1 * u2 * (2 * p1 - l1) * (2 * p2 - u2))
    lower = l1 * (2 * p1 - l1) / (product + root) if l1 > 0 else mpf(0)
    root = sqrt(product**2 - u1 * l2 * (2 * p1 - u1) * (2 * p2 - l2))
    upper = (product + root) / (l2 * (2 * p2 - l2)) if l2 > 0 else inf
    return lower, upper


def mover_wilson(table, z, tail):
    (p1, p2), (x1, n1, x2, n2) = risks(table), table
    l1, u1 = wilson(x1, n1, tail)
    l2, u2 = wilson(x2, n2, tail)
    return mover_ratio(p1, (l1 if x1 else mpf(0), u1), p2, (l2 if x2 else mpf(0), u2))


def on_log_scale(ratio, variance, z):
    half = z * sqrt(max(mpf(0), variance))
    return ratio * exp(-half), ratio * exp(half)


def katz(table, z, tail, add=mpf(0)):
    x1, n1, x2, n2 = (v + add for v in table)
    if x1 == 0 or x2 == 0:
        return None
    return on_log_scale(x1 / n1 / (x2 / n2), (n1 - x1) / (x1 * n1) + (n2 - x2) / (x2 * n2), z)


def woolf(table, z, tail, add=mpf(0)):
    x1, n1, x2, n2 = table
    a, b, c, d = x1 + add, n1 - x1 + add, x2 + add, n2 - x2 + add
    if 0 in (a, b, c, d):
        return None
    return on_log_scale(a * d / (b * c), 1 / a + 1 / b + 1 / c + 1 / d, z)


HALF = mpf(1) / 2
METHODS = {
    "risk-difference": {
        "wald": wald, "wald-cc": wald_cc,
        "miettinen-nurminen": score_limits("risk-difference", True),
        "mee": score_limits("risk-difference", False),
        "newcombe": newcombe(wilson), "newcombe-cc": newcombe(wilson_cc),
        "agresti-caffo": agresti_caffo, "hauck-anderson": hauck_anderson,
        "scas": scas_limits("risk-difference"),
        "likelihood-ratio": likelihood_limits("risk-difference")},
    "risk-ratio": {
        "log": katz, "log-adjusted": lambda table, z, tail: katz(table, z, tail, HALF),
        "miettinen-nurminen": score_limits("risk-ratio", True),
        "koopman": score_limits("risk-ratio", False), "mover-wilson": mover_wilson,
        "scas": scas_limits("risk-ratio"), "likelihood-ratio": likelihood_limits("risk-ratio")},
    "odds-ratio": {
        "woolf": woolf, "gart": lambda table, z, tail: woolf(table, z, tail, HALF),
        "miettinen-nurminen": score_limits("odds-ratio", True),
        "score": score_limits("odds-ratio", False),
        "scas": scas_limits("odds-ratio"), "likelihood-ratio": likelihood_limits("odds-ratio")}}


def rows(tables, all_levels):
    for table in tables:
        for level in (0.8, 0.95, 0.99, 0.9999) if table in all_levels else (0.95,):
            for side, tail in tails(level).items():
                if side == "two" or (table in all_levels and level in (0.8, 0.95)):
                    yield table, level, side, tail


def main():
    with open(os.path.join(HERE, "two-arms.csv"), "w") as file:
        file.write(f"# two_arms.py, {VERSIONS}\n"
                   "measure,method,events1,total1,events2,total2,level,sides,lower,upper\n")
        for table, level, side, tail in rows(TABLES, ALL_LEVELS):
            z = normal_quantile(tail)
            for measure, methods in METHODS.items():
                for method, limits in methods.items():
                    file.write(f"{measure},{method},{','.join(map(str, table))},{level!r},{side},"
                               f"{fields(side, limits(table, z, tail))}\n")


if __name__ == "__main__":
    main()
