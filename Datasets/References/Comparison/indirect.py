"""Writes indirect.csv: the contrast of a treatment and its anchor against that of another trial.

The effect is g(a) - g(p) - (g(b) - g(q)), a against its anchor p and b against q, with g the risk
or rate, its logarithm or the logit; ratios are exponentiated. bucher (1997): the variances of the
four arms added; the statistic is z. profile: the likelihood-ratio statistic. For the largest
likelihood at a given effect the slope of every arm's log-likelihood in its g is the same Lagrange
multiplier, with the arm's sign; it runs from 0 outwards until twice the loss is z^2. A rate
without events has one slope only, -T, where the loss then grows by 2 T for every unit of effect.
"""

from scores import *

SIGNS = (1, -1, -1, 1)
RISKS = [(36, 154, 12, 77, 24, 73, 30, 65), (5, 56, 1, 29, 7, 34, 2, 34),
         (0, 20, 3, 22, 6, 30, 5, 31),
         (4, 20, 0, 22, 6, 30, 5, 31), (4, 20, 0, 22, 6, 30, 0, 31), (0, 20, 0, 22, 6, 30, 5, 31),
         (3, 10**6, 1, 10**6, 2, 500000, 4, 700000), (10, 10, 0, 20, 3, 15, 9, 14),
         (10, 10, 0, 20, 0, 15, 14, 14)]
RATE_ARMS = [(60, 51477.5, 30, 54308.7, 15, 19017.0, 41, 28010.0),
             (5, 56.0, 1, 29.0, 3, 10.0, 4, 12.5), (0, 56.0, 3, 29.0, 3, 10.0, 4, 12.5),
             (4, 20.0, 0, 22.0, 6, 30.0, 0, 31.0), (0, 20.0, 0, 22.0, 6, 30.0, 5, 31.0),
             (3, 1e6, 1, 1e6, 2, 5e5, 4, 7e5), (0, 100.0, 0, 90.0, 0, 80.0, 0, 70.0)]


def arms(table):
    return [(x, mpf(n)) for x, n in zip(table[::2], table[1::2])]


def transformed(measure, x, n):
    """(g, its variance) at the estimate; None without a logarithm."""
    if measure in LOG_SCALE and (x == 0 or measure == "odds-ratio" and x == n):
        return None
    p = x / n
    return {"risk-difference": (p, p * (1 - p) / n), "rate-difference": (p, p / n),
            "risk-ratio": (log(p), (1 - p) / x if x else 0),
            "rate-ratio": (log(p), 1 / mpf(x) if x else 0),
            "odds-ratio": (log(p / (1 - p)) if 0 < p < 1 else 0,
                           1 / mpf(x) + 1 / (n - x) if 0 < x < n else 0)}[measure]


def bucher(measure, table, z):
    values = [transformed(measure, x, n) for x, n in arms(table)]
    if None in values:
        return None
    effect = sum(s * g for s, (g, _) in zip(SIGNS, values))
    error = sqrt(sum(v for _, v in values))
    lower, upper = effect - z * error, effect + z * error
    if measure in LOG_SCALE:
        shown_effect, lower, upper = exp(effect), exp(lower), exp(upper)
    else:
        shown_effect = effect
    if measure == "risk-difference":
        lower, upper = max(mpf(-2), lower), min(mpf(2), upper)
    return (shown_effect, lower, upper) + (
        (effect / error, two_sided(effect / error)) if error > 0 else (None, None))


def at_slope(measure, x, n, m):
    """The risk or rate (p, q) of an arm where its log-likelihood has slope m in g."""
    if measure == "odds-ratio":
        return (x - m) / n, (n - x + m) / n
    if measure == "risk-ratio":
        return (x - m) / (n - m), (n - x) / (n - m)
    if measure == "rate-ratio":
        return (x - m) / n, None
    if measure == "rate-difference":
        return x / (n + m), None

    def root(x, m):
        """x (1 - p) - (n - x) p = m p (1 - p)."""
        b = n + m
        root = sqrt(b * b - 4 * m * x)
        return 2 * x / (b + root) if b > 0 else (b - root) / (2 * m)
    return root(x, m), root(n - x, -m)


def at_multiplier(measure, table, multiplier):
    """(effect, twice the loss of log-likelihood)."""
    effect = loss = mpf(0)
    for s, (x, n) in zip(SIGNS, arms(table)):
        p, q = at_slope(measure, x, n, s * multiplier)
        loss += times_log(x, x / n / p if x else None)
        if measure in RATES:
            loss += n * p - x
        else:
            loss += times_log(n - x, (n - x) / n / q if x < n else None)
        if measure not in LOG_SCALE:
            effect += s * p
        elif p > 0 and (q is None or q > 0 or measure == "risk-ratio"):
            effect += s * (log(p / q) if measure == "odds-ratio" else log(p))
        else:
            effect += s * (inf if p > 0 else -inf)
    return effect, 2 * loss


