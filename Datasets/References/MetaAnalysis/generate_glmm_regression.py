"""Writes glmm-regression.csv: conditional mixed models with moderators, and leave-one-out.

theta_i = x_i'beta + tau u_i with an intercept; Newton in (beta, tau), maximum likelihood, standard
errors from the observed information of all parameters, at tau = 0 those of the common model.
"""

import glmm
from generate_regression import BCG_LATITUDE, BCG_YEAR
from glmm import *
from meta import VERSIONS, datasets, write


def conditional_binomial(studies):
    x1, n1, x2, n2 = zip(*studies)
    return Binomial(x1, [a + b for a, b in zip(x1, x2)],
                    [math.log(a) - math.log(b) for a, b in zip(n1, n2)])


class Shifted:
    """A model of theta around a different centre in every study."""

    def __init__(self, model, centre):
        self.model, self.centre = model, centre[:, None]

    def __call__(self, theta):
        return self.model(theta + self.centre)


class Moderated:
    def __init__(self, model, x):
        self.model, self.x = model, x

    def __call__(self, beta, tau):
        k, p = self.x.shape
        moved = Shifted(self.model, self.x @ beta)
        if tau == 0:
            l, l1, l2 = moved(np.zeros((k, 1)))
            h = np.zeros((p + 1, p + 1))
            h[:p, :p] = self.x.T @ (self.x * l2)
            h[p, p] = (l2 + l1 * l1).sum()
            return math.fsum(l[:, 0]), np.append(self.x.T @ l1[:, 0], 0), h
        f = OneEffect(moved, k)
        u, step = grid(f.density(0.0, tau), k, np.zeros(k))
        l, l1, l2 = moved(tau * u)
        e = l - u * u / 2
        top = e.max(1)
        w = np.exp(e - top[:, None])
        s = w.sum(1)
        value = math.fsum(np.log(s * step / math.sqrt(2 * math.pi)) + top)
        w /= s[:, None]
        mean = lambda z: (w * z).sum(1)
        sb, st = mean(l1), mean(u * l1)
        hbb, hbt = mean(l2 + l1 * l1) - sb * sb, mean(u * (l2 + l1 * l1)) - sb * st
        htt = mean(u * u * (l2 + l1 * l1)) - st * st
        h = np.empty((p + 1, p + 1))
        h[:p, :p] = self.x.T @ (self.x * hbb[:, None])
        h[:p, p] = h[p, :p] = self.x.T @ hbt
        h[p, p] = htt.sum()
        return value, np.append(self.x.T @ sb, st.sum()), h

    def climb(self, beta, tau, free):
        at = np.append(beta, tau)
        value, g, h = self(at[:-1], at[-1])
        for _ in range(300):
            part = h[np.ix_(free, free)]
            lowest = np.linalg.eigvalsh(-part).min()
            if lowest <= 0:
                part = part - (1e-3 - 1.5 * lowest) * np.eye(len(free))
            step = np.zeros(len(at))
            step[free] = np.linalg.solve(part, -g[free])
            step *= min(1, 1 / max(1e-300, np.max(np.abs(step))))
            size = 1.0
            while True:
                found = self(at[:-1] + size * step[:-1], at[-1] + size * step[-1])
                if found[0] >= value - 1e-13 * abs(value) or size < 1e-7:
                    break
                size /= 2
            gain = found[0] - value
            at = at + size * step
            value, g, h = found
            small = np.max(np.abs(size * step))
            if small < 1e-13 or small < 1e-10 and gain <= 0:
                break
        return at, value, h

    def fit(self):
        p = self.x.shape[1]
        every = list(range(p))
        at, value, h = self.climb(np.zeros(p), 0.0, every)
        common = at[:-1], np.sqrt(np.diag(np.linalg.inv(-h[:p, :p]))), 0.0, value
        best = common
        for tau in (0.1, 0.5, 1.5):
            now, value, h = self.climb(common[0], tau, every + [p])
            if value > best[3] + 1e-10 and abs(now[-1]) > 1e-5:
                best = now[:-1], np.sqrt(np.diag(np.linalg.inv(-h)))[:p], abs(now[-1]), value
        return common, best


def rows(model, x, names):
    common, best = Moderated(model, x).fit()
    glmm.NODES = 600
    again = Moderated(model, x).fit()[1]
    glmm.NODES = 300
    assert np.max(np.abs(again[0] - best[0])) < 1e-10 and abs(again[3] - best[3]) < 1e-10
    for effects_name, (beta, errors, tau, value) in (("common", common), ("random", best)):
        for name, b, se in zip(names, beta, errors):
            yield effects_name, name, "estimate", float(b)
            yield effects_name, name, "standard_error", float(se)
        yield effects_name, "", "tau2", float(tau * tau)
        yield effects_name, "", "log_likelihood", float(value)


def lines():
    bcg = datasets()["bcg"]
    k = len(bcg)
    designs = {"latitude": np.column_stack((np.ones(k), BCG_LATITUDE)),
               "latitude year-1966": np.column_stack(
                   (np.ones(k), BCG_LATITUDE, np.array(BCG_YEAR) - 1966))}
    for moderators, x in designs.items():
        for name, model in (("glmm-conditional-exact", Hypergeometric(bcg)),
                            ("glmm-conditional-approximate", conditional_binomial(bcg))):
            for row in rows(model, x.astype(float), ("intercept", *moderators.split())):
                yield "bcg", "odds-ratio", name, moderators, "", *row
    rate = datasets("rate")["nielweise2008"]
    alternate = np.array([i % 2 for i in range(len(rate))], float)
    for row in rows(conditional_binomial(rate), np.column_stack((np.ones(len(rate)), alternate)),
                    ("intercept", "even")):
        yield "nielweise2008", "rate-ratio", "glmm-conditional-exact", "even", "", *row
    for dataset in ("nielweise2007", "hine1989", "metafor45"):
        studies = datasets()[dataset]
        for i in range(len(studies)):
            used = [s for j, s in enumerate(studies) if j != i and 0 < s[0] + s[2] < s[1] + s[3]]
            for row in rows(Hypergeometric(used), np.ones((len(used), 1)), ("intercept",)):
                yield dataset, "odds-ratio", "glmm-conditional-exact", "", str(i + 1), *row


write("glmm-regression.csv",
      f"generate_glmm_regression.py, {VERSIONS}, double precision; log scale; omitted: the study left out, numbered as in datasets.csv; even: 1 for studies of even number; log-likelihoods with all constants",
      ("dataset", "measure", "model", "moderators", "omitted", "effects", "part", "statistic", "value"),
      lines())
