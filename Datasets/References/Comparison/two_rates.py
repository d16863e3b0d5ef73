"""Writes two-rates.csv: the intervals of rate difference and rate ratio.

`none`: not estimable; an empty field is the limit that a one-sided interval lacks.
"""

from scores import *
from two_arms import mover_ratio, on_log_scale, square_and_add

TABLES = [(15, 19017.0, 41, 28010.0), (60, 51477.5, 30, 54308.7), (5, 56.0, 0, 29.0),
          (0, 10.0, 3, 10.0), (3, 10.0, 0, 10.0), (0, 10.0, 0, 30.0), (1, 0.5, 1, 0.25),
          (1, 1e7, 3, 2e7), (0, 1e7, 1, 1e7), (1000, 3.7, 5, 1e5), (200, 400.0, 210, 400.0),
          (12345, 7.7, 12000, 7.9)]
ALL_LEVELS = [(15, 19017.0, 41, 28010.0), (5, 56.0, 0, 29.0), (0, 10.0, 3, 10.0),
              (0, 10.0, 0, 30.0), (1, 1e7, 3, 2e7)]


def jeffreys_rate(x, time, tail):
    """The limits of one rate; 0 below no events."""
    lower, upper = rate_jeffreys(x, tail)
    return (lower / time if x else mpf(0)), upper / time


def wald(table, z, tail):
    x1, t1, x2, t2 = table
    half = z * sqrt(x1 / t1**2 + x2 / t2**2)
    return x1 / t1 - x2 / t2 - half, x1 / t1 - x2 / t2 + half


def wald_log(table, z, tail):
    x1, t1, x2, t2 = table
    if x1 == 0 or x2 == 0:
        return None
    return on_log_scale(x1 / t1 / (x2 / t2), mpf(1) / x1 + mpf(1) / x2, z)


def mover(combined):
    def limits(table, z, tail):
        x1, t1, x2, t2 = table
        return combined(x1 / t1, jeffreys_rate(x1, t1, tail), x2 / t2, jeffreys_rate(x2, t2, tail))
    return limits


METHODS = {
    "rate-difference": {
        "wald": wald, "miettinen-nurminen": score_limits("rate-difference", False),
        "mover": mover(square_and_add), "scas": scas_limits("rate-difference")},
    "rate-ratio": {
        "wald-log": wald_log, "miettinen-nurminen": score_limits("rate-ratio", False),
        "mover": mover(mover_ratio), "scas": scas_limits("rate-ratio")}}


def exact(table):
    """The person-years as they are in binary."""
    return table[0], mpf(table[1]), table[2], mpf(table[3])


def main():
    with open(os.path.join(HERE, "two-rates.csv"), "w") as file:
        file.write(f"# two_rates.py, {VERSIONS}\n"
                   "measure,method,events1,years1,events2,years2,level,sides,lower,upper\n")
        for table in TABLES:
            for level in (0.8, 0.95, 0.99, 0.9999) if table in ALL_LEVELS else (0.95,):
                for side, tail in tails(level).items():
                    if side != "two" and (table not in ALL_LEVELS or level > 0.95):
                        continue
                    z = normal_quantile(tail)
                    for measure, methods in METHODS.items():
                        for method, limits in methods.items():
                            file.write(f"{measure},{method},{','.join(map(repr, table))},"
                                       f"{level!r},{side},"
                                       f"{fields(side, limits(exact(table), z, tail))}\n")


if __name__ == "__main__":
    main()
