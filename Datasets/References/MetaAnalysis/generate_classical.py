"""Writes classical.csv: effect sizes, and pooled values by closed formulas.

Mantel-Haenszel: odds ratio with the variance of Robins, Breslow and Greenland (1986), risk ratio,
risk difference and rates with those of Greenland and Robins (1985), the risk difference also with
that of Sato (1989). Peto: Yusuf et al. (1985). SSW: Bakbergenuly et al. (2020). IVhet: Doi et al.
(2015).
"""

from normal import *

HALF = mpf(1) / 2
RISK_MEASURES = ("odds-ratio", "risk-ratio", "risk-difference", "arcsine-difference")
SETS = ("bcg", "tpora8", "nielweise2007", "collins1985a_b", "nissen2007_mi", "nissen2007_cvdeath",
        "metafor45", "yusuf1985_t6", "hine1989", "rare12", "rare30", "li2007", "egger2001", "one",
        "one_zero", "two", "three", "equal", "no_treatment_events", "all_events", "no_events")
POLICIES = ("none", "zero-studies", "zero-studies-too",
            "zero-studies-double-zero", "all", "all-if-any", "treatment-arm", "empirical-iv",
            "empirical-mh")


def additions(measure, studies, policy):
    """What is added to each cell of the two arms of every study, or None: not estimable."""
    zero = [has_zero(measure, s) for s in studies]
    if policy == "none":
        return [(mpf(0), mpf(0))] * len(studies)
    if policy == "all":
        return [(HALF, HALF)] * len(studies)
    if policy == "all-if-any":
        return [(HALF, HALF) if any(zero) else (mpf(0), mpf(0))] * len(studies)
    if policy.startswith("zero-studies"):
        return [(HALF, HALF) if z else (mpf(0), mpf(0)) for z in zero]
    if policy == "treatment-arm":
        return [(mpf(n1) / (n1 + n2), mpf(n2) / (n1 + n2)) if z else (mpf(0), mpf(0))
                for (_, n1, _, n2), z in zip(studies, zero)]
    whole = [s for s, z in zip(studies, zero) if not z]
    if not whole:
        return None
    if policy == "empirical-iv":
        s = Studies([effect("odds-ratio", t) for t in whole])
        omega = exp(s.mean(s.weights(0)))
    else:
        omega = exp(mantel_haenszel("odds-ratio", [tuple(map(mpf, t)) for t in whole])[0])
    found = []
    for (_, n1, _, n2), z in zip(studies, zero):
        r = mpf(n2) / n1
        found.append((omega / (r + omega), r / (r + omega)) if z else (mpf(0), mpf(0)))
    return found


