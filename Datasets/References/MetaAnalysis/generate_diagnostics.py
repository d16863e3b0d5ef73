"""Writes diagnostics.csv: small-study tests, trim and fill, leave-one-out, cumulative, influence.

egger: y on sqrt(v), weights 1/v, the variance scaled by the residuals, t(k - 2) of the slope.
harbord: the same of Z/V on 1/sqrt(V), weights V. peters: y on 1/N, weights
1/(1/events + 1/non-events). begg: Kendall's tau-b of (y - mu)/sqrt(v - 1/sum w), mu the common
estimate, with v; p exact without ties below k = 50, else normal. trim-and-fill: Duval and Tweedie
(2000), missing on the right where Egger's slope is negative. Influence: Viechtbauer and Cheung
(2010).
"""

from fractions import Fraction

from generate_classical import mantel_haenszel, peto
from normal import *

RISKS = {"bcg": ("odds-ratio", "risk-ratio"), "nissen2007_cvdeath": ("odds-ratio",),
         "nissen2007_mi": ("odds-ratio",),
         "nielweise2007": ("odds-ratio", "risk-ratio"), "tpora8": ("odds-ratio",),
         "egger2001": ("odds-ratio",), "li2007": ("odds-ratio",), "lee2004": ("risk-ratio",),
         "collins1985a_b": ("odds-ratio",), "heterogeneous30": ("odds-ratio",),
         "rare12": ("odds-ratio",), "three": ("odds-ratio",)}
MODELS = ("common", "dl", "reml")


def line(x, y, w):
    """(intercept, slope, their standard errors) of a weighted line, the variance from residuals."""
    s, sx, sy = total(w), total(a * b for a, b in zip(w, x)), total(a * b for a, b in zip(w, y))
    mx, my = sx / s, sy / s
    sxx = total(a * (b - mx) ** 2 for a, b in zip(w, x))
    slope = total(a * (b - mx) * (c - my) for a, b, c in zip(w, x, y)) / sxx
    intercept = my - slope * mx
    rss = total(a * (c - intercept - slope * b) ** 2 for a, b, c in zip(w, x, y))
    scale = rss / (len(x) - 2)
    return intercept, slope, sqrt(scale * (1 / s + mx**2 / sxx)), sqrt(scale / sxx)


def slope_test(x, y, w):
    intercept, slope, _, error = line(x, y, w)
    t, df = slope / error, len(x) - 2
    return (("intercept", intercept), ("slope", slope), ("standard_error", error), ("t", t),
            ("df", df), ("p_value", 2 * t_tail(abs(t), df)))


def kendall_counts(k):
    """How many orders of k have each number of inversions."""
    counts = [1]
    for n in range(2, k + 1):
        counts = [sum(counts[max(0, i - n + 1):i + 1]) for i in range(len(counts) + n - 1)]
    return counts