def reach(measure, table, side):
    """The largest multiplier in a direction of the effect; 0 where the effect is unbounded."""
    bounds = [inf]
    for s, (x, n) in zip(SIGNS, arms(table)):
        rises = s == side
        if measure in LOG_SCALE and not rises:
            bounds.append(mpf(x))
        if measure == "odds-ratio" and rises:
            bounds.append(n - x)
        if measure == "rate-difference" and rises:
            bounds.append(n)
    return min(bounds)


def multiplier_until(crossed, end):
    """The multiplier where an increasing function crosses 0; None if it does not before the end."""
    if end == inf:
        far = mpf(1)
        while crossed(far) <= 0:
            far *= 4
            if far > mpf(10) ** 40:
                return None
        return sign_change(crossed, mpf(0), far)
    gap = mpf(1) / 2
    while crossed(end * (1 - gap)) <= 0:
        gap /= 4
        if gap < mpf(10) ** -40:
            return None
    return sign_change(crossed, mpf(0), end * (1 - gap))


def profile(measure, table, z):
    limits, natural = [], exp if measure in LOG_SCALE else mpf
    unbounded = [measure in LOG_SCALE and reach(measure, table, side) == 0 for side in (-1, 1)]
    for side in (-1, 1):
        end = reach(measure, table, side)
        if measure in LOG_SCALE and end == 0:
            limits.append(inf if side > 0 else mpf(0))
            continue
        t = multiplier_until(lambda t: at_multiplier(measure, table, -side * t)[1] - z * z, end)
        if t is not None:
            effect = at_multiplier(measure, table, -side * t)[0]
        elif end == inf:
            effect = mpf(2 * side)
        else:
            effect, loss = at_multiplier(measure, table, -side * end * (1 - mpf(10) ** -60))
            effect += side * (z * z - loss) / (2 * end)
        limits.append(natural(effect))
    if all(unbounded):
        return None, limits[0], limits[1], mpf(0), mpf(1)
    statistic = at_null(measure, table, unbounded)
    if measure in LOG_SCALE and any(unbounded):
        return mpf(0) if unbounded[0] else inf, limits[0], limits[1], statistic, p_of(statistic)
    centre = at_multiplier(measure, table, mpf(0))[0]
    return natural(centre), limits[0], limits[1], statistic, p_of(statistic)


def p_of(statistic):
    return two_sided(sqrt(statistic))


def at_null(measure, table, unbounded):
    """The likelihood-ratio statistic of no effect."""
    if any(unbounded):
        side = 1 if unbounded[0] else -1
    else:
        centre = at_multiplier(measure, table, mpf(0))[0]
        if abs(centre) < mpf(10) ** -60:
            return mpf(0)
        side = 1 if centre < 0 else -1
    end = reach(measure, table, side)

    def crossed(t):
        """Cut where the effect is infinite, at the multiplier 0."""
        return max(mpf(-1000), side * at_multiplier(measure, table, -side * t)[0])
    t = multiplier_until(crossed, end)
    if t is not None:
        return at_multiplier(measure, table, -side * t)[1]
    effect, loss = at_multiplier(measure, table, -side * end * (1 - mpf(10) ** -60))
    return loss + 2 * end * abs(effect)


def main():
    with open(os.path.join(HERE, "indirect.csv"), "w") as file:
        file.write(f"# indirect.py, {VERSIONS}\n"
                   "measure,method,treatment_events,treatment_size,treatment_anchor_events,"
                   "treatment_anchor_size,reference_events,reference_size,reference_anchor_events,"
                   "reference_anchor_size,level,sides,estimate,lower,upper,statistic,p_value\n")
        for measure in RESTRICTED:
            for table in RATE_ARMS if measure in RATES else RISKS:
                for level in (0.8, 0.95, 0.9999):
                    for side, tail in tails(level).items():
                        if side != "two" and level != 0.95:
                            continue
                        z = normal_quantile(tail)
                        for method, limits in (("bucher", bucher), ("profile", profile)):
                            found = limits(measure, table, z) or (None,) * 5
                            file.write(f"{measure},{method},{','.join(map(repr, table))},{level!r},"
                                       f"{side},{shown(found[0])},{fields(side, found[1:3])},"
                                       f"{shown(found[3])},{shown(found[4])}\n")


if __name__ == "__main__":
    main()