def mantel_haenszel(measure, studies, sato=False):
    """(estimate, standard error), logs for ratios; None where not estimable."""
    def summed(f):
        return total(f(*s) for s in studies)
    if measure == "odds-ratio":
        r = [x1 * (n2 - x2) / (n1 + n2) for x1, n1, x2, n2 in studies]
        s = [(n1 - x1) * x2 / (n1 + n2) for x1, n1, x2, n2 in studies]
        p = [(x1 + n2 - x2) / (n1 + n2) for x1, n1, x2, n2 in studies]
        rr, ss = total(r), total(s)
        if rr == 0 or ss == 0:
            return None
        variance = (total(a * b for a, b in zip(p, r)) / (2 * rr**2)
                    + total(a * b + (1 - a) * c for a, b, c in zip(p, s, r)) / (2 * rr * ss)
                    + total((1 - a) * b for a, b in zip(p, s)) / (2 * ss**2))
        return log(rr / ss), sqrt(variance)
    if measure == "risk-ratio":
        r = summed(lambda x1, n1, x2, n2: x1 * n2 / (n1 + n2))
        s = summed(lambda x1, n1, x2, n2: x2 * n1 / (n1 + n2))
        if r == 0 or s == 0:
            return None
        v = summed(lambda x1, n1, x2, n2: (n1 * n2 * (x1 + x2) - x1 * x2 * (n1 + n2)) / (n1 + n2) ** 2)
        return log(r / s), sqrt(v / (r * s))
    if measure == "rate-ratio":
        r = summed(lambda x1, t1, x2, t2: x1 * t2 / (t1 + t2))
        s = summed(lambda x1, t1, x2, t2: x2 * t1 / (t1 + t2))
        if r == 0 or s == 0:
            return None
        v = summed(lambda x1, t1, x2, t2: (x1 + x2) * t1 * t2 / (t1 + t2) ** 2)
        return log(r / s), sqrt(v / (r * s))
    w = [n1 * n2 / (n1 + n2) for _, n1, _, n2 in studies]
    d = total(a * (x1 / n1 - x2 / n2) for a, (x1, n1, x2, n2) in zip(w, studies)) / total(w)
    if sato:
        p = [(n1**2 * x2 - n2**2 * x1 + n1 * n2 * (n2 - n1) / 2) / (n1 + n2) ** 2
             for x1, n1, x2, n2 in studies]
        q = [(x1 * (n2 - x2) + x2 * (n1 - x1)) / (n1 + n2) / 2 for x1, n1, x2, n2 in studies]
        return d, sqrt((d * total(p) + total(q)) / total(w) ** 2)
    if measure == "risk-difference":
        v = [x1 * (n1 - x1) / n1**3 + x2 * (n2 - x2) / n2**3 for x1, n1, x2, n2 in studies]
    else:
        v = [x1 / n1**2 + x2 / n2**2 for x1, n1, x2, n2 in studies]
    return d, sqrt(total(a * a * b for a, b in zip(w, v)) / total(w) ** 2)


def heterogeneity(pairs, mu):
    """Q around mu with inverse-variance weights."""
    return total((y - mu) ** 2 / v for y, v in pairs)


def peto(studies):
    """(y, v) of each study with events and non-events."""
    found = []
    for x1, n1, x2, n2 in (tuple(map(mpf, s)) for s in studies):
        m, n = x1 + x2, n1 + n2
        v = n1 * n2 * m * (n - m) / (n * n * (n - 1))
        if v > 0:
            found.append(((x1 - n1 * m / n) / v, 1 / v))
    return found


def normal_rows(estimate, error):
    z = normal_quantile(mpf("0.025"))
    yield "estimate", estimate
    yield "standard_error", error
    if error > 0:
        yield "lower", estimate - z * error
        yield "upper", estimate + z * error
        yield "p_value", 2 * normal_tail(abs(estimate / error))


def pooled(measure, studies, policy, kind):
    kept = [s for s in studies if measure not in RATIOS or policy.endswith("double-zero")
            or not without_information(measure, s)]
    added = additions(measure, kept, policy)
    if not kept or added is None:
        return
    if policy == "none" and (measure in RATIOS and any(
            has_zero(measure, s) for s in kept) or measure.endswith("difference") and any(
            effect(measure, s)[1] == 0 for s in kept)):
        return
    pairs = [effect(measure, s, *a, difference_too=policy == "zero-studies-too")
             for s, a in zip(kept, added)]
    for i, (y, v) in enumerate(pairs, 1):
        yield f"study/{i}", "y", y
        yield f"study/{i}", "v", v
    s = Studies(pairs)
    w = s.weights(0)
    for row in normal_rows(s.mean(w), 1 / sqrt(total(w))):
        yield "inverse-variance/common", *row
    yield "inverse-variance/common", "q", s.q()
    sizes = [mpf(n1) * n2 / (n1 + n2) for _, n1, _, n2 in kept]
    n = total(sizes)
    mu = s.mean(sizes)
    spread = lambda weights, tau2: sqrt(total(
        a * a * (v + tau2) for a, v in zip(weights, s.v))) / total(weights)
    if kind == "risk":
        for row in normal_rows(mu, spread(sizes, 0)):
            yield "ssw/common", *row
    if s.k > 1:
        t = max(mpf(0), s.moment(w))
        yield "inverse-variance/random/dl", "tau2", t
        for row in normal_rows(s.mean(s.weights(t)), 1 / sqrt(total(s.weights(t)))):
            yield "inverse-variance/random/dl", *row
        if kind == "risk":
            for row in normal_rows(mu, spread(sizes, t)):
                yield "ssw/random/dl", *row
        for row in normal_rows(s.mean(w), spread(w, t)):
            yield "ivhet/common", *row
        if policy in ("none", "zero-studies"):
            r = s.maximum(True)
            yield "inverse-variance/random/reml", "tau2", r
            if kind == "risk":
                for row in normal_rows(mu, spread(sizes, r)):
                    yield "ssw/random/reml", *row


