"""Writes normal.csv: heterogeneity, between-study variances with limits, pooled effects."""

from normal import *

MEASURES = {"bcg": ("odds-ratio", "risk-ratio", "risk-difference", "arcsine-difference"),
            "nissen2007_cvdeath": ("odds-ratio", "risk-difference"),
            "nissen2007_mi": ("odds-ratio",), "tpora8": ("odds-ratio", "risk-difference"),
            "linde2005": ("risk-ratio",), "linde2005_17": ("risk-ratio",)}
RISK_SETS = ("bcg", "clasp", "collins1985b_pre", "tpora8", "egger2001", "li2007", "lee2004",
             "nielweise2007", "collins1985a_b", "linde2005", "linde2005_17", "yusuf1985_t6", "hine1989",
             "metafor45", "two", "three", "equal", "heterogeneous30", "nissen2007_cvdeath",
             "nissen2007_mi", "rare30")


def cases():
    for name, pairs in effects().items():
        yield name, "generic", pairs
    risks = datasets()
    for name in RISK_SETS:
        for measure in MEASURES.get(name, ("odds-ratio",)):
            yield name, measure, pooled_effects(measure, risks[name])
    for name in ("nielweise2008", "person_time8"):
        for measure in ("rate-ratio", "rate-difference"):
            yield name, measure, pooled_effects(measure, datasets("rate")[name])


def heterogeneity(s):
    """Q, H2 and I2 with the limits of Higgins and Thompson (2002), on the log of H = sqrt(Q/(k - 1))."""
    k, q = s.k, s.q()
    w = s.weights(0)
    yield "common", "estimate", s.mean(w)
    yield "common", "standard_error", 1 / sqrt(total(w))
    if k < 2:
        return
    yield "common", "q", q
    yield "common", "q_p_value", chi_square_tail(q, k - 1)
    yield "common", "h2", q / (k - 1)
    yield "common", "i2", max(mpf(0), (q - k + 1) / q) if q > 0 else mpf(0)
    if q > 0 and (q > k or k > 2):
        error = ((log(q) - log(mpf(k - 1))) / (2 * (sqrt(2 * q) - sqrt(mpf(2 * k - 3)))) if q > k
                 else sqrt((1 - 1 / (3 * mpf(k - 2) ** 2)) / (2 * (k - 2))))
        yield "common", "log_h_standard_error", error
        z = normal_quantile(mpf("0.025"))
        for start, suffix in ((log(q / (k - 1)) / 2, ""),
                              (max(mpf(0), log(q / (k - 1)) / 2), "_from_h_at_least_1")):
            for side, sign in (("lower", -1), ("upper", 1)):
                h2 = exp(2 * (start + sign * z * error))
                yield "common", f"h2_{side}{suffix}", h2
                yield "common", f"i2_{side}{suffix}", max(mpf(0), 1 - 1 / h2)


def pooled(s, name, tau2):
    """The random-effects estimate, its standard errors and its prediction intervals."""
    k, w = s.k, s.weights(tau2)
    method = f"random/{name}"
    mu, s1 = s.mean(w), total(w)
    error = 1 / sqrt(s1)
    yield method, "tau2", tau2
    yield method, "estimate", mu
    yield method, "standard_error", error
    w0 = s.weights(0)
    typical = (k - 1) * total(w0) / (total(w0) ** 2 - total(a * a for a in w0))
    yield method, "i2_tau2", tau2 / (tau2 + typical)
    yield method, "h2_tau2", 1 + tau2 / typical
    q = s.q(tau2) / (k - 1)
    yield method, "hartung_knapp_q", q
    errors = {"z": error, "hartung-knapp": error * sqrt(q),
              "hartung-knapp-adhoc": error * sqrt(max(mpf(1), q))}
    if name in ("ml", "reml"):
        yield method, "log_likelihood", s.log_likelihood(tau2, name == "reml") + s.constant(
            name == "reml")
    if name == "reml":
        w2, w3 = (total(a**r for a in w) for r in (2, 3))
        information = w2 / 2 - w3 / s1 + (w2 / s1) ** 2 / 2
        variance = (1 + 2 * (w3 / s1 - (w2 / s1) ** 2) / information) / s1
        errors["kenward-roger"] = sqrt(variance)
        yield method + "/kenward-roger", "df", 2 * information / (variance * w2) ** 2
    if name not in ("reml", "dl", "pm", "sj"):
        return
    tail = mpf("0.025")
    for inference, se in errors.items():
        df = {"z": None, "kenward-roger": errors.get("kenward-roger") and
              2 * information / (variance * w2) ** 2}.get(inference, k - 1)
        row = f"{method}/{inference}"
        yield row, "standard_error", se
        if df is not None and not mpf("0.2") < df < 10000:
            continue
        c = normal_quantile(tail) if df is None else t_quantile(tail, df)
        yield row, "lower", mu - c * se
        yield row, "upper", mu + c * se
        if se > 0:
            stat = abs(mu / se)
            yield row, "p_value", 2 * (normal_tail(stat) if df is None else t_tail(stat, df))
        if k >= 3:
            for kind, c in (("t-k-1", t_quantile(tail, k - 1)), ("t-k-2", t_quantile(tail, k - 2)),
                            ("z", normal_quantile(tail))):
                yield row + "/prediction/" + kind, "prediction_lower", mu - c * sqrt(tau2 + se**2)
                yield row + "/prediction/" + kind, "prediction_upper", mu + c * sqrt(tau2 + se**2)


def limits(s):
    for level in ("0.95", "0.9"):
        tail = (1 - mpf(level)) / 2
        found = {"q-profile": s.q_profile(tail),
                 "profile-likelihood/ml": s.profile_likelihood(tail, False),
                 "profile-likelihood/reml": s.profile_likelihood(tail, True),
                 "biggerstaff-tweedie": s.biggerstaff_tweedie(tail),
                 "jackson": s.quadratic_form([1 / sqrt(v) for v in s.v], tail),
                 "biggerstaff-jackson": s.quadratic_form([1 / v for v in s.v], tail)}
        for name, (lower, upper) in found.items():
            yield f"{name}/{level}", "tau2_lower", lower
            yield f"{name}/{level}", "tau2_upper", upper


def lines():
    for name, measure, pairs in cases():
        s = Studies(pairs)
        for row in heterogeneity(s):
            yield name, measure, *row
        if s.k < 2:
            continue
        for tau2_name, tau2 in s.estimates().items():
            for row in pooled(s, tau2_name, tau2):
                yield name, measure, *row
        for row in limits(s):
            yield name, measure, *row


write("normal.csv",
      f"generate_normal.py, {VERSIONS}; log scale for ratios, 1/2 in studies with a zero (variance only for differences), double zeros out for ratios; level 0.95 unless named; log-likelihoods with metafor's constant",
      ("dataset", "measure", "method", "statistic", "value"), lines())
