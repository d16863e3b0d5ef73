"""Writes regression.csv: meta-regression with one and two moderators.

Moment estimators: tau2 = (RSS_A - tr(P V)) / tr(P) with P = A - A X (X'AX)^-1 X'A; hs:
(QE - k)/sum w; sj from its start sum of squares about the mean over k; genq with A = 1/sqrt(v).
R2 = max(0, (tau2 without moderators - tau2)/tau2 without moderators). Knapp and Hartung: SE^2 times
q = y'Py/(k - p), not cut, t and F on k - p. sj starts from the plain variance of the effects about
their mean.
"""

from normal import *

BCG_LATITUDE = (44, 55, 42, 52, 13, 44, 19, 13, 27, 42, 18, 33, 33)
BCG_YEAR = (1948, 1949, 1960, 1977, 1973, 1953, 1973, 1980, 1968, 1961, 1974, 1969, 1976)
# At most 3, as in the analysis of Raudenbush (1985).
RAUDENBUSH_WEEKS = (2, 3, 3, 0, 0, 3, 3, 3, 0, 1, 0, 0, 1, 2, 3, 3, 1, 2, 3)
# Viechtbauer (2007b): total dose in g less 34, baseline score less 20.
LINDE_DOSE = (-12.72, -8.8, -8.8, 3.8, -8.8, -23.92, -8.8, 3.8, -13.0, 10.1, 3.8, -13.0, 3.8, 3.8,
              24.8, 33.2, 3.8)
LINDE_BASELINE = (-0.5, -7.5, 2.7, -3.5, -4.2, 3.6, 0.7, 1.1, -0.6, 2.7, -3.3, 0.9, 1.5, -0.1,
                  2.5, 2.9, 1.9)


def cases():
    risks = datasets()
    bcg = [pooled_effects(m, risks["bcg"]) for m in ("odds-ratio", "risk-ratio")]
    for measure, pairs in zip(("odds-ratio", "risk-ratio"), bcg):
        yield "bcg", measure, "latitude", pairs, list(zip(BCG_LATITUDE))
        yield "bcg", measure, "latitude year", pairs, list(zip(BCG_LATITUDE, BCG_YEAR))
    pairs = effects()["generic30"]
    first = [(7 * i) % 10 for i in range(30)]
    second = [i % 3 for i in range(30)]
    yield "generic30", "generic", "first", pairs, list(zip(first))
    yield "generic30", "generic", "first second", pairs, list(zip(first, second))
    yield "raudenbush1985", "generic", "weeks", effects()["raudenbush1985"], list(
        zip(RAUDENBUSH_WEEKS))
    yield "linde2005_17", "risk-ratio", "dose baseline product", pooled_effects(
        "risk-ratio", risks["linde2005_17"]), [
            (a, b, round(a * b, 4)) for a, b in zip(LINDE_DOSE, LINDE_BASELINE)]
    yield "generic5", "generic", "first", effects()["generic5"], [(0,), (0,), (1,), (1,), (0,)]


class Regression:
    def __init__(self, pairs, moderators):
        self.y, self.v = [p[0] for p in pairs], [p[1] for p in pairs]
        self.k, self.p = len(pairs), len(moderators[0]) + 1 if moderators else 1
        self.x = [[mpf(1)] + [mpf(m) for m in (moderators[i] if moderators else ())]
                  for i in range(self.k)]

    def cross(self, a):
        """X'AX."""
        return mpmath.matrix([[mpmath.fsum(w * r[i] * r[j] for w, r in zip(a, self.x))
                               for j in range(self.p)] for i in range(self.p)])

    def coefficients(self, a):
        right = mpmath.matrix([mpmath.fsum(w * r[i] * y for w, r, y in zip(a, self.x, self.y))
                               for i in range(self.p)])
        return mpmath.lu_solve(self.cross(a), right)

    def residuals(self, a):
        b = self.coefficients(a)
        return [y - mpmath.fsum(r[i] * b[i] for i in range(self.p)) for y, r in zip(self.y, self.x)]

    def rss(self, a):
        return mpmath.fsum(w * e * e for w, e in zip(a, self.residuals(a)))

    def weights(self, tau2):
        return [1 / (v + tau2) for v in self.v]

    def q(self, tau2):
        return self.rss(self.weights(tau2))

    def trace(self, a, d):
        """tr(P D) for a diagonal D."""
        inverse = self.cross(a) ** -1
        weighted = mpmath.matrix([[mpmath.fsum(w * w * e * r[i] * r[j]
                                               for w, e, r in zip(a, d, self.x))
                                   for j in range(self.p)] for i in range(self.p)])
        taken = inverse * weighted
        return mpmath.fsum(w * e for w, e in zip(a, d)) - mpmath.fsum(
            taken[i, i] for i in range(self.p))

    def moment(self, a):
        one = [mpf(1)] * self.k
        return (self.rss(a) - self.trace(a, self.v)) / self.trace(a, one)

    def log_likelihood(self, tau2, restricted):
        w = self.weights(tau2)
        found = mpmath.fsum(log(a) for a in w) - self.rss(w)
        return (found - (log(mpmath.det(self.cross(w))) if restricted else 0)) / 2

    def slope(self, tau2, restricted):
        w = self.weights(tau2)
        found = mpmath.fsum((a * e) ** 2 for a, e in zip(w, self.residuals(w)))
        return found - (self.trace(w, [mpf(1)] * self.k) if restricted else mpmath.fsum(w))

    def maximum(self, restricted):
        top = 100 * (Studies.spread_scale(self))
        grid = [mpf(0)] + [min(self.v) * mpf(10) ** -4 * mpf(1.2) ** i for i in range(
            int(log(top / min(self.v) * 10**4) / log(mpf(1.2))) + 2)]
        slopes = [self.slope(t, restricted) for t in grid]
        found = [mpf(0)]
        for a, b, fa, fb in zip(grid, grid[1:], slopes, slopes[1:]):
            if fa > 0 >= fb:
                found.append(bisection(lambda t: self.slope(t, restricted), a, b))
        return max(found, key=lambda t: self.log_likelihood(t, restricted))

    def estimates(self):
        cut = lambda t: max(mpf(0), t)
        w = self.weights(mpf(0))
        df = self.k - self.p
        mean = mpmath.fsum(self.y) / self.k
        start = mpmath.fsum((y - mean) ** 2 for y in self.y) / self.k
        pm = mpf(0)
        if self.q(mpf(0)) > df:
            top = mpf(1)
            while self.q(top) > df:
                top *= 4
            pm = bisection(lambda t: log(self.q(t) / df), 0, top)
        return {"dl": cut(self.moment(w)), "he": cut(self.moment([mpf(1)] * self.k)),
                "hs": cut((self.rss(w) - self.k) / mpmath.fsum(w)),
                "sj": start * self.q(start) / df,
                "genq": cut(self.moment([1 / sqrt(v) for v in self.v])), "pm": pm,
                "ml": self.maximum(False), "reml": self.maximum(True)}