def half_a_subject_less(studies):
    """Log risk ratios with (x + 1/2)/(n + 1/2) in studies with a zero (Pagano and Gauvreau)."""
    found = []
    for x1, n1, x2, n2 in studies:
        add = HALF if has_zero("risk-ratio", (x1, n1, x2, n2)) else mpf(0)
        a, m1, c, m2 = x1 + add, n1 + add, x2 + add, n2 + add
        found.append((log(a / m1) - log(c / m2), 1 / a - 1 / m1 + 1 / c - 1 / m2))
    return found


def with_additions(studies, added):
    return [(mpf(x1) + a, mpf(n1) + 2 * a, mpf(x2) + b, mpf(n2) + 2 * b)
            for (x1, n1, x2, n2), (a, b) in zip(studies, added)]


def lines():
    for name in SETS:
        studies = datasets()[name]
        for measure in RISK_MEASURES:
            for policy in POLICIES:
                if (policy.startswith("empirical") and measure != "odds-ratio"
                        or policy == "zero-studies-too" and measure != "risk-difference"
                        or policy == "zero-studies-double-zero" and measure not in RATIOS
                        or policy == "treatment-arm" and measure not in RATIOS
                        or policy != "none" and measure == "arcsine-difference"):
                    continue
                for row in pooled(measure, studies, policy, "risk"):
                    yield name, measure, policy, *row
        kept = [s for s in studies if not without_information("risk-ratio", s)]
        if kept:
            s = Studies(half_a_subject_less(kept))
            for row in normal_rows(s.mean(s.weights(0)), 1 / sqrt(total(s.weights(0)))):
                yield name, "risk-ratio", "half-a-subject-less", "inverse-variance/common", *row
        for measure in ("odds-ratio", "risk-ratio", "risk-difference"):
            for policy in ("none", "zero-studies", "all-if-any", "all"):
                kept = [s for s in studies if measure not in RATIOS
                        or not without_information(measure, s)]
                if not kept or policy != "none" and measure == "risk-difference":
                    continue
                used = with_additions(kept, additions(measure, kept, policy))
                for sato in (False, True) if measure == "risk-difference" else (False,):
                    found = mantel_haenszel(measure, used, sato)
                    if found:
                        method = "mantel-haenszel-sato/common" if sato else "mantel-haenszel/common"
                        for row in normal_rows(*found):
                            yield name, measure, policy, method, *row
                        q = heterogeneity(pooled_effects(measure, kept), found[0]) if all(
                            v > 0 for _, v in pooled_effects(measure, kept)) else None
                        if q is not None and policy == "none":
                            yield name, measure, policy, method, "q", q
                        if measure == "risk-difference":
                            part = [effect(measure, s, *a, difference_too=True) for s, a in zip(
                                kept, additions(measure, kept, "zero-studies"))
                                if s[0] + s[2] > 0]
                            yield name, measure, "zero-studies-too", method, "q", heterogeneity(
                                part, found[0])
        pairs = peto(studies)
        if pairs:
            s = Studies(pairs)
            w = s.weights(0)
            for row in normal_rows(s.mean(w), 1 / sqrt(total(w))):
                yield name, "odds-ratio", "none", "peto/common", *row
            yield name, "odds-ratio", "none", "peto/common", "q", s.q()
    for name, studies in datasets("rate").items():
        for measure in ("rate-ratio", "rate-difference"):
            for policy in ("none", "zero-studies", "all", "all-if-any"):
                for row in pooled(measure, studies, policy, "rate"):
                    yield name, measure, policy, *row
            kept = [s for s in studies if measure not in RATIOS or not without_information(measure, s)]
            found = mantel_haenszel(measure, [tuple(map(mpf, s)) for s in kept])
            if found:
                for row in normal_rows(*found):
                    yield name, measure, "none", "mantel-haenszel/common", *row
    yield from single_arms()


