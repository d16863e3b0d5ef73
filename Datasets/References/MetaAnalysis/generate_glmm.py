"""Writes glmm.csv: mixed models for rare events, by maximum likelihood.

Every fit is done twice, the second time with twice the nodes; the largest difference is printed.
A model whose likelihood grows without end has estimate inf or -inf and its one finite limit.
"""

import sys

import glmm
import random_intercepts
from beta_binomial import BetaBinomial
from glmm import *
from meta import VERSIONS, datasets, write

WORST = {}


def zeros(studies):
    return [0] * len(studies)


def two_arms(studies, kind):
    x1, n1, x2, n2 = zip(*studies)
    if kind == "rate":
        return Poisson(x1, n1), Poisson(x2, n2)
    return Binomial(x1, n1, zeros(studies)), Binomial(x2, n2, zeros(studies))


def informative(studies, kind):
    return [s for s in studies if s[0] + s[2] > 0 and (kind == "rate" or s[0] + s[2] < s[1] + s[3])]


def conditional_binomial(studies):
    x1, n1, x2, n2 = zip(*studies)
    return Binomial(x1, [a + b for a, b in zip(x1, x2)],
                    [math.log(a) - math.log(b) for a, b in zip(n1, n2)])


def fixed_intercepts(studies, kind):
    if kind == "rate":
        start = [math.log((x1 + x2) / (n1 + n2)) for x1, n1, x2, n2 in studies]
    else:
        start = [math.log((x1 + x2 + 0.5) / (n1 + n2 - x1 - x2 + 0.5)) for x1, n1, x2, n2 in studies]
    return FixedIntercepts(*two_arms(studies, kind), start)


def compare(key, first, second):
    for a, b in zip(first, second):
        WORST[key] = max(WORST.get(key, 0), abs(a - b) / max(1, abs(a)))


def one_dimensional(make, key, known=None):
    """Rows of a model with one random effect; known is the supremum of an unbounded likelihood."""
    f = make()
    if known is not None:
        sign, top = known
        far = [None, None]
        for i, profile in enumerate((lambda b: f(b, 0.0)[0], lambda b: over_tau(f, b, 0.5)[1])):
            loss = lambda b: 2 * (top - profile(sign * b)) - CRITICAL
            low = 3.0
            while loss(low) < 0:
                low -= 0.7
            high = low + 1
            while loss(high) > 0:
                high += 0.7
            far[i] = sign * crossing(loss, high, low)
        for effects_name, limit in zip(("common", "random"), far):
            yield effects_name, "estimate", "inf" if sign > 0 else "-inf"
            yield effects_name, "log_likelihood", top
            yield effects_name, "profile_lower" if sign > 0 else "profile_upper", limit
        return
    b, se, tau, value, b0, se0, value0 = first = fit(f)
    lower, upper = effect_limits(f, b, se, tau, value)
    lower0, upper0 = effect_limits(f, b0, se0, 0.0, value0, common=True)
    tau_lower, tau_upper = tau2_limits(f, b, tau, value)
    glmm.NODES *= 2
    compare(key, first, fit(make()))
    glmm.NODES //= 2
    for row in (("common", "estimate", b0), ("common", "standard_error", se0),
                ("common", "log_likelihood", value0), ("common", "profile_lower", lower0),
                ("common", "profile_upper", upper0), ("random", "estimate", b),
                ("random", "standard_error", se), ("random", "tau2", tau * tau),
                ("random", "log_likelihood", value), ("random", "profile_lower", lower),
                ("random", "profile_upper", upper), ("random", "tau2_profile_lower", tau_lower),
                ("random", "tau2_profile_upper", tau_upper)):
        if row[2] is not None:
            yield row


def cut(sigma):
    """The square, 0 where only rounding is left of it."""
    return sigma * sigma if sigma > 1e-6 else 0.0


def two_dimensional(studies, kind, key):
    f = random_intercepts.RandomIntercepts(*two_arms(studies, kind), len(studies))
    x, n = sum(s[0] + s[2] for s in studies), sum(s[1] + s[3] for s in studies)
    a = math.log(x / n) if kind == "rate" else math.log(x / (n - x))
    (best, value, h, names), (best0, value0, h0) = random_intercepts.fit(f, a, 0.0)
    at_zero = 3 not in names
    se0 = random_intercepts.error_of_b(h0, (0, 1, 2))
    se = se0 if at_zero else random_intercepts.error_of_b(h, (0, 1, 2, 3))
    lower, upper = random_intercepts.effect_limits(f, best, se, value)
    lower0, upper0 = random_intercepts.effect_limits(f, best0, se0, value0, common=True)
    tau_lower, tau_upper = random_intercepts.tau2_limits(f, best, value)
    random_intercepts.SIDE, random_intercepts.REACH = 96, 1.5
    again, again0 = random_intercepts.fit(f, a, 0.0)
    random_intercepts.SIDE, random_intercepts.REACH = 64, 1.3
    compare(key, [*best, value, *best0, value0], [*again[0], again[1], *again0[0], again0[1]])
    yield from (("common", "intercept", best0[0]), ("common", "estimate", best0[1]),
                ("common", "standard_error", se0), ("common", "sigma2", cut(best0[2])),
                ("common", "log_likelihood", value0), ("common", "profile_lower", lower0),
                ("common", "profile_upper", upper0),
                ("random", "intercept", best[0]), ("random", "estimate", best[1]),
                ("random", "standard_error", se), ("random", "sigma2", cut(best[2])),
                ("random", "tau2", best[3] ** 2), ("random", "log_likelihood", value),
                ("random", "profile_lower", lower), ("random", "profile_upper", upper),
                ("random", "tau2_profile_lower", tau_lower),
                ("random", "tau2_profile_upper", tau_upper))