def begg(s):
    w = s.weights(0)
    mu, s1 = s.mean(w), total(w)
    z = [(y - mu) / sqrt(v - 1 / s1) for y, v in zip(s.y, s.v)]
    k = s.k
    sign = lambda a: 0 if abs(a) < mpf(10) ** -30 else 1 if a > 0 else -1
    pairs = [(sign(z[i] - z[j]), sign(s.v[i] - s.v[j])) for i in range(k) for j in range(i)]
    score = sum(a * b for a, b in pairs)
    one, two = sum(a != 0 for a, _ in pairs), sum(b != 0 for _, b in pairs)
    ties = one < len(pairs) or two < len(pairs)
    yield "tau", mpf(score) / sqrt(mpf(one) * two)

    def groups(values):
        sizes, left = [], sorted(values)
        while left:
            same = [v for v in left if abs(v - left[0]) < mpf(10) ** -30]
            sizes.append(len(same))
            left = left[len(same):]
        return sizes
    t, u = groups(z), groups(s.v)
    f = lambda sizes: sum(a * (a - 1) * (2 * a + 5) for a in sizes)
    g = lambda sizes: sum(a * (a - 1) for a in sizes)
    h = lambda sizes: sum(a * (a - 1) * (a - 2) for a in sizes)
    variance = Fraction(k * (k - 1) * (2 * k + 5) - f(t) - f(u), 18) + Fraction(
        g(t) * g(u), 2 * k * (k - 1))
    if k > 2:
        variance += Fraction(h(t) * h(u), 9 * k * (k - 1) * (k - 2))
    z_value = score / sqrt(mpf(variance.numerator) / variance.denominator)
    yield "normal_p_value", 2 * normal_tail(abs(z_value))
    if not ties and k < 50:
        counts = kendall_counts(k)
        high = (k * (k - 1) // 2 + abs(score)) // 2
        yield "exact_p_value", min(mpf(1), 2 * mpf(sum(counts[high:])) / mpmath.factorial(k))


def tau2_of(s, model):
    if model == "common" or s.k < 2:
        return mpf(0)
    return s.maximum(True) if model == "reml" else max(mpf(0), s.moment(s.weights(0)))


def trim_and_fill(s, model, estimator):
    """(missing, side, tau2, estimate, standard error) of Duval and Tweedie."""
    slope = line([sqrt(v) for v in s.v], s.y, s.weights(0))[1]
    sign = -1 if slope < 0 else 1
    pairs = sorted(((sign * y, v) for y, v in zip(s.y, s.v)), key=lambda p: p[0])
    k, missing = s.k, 0
    for _ in range(100):
        trimmed = Studies(pairs[:k - missing])
        mu = trimmed.mean(trimmed.weights(tau2_of(trimmed, model)))
        order = sorted(range(k), key=lambda i: (abs(pairs[i][0] - mu), i))
        rank = {i: r for r, i in enumerate(order, 1)}
        if estimator == "L0":
            above = sum(rank[i] for i in range(k) if pairs[i][0] > mu)
            found = round(Fraction(4 * above - k * (k + 1), 2 * k - 1))
        else:
            found = k - max(rank[i] for i in range(k) if pairs[i][0] < mu) - 1
        found = max(0, found)
        if found == missing:
            break
        missing = found
    else:
        return None
    filled = Studies([(sign * y, v) for y, v in pairs]
                     + [(sign * (2 * mu - y), v) for y, v in pairs[k - missing:]])
    tau2 = tau2_of(filled, model)
    w = filled.weights(tau2)
    return missing, "right" if sign < 0 else "left", tau2, filled.mean(w), 1 / sqrt(total(w))


def influence(pairs, model):
    s = Studies(pairs)
    tau2 = tau2_of(s, model)
    w = s.weights(tau2)
    mu, s1 = s.mean(w), total(w)
    for i, (y, v) in enumerate(pairs):
        rest = Studies(pairs[:i] + pairs[i + 1:])
        t = tau2_of(rest, model)
        wr = rest.weights(t)
        m, sr = rest.mean(wr), total(wr)
        hat = w[i] / s1
        q = rest.q()
        values = {"estimate": m, "standard_error": 1 / sqrt(sr), "tau2": t, "q": q,
                  "i2": max(mpf(0), (q - rest.k + 1) / q) if q > 0 else mpf(0),
                  "hat": hat, "studentised_residual": (y - m) / sqrt(v + t + 1 / sr),
                  "dffits": (mu - m) / sqrt(hat * (t + v)), "cook": (mu - m) ** 2 * s1,
                  "covariance_ratio": s1 / sr}
        for statistic, value in values.items():
            yield f"omitted/{i + 1}", statistic, value


def cumulative(pairs, model):
    for n in range(1, len(pairs) + 1):
        s = Studies(pairs[:n])
        t = tau2_of(s, model)
        w = s.weights(t)
        yield f"added/{n}", "estimate", s.mean(w)
        yield f"added/{n}", "standard_error", 1 / sqrt(total(w))
        yield f"added/{n}", "tau2", t


def from_effects(pairs):
    s = Studies(pairs)
    w = s.weights(0)
    for row in slope_test([sqrt(v) for v in s.v], s.y, w):
        yield "egger", *row
    for row in begg(s):
        yield "begg", *row
    for model in MODELS:
        for estimator in ("L0", "R0"):
            found = trim_and_fill(s, model, estimator)
            if found:
                for row in zip(("filled", "side", "tau2", "estimate", "standard_error"), found):
                    yield f"trim-and-fill/{estimator}/{model}", *row
        if s.k <= 30:
            for place, *row in influence(pairs, model):
                yield f"{model}/{place}", *row
            for place, *row in cumulative(pairs, model):
                yield f"{model}/{place}", *row


def from_counts(studies, pairs):
    used = [tuple(map(mpf, s)) for s in studies if not without_information("odds-ratio", s)]
    z, v = [], []
    for x1, n1, x2, n2 in used:
        m, n = x1 + x2, n1 + n2
        z.append(x1 - n1 * m / n)
        v.append(n1 * n2 * m * (n - m) / (n * n * (n - 1)))
    if len(used) > 2:
        for row in slope_test([1 / sqrt(a) for a in v], [a / b for a, b in zip(z, v)], v):
            yield "harbord", *row
        w = [1 / (1 / (x1 + x2) + 1 / (n1 + n2 - x1 - x2)) for x1, n1, x2, n2 in used]
        for row in slope_test([1 / (n1 + n2) for _, n1, _, n2 in used], [p[0] for p in pairs], w):
            yield "peters", *row
    for i in range(len(studies)):
        rest = [s for j, s in enumerate(studies) if j != i]
        found = mantel_haenszel("odds-ratio", [tuple(map(mpf, s)) for s in rest])
        if found:
            yield f"mantel-haenszel/omitted/{i + 1}", "estimate", found[0]
            yield f"mantel-haenszel/omitted/{i + 1}", "standard_error", found[1]
        s = Studies(peto(rest))
        if s.k:
            yield f"peto/omitted/{i + 1}", "estimate", s.mean(s.weights(0))
            yield f"peto/omitted/{i + 1}", "standard_error", 1 / sqrt(total(s.weights(0)))


def lines():
    for name in ("generic5", "generic30", "raudenbush1985"):
        for row in from_effects(effects()[name]):
            yield name, "generic", *row
    for name, measures in RISKS.items():
        for measure in measures:
            pairs = pooled_effects(measure, datasets()[name])
            for row in from_effects(pairs):
                yield name, measure, *row
            if measure == "odds-ratio":
                for row in from_counts(datasets()[name], pairs):
                    yield name, measure, *row


write("diagnostics.csv",
      f"generate_diagnostics.py, {VERSIONS}; ratios on the log scale, 1/2 in studies with a zero, double zeros out; omitted and added studies are numbered as kept, for mantel-haenszel and peto as in datasets.csv",
      ("dataset", "measure", "method", "statistic", "value"), lines())