def single_arms():
    """One arm: logit, log, arcsine, Freeman-Tukey; 1/2 to events and non-events where one is 0."""
    for name in ("nielweise2007", "tpora8", "bcg", "nissen2007_cvdeath"):
        for at, arm in ((0, "treatment"), (2, "reference")):
            data = [(mpf(s[at]), mpf(s[at + 1])) for s in datasets()[name]]
            found = {"proportion-arcsine": [], "proportion-freeman-tukey": [], "proportion-log": [],
                     "proportion-logit": []}
            for x, n in data:
                add = HALF if x in (0, n) else 0
                a, b = x + add, n - x + add
                found["proportion-logit"].append((log(a / b), 1 / a + 1 / b))
                found["proportion-log"].append((log(a / (a + b)), 1 / a - 1 / (a + b)))
                found["proportion-arcsine"].append((asin(sqrt(x / n)), 1 / (4 * n)))
                found["proportion-freeman-tukey"].append(
                    ((asin(sqrt(x / (n + 1))) + asin(sqrt((x + 1) / (n + 1)))) / 2, 1 / (4 * n + 2)))
            harmonic = len(data) / total(1 / n for _, n in data)
            for measure, pairs in found.items():
                yield from single(name, measure, arm, pairs, harmonic)
    for name in ("nielweise2008", "person_time8"):
        for at, arm in ((0, "treatment"), (2, "reference")):
            data = [(mpf(s[at]), mpf(s[at + 1])) for s in datasets("rate")[name]]
            found = {"rate-log": [(log((x or HALF) / t), 1 / (x or HALF)) for x, t in data],
                     "rate-sqrt": [(sqrt(x / t), 1 / (4 * t)) for x, t in data],
                     "rate-freeman-tukey": [((sqrt(x / t) + sqrt((x + 1) / t)) / 2, 1 / (4 * t))
                                            for x, t in data]}
            for measure, pairs in found.items():
                yield from single(name, measure, arm, pairs, None)


def single(name, measure, arm, pairs, harmonic):
    key = name, measure, "zero-studies"
    for i, (y, v) in enumerate(pairs, 1):
        yield *key, f"{arm}/study/{i}", "y", y
        yield *key, f"{arm}/study/{i}", "v", v
    s = Studies(pairs)
    for effects_name, tau2 in (("common", mpf(0)), ("random/dl", max(mpf(0), s.moment(s.weights(0)))),
                               ("random/reml", s.maximum(True))):
        w = s.weights(tau2)
        mu = s.mean(w)
        method = f"{arm}/inverse-variance/{effects_name}"
        yield *key, method, "tau2", tau2
        for row in normal_rows(mu, 1 / sqrt(total(w))):
            yield *key, method, *row
        if measure == "proportion-freeman-tukey":
            # Miller (1978), with t twice the mean.
            t, n = 2 * mu, harmonic
            if 0 < t < mp.pi:
                sine = mpmath.sin(t)
                inner = 1 - (sine + (sine - 1 / sine) / n) ** 2
                if inner >= 0:
                    p = (1 - mpmath.sign(mpmath.cos(t)) * sqrt(inner)) / 2
                    yield *key, method, "miller_back_transformed", p


if __name__ == "__main__":
    write("classical.csv",
          f"generate_classical.py, {VERSIONS}; log scale for ratios; policy says where 1/2 is added (zero-studies: any zero cell; differences take it in the variance alone, with zero-studies-too in the estimate as well, the Q of Mantel-Haenszel then without double zeros); double zeros, and only events, out for ratios but for zero-studies-double-zero; study numbers count the kept ones",
          ("dataset", "measure", "policy", "method", "statistic", "value"), lines())