def saturated(studies, kind):
    """The log-likelihood of arms that each have their own risk or rate."""
    total = []
    for x1, n1, x2, n2 in studies:
        for x, n in ((x1, n1), (x2, n2)):
            if kind == "rate":
                total.append((x * math.log(x) - x if x else 0) - log_factorial(x))
            elif 0 < x < n:
                total.append(log_choose(n, x) + x * math.log(x / n) + (n - x) * math.log1p(-x / n))
    return math.fsum(total)


def separated(studies, kind):
    """1 or -1 where every informative study has its events at the end of their range."""
    ends = set()
    for x1, n1, x2, n2 in studies:
        m = x1 + x2
        low, high = (0, m) if kind == "rate" else (max(0, m - n2), min(m, n1))
        ends.add(1 if x1 == high else -1 if x1 == low else 0)
    return ends.pop() if len(ends) == 1 and 0 not in ends else 0


def models(name, studies, kind):
    measure = "rate-ratio" if kind == "rate" else "odds-ratio"
    used = informative(studies, kind)
    if not used:
        return
    sign = separated(used, kind)
    exact = (lambda: OneEffect(conditional_binomial(used), len(used))) if kind == "rate" else (
        lambda: OneEffect(Hypergeometric(used), len(used)))
    makes = {"glmm-conditional-exact": exact}
    if kind == "risk":
        makes["glmm-conditional-approximate"] = lambda: OneEffect(
            conditional_binomial(used), len(used))
    makes["glmm-unconditional-fixed"] = lambda: fixed_intercepts(used, kind)
    for model, make in makes.items():
        known = None
        if sign:
            one_sided = all(s[2 if sign > 0 else 0] == 0 for s in used)
            if model == "glmm-conditional-approximate" and not one_sided:
                continue
            top = saturated(used, kind) if model == "glmm-unconditional-fixed" else 0.0
            known = sign, top
        for row in one_dimensional(make, model, known):
            yield name, measure, model, *row
    if not sign:
        for row in two_dimensional(used, kind, "glmm-unconditional-random"):
            yield name, measure, "glmm-unconditional-random/informative", *row
        if len(used) < len(studies):
            for row in two_dimensional(studies, kind, "glmm-unconditional-random"):
                yield name, measure, "glmm-unconditional-random/all", *row
    if kind == "risk":
        for which, part in (("informative", used), ("all", studies)):
            if which == "informative" or len(used) < len(studies):
                for row in BetaBinomial(part).rows(sign):
                    yield name, measure, f"beta-binomial/{which}", *row


def one_arm(name, studies, kind):
    """The binomial-normal model of logits, the Poisson-normal model of log rates."""
    for arm, at in (("treatment", 0), ("reference", 2)):
        x, n = [s[at] for s in studies], [s[at + 1] for s in studies]
        if sum(x) == 0:
            continue
        model = Poisson(x, n) if kind == "rate" else Binomial(x, n, zeros(studies))
        if kind == "risk" and sum(x) == sum(n):
            continue
        measure = "rate-log" if kind == "rate" else "proportion-logit"
        make = lambda: OneEffect(model, len(studies))
        for row in one_dimensional(make, measure):
            yield name, measure, f"glmm/{arm}", *row


ORDER = ("nielweise2007", "bcg", "tpora8", "metafor45", "nissen2007_mi", "nissen2007_cvdeath",
         "collins1985a_b", "hine1989", "yusuf1985_t6", "lee2004", "clasp", "collins1985b_pre",
         "egger2001", "rare12", "rare30", "heterogeneous30", "equal", "two", "no_treatment_events",
         "all_events", "linde2005", "li2007")


def lines():
    for kind, order in (("rate", ("nielweise2008", "person_time8", "rate_no_reference_events")),
                        ("risk", ORDER)):
        found = datasets(kind)
        for name in order:
            print(name, file=sys.stderr, flush=True)
            yield from models(name, found[name], kind)
            yield from one_arm(name, found[name], kind)
    for key, value in WORST.items():
        print(key, value, file=sys.stderr)


write("glmm.csv",
      f"generate_glmm.py, {VERSIONS}, double precision; log scale; log-likelihoods of the counts with all constants, conditional models given the total, the noncentral hypergeometric probability for glmm-conditional-exact; informative: without studies that have no events or only events; limits at 0.95 by profile likelihood; tau2 = 0 has the standard error of the common model",
      ("dataset", "measure", "model", "effects", "statistic", "value"), lines())