def lines():
    tail = mpf("0.025")
    for name, measure, moderators, pairs, values in cases():
        r, plain = Regression(pairs, values), Regression(pairs, None).estimates()
        k, p = r.k, r.p
        key = name, measure, moderators
        qe = r.q(mpf(0))
        yield *key, "", "", "qe", qe
        yield *key, "", "", "qe_p_value", chi_square_tail(qe, k - p)
        for estimator, tau2 in [("common", mpf(0))] + list(r.estimates().items()):
            w = r.weights(tau2)
            b, covariance = r.coefficients(w), r.cross(w) ** -1
            yield *key, estimator, "", "tau2", tau2
            if estimator != "common" and plain[estimator] > 0:
                yield *key, estimator, "", "r2", max(mpf(0), 1 - tau2 / plain[estimator])
            q = r.q(tau2) / (k - p)
            yield *key, estimator, "", "hartung_knapp_q", q
            part = mpmath.matrix([[covariance[i, j] for j in range(1, p)] for i in range(1, p)])
            slopes = mpmath.matrix([b[i] for i in range(1, p)])
            qm = (slopes.T * part**-1 * slopes)[0]
            for inference, scale, df in (("z", mpf(1), None), ("t", mpf(1), k - p),
                                         ("hartung-knapp", q, k - p),
                                         ("hartung-knapp-adhoc", max(mpf(1), q), k - p)):
                for i in range(p):
                    coefficient = ("intercept", *moderators.split())[i]
                    se = sqrt(scale * covariance[i, i])
                    stat = abs(b[i] / se)
                    c = normal_quantile(tail) if df is None else t_quantile(tail, df)
                    place = *key, estimator, f"{inference}/{coefficient}"
                    yield *place, "estimate", b[i]
                    yield *place, "standard_error", se
                    yield *place, "lower", b[i] - c * se
                    yield *place, "upper", b[i] + c * se
                    yield *place, "p_value", 2 * (normal_tail(stat) if df is None
                                                  else t_tail(stat, df))
                place = *key, estimator, f"{inference}/omnibus"
                if df is None:
                    yield *place, "qm", qm
                    yield *place, "qm_p_value", chi_square_tail(qm, p - 1)
                else:
                    yield *place, "f", qm / scale / (p - 1)
                    yield *place, "f_p_value", f_tail(qm / scale / (p - 1), p - 1, df)


if __name__ == "__main__":
    write("regression.csv",
          f"generate_regression.py, {VERSIONS}; moderators are in the script and in moderators.csv; R2 against the same estimator without moderators; omnibus: qm chi-square(p - 1), f F(p - 1; k - p)",
          ("dataset", "measure", "moderators", "tau2", "part", "statistic", "value"), lines())
    with open(os.path.join(HERE, "moderators.csv"), "w", encoding="utf-8") as out:
        out.write("# generate_regression.py: the moderators of regression.csv, by study\n")
        out.write("dataset,moderator,study,value\n")
        seen = set()
        for name, _, moderators, _, values in cases():
            for j, moderator in enumerate(moderators.split()):
                if (name, moderator) not in seen:
                    seen.add((name, moderator))
                    for i, row in enumerate(values, 1):
                        out.write(f"{name},{moderator},{i},{row[j]}\n")
