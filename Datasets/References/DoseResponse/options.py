"""Writes options.csv: what a curve's fit can be asked for besides, at 50 digits or from seeded numbers.

A fit is found in double precision (SciPy, from a given start) and polished by Newton's method at 50
digits. Bootstrap limits follow from the random numbers of SplitMix64 (Steele, Lea & Flood 2014, OOPSLA
'14, 453), implemented here anew: streams are split by the FNV-1a hash of their names, in the order
seed, analysis, "bootstrap", model, curve.
"""

import math
from pathlib import Path

import numpy
from curves import MODELS, VERSIONS as MPMATH_VERSIONS
from fitting import *
from scipy.optimize import least_squares

HEADER = f"""\
# options.py, {VERSIONS}; data in options-data.csv (simulated), published-data.csv and made-up-data.csv
# alpha: Cedergreen's curve with exp(-1/x^alpha). column: sum of w (y - f)^2. standard errors sigma^2 (J'WJ)^-1.
# wald-log: dose exp(-+t(n - p) SE/dose). f-test: F of log-logistic-3 in log-logistic-4 with df and df2.
# rout: sum log(1 + (r/RSDR)^2) least, RSDR = P68 n/(n - p); tests by Student's t, false discovery rate 1 % of the farthest 30 %; then least squares without the outliers.
# bootstrap: percentiles (type 7) of as many refits as `samples` to fitted values with centred residuals times sqrt(n/(n - p)) drawn again; seed 1, analysis `bootstrap-` and the model.
case,model,statistic,name,value,standard_error,lower,upper"""
ERRORS = [0.61, -1.13, 0.37, 1.49, -0.52, -0.08, 0.93, -1.61, 0.24, -0.71, 1.12, -0.33, 0.05, 0.78, -0.96, -1.27, 0.44,
          1.03, -0.19, 0.66]
DOSES = [0, 0, 0, 0.3, 0.3, 1, 1, 1, 3, 3, 10, 10, 10, 30, 30, 100, 100, 300, 300, 300]
SAMPLES = 2000
MASK = (1 << 64) - 1


def cedergreen(alpha):
    """The curve of five parameters whose hormesis grows as exp(-1/x^alpha)."""
    power = lambda x, b: exp(b * log(x)) if x else mpf(0)
    return lambda x, t: t[1] + (t[2] - t[1] + t[4] * (exp(-1 / power(x, alpha)) if x else 0)) / (1 + power(x / t[3], t[0]))


def least(f, sample, start):
    """Estimates, least weighted sum of squares and (J'WJ)^-1 of the curve f(dose, parameters)."""
    value = lambda t: sum(p.weight * (p.response - f(p.dose, t)) ** 2 for p in sample)
    rest = lambda t: [float(math.sqrt(p.weight) * (p.response - f(p.dose, [mpf(float(v)) for v in t]))) for p in sample]
    with mp.workdps(20):
        at = least_squares(rest, start, x_scale="jac", xtol=1e-13, ftol=1e-13, gtol=1e-13).x
    at = [mpf(float(v)) for v in at]
    for _ in range(40):
        step = lu_solve(second(value, at), matrix(first(value, at)))
        at = [a - s for a, s in zip(at, step)]
        if max(abs(s / a) for a, s in zip(at, step)) < mpf(10) ** -30:
            break
    rows = [(p.weight, first(lambda t: f(p.dose, t), at)) for p in sample]
    n = len(at)
    return at, value(at), matrix([[sum(w * r[i] * r[j] for w, r in rows) for j in range(n)] for i in range(n)]) ** -1


class Stream:
    """SplitMix64 with its own increment."""

    def __init__(self, state, gamma=0x9E3779B97F4A7C15):
        self.state, self.gamma = state, gamma

    def uniform(self):
        self.state = (self.state + self.gamma) & MASK
        return ((self.mixed(self.state) >> 12) + 0.5) / 2 ** 52

    def split(self, name):
        found = 0xCBF29CE484222325
        for byte in name.encode():
            found = ((found ^ byte) * 0x100000001B3) & MASK
        place = self.state ^ self.mixed(found)
        return Stream(self.mixed(place), self.increment((place + 0x9E3779B97F4A7C15) & MASK))

    @staticmethod
    def mixed(z):
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        return z ^ (z >> 31)

    @staticmethod
    def increment(z):
        z = ((z ^ (z >> 33)) * 0xFF51AFD7ED558CCD) & MASK
        z = ((z ^ (z >> 33)) * 0xC4CEB9FE1A85EC53) & MASK
        z = (z ^ (z >> 33)) | 1
        return z ^ 0xAAAAAAAAAAAAAAAA if (z ^ (z >> 1)).bit_count() < 24 else z


def type_7(values, p):
    values, place = sorted(values), p * (len(values) - 1)
    index = int(place)
    share = place - index
    return values[index] + (share * (values[index + 1] - values[index]) if share else 0)


def bootstrap(model, sample, fit, targets):
    """Limits of each of `targets`, functions of the estimates that `fit` finds for responses."""
    responses = [float(p.response) for p in sample]
    estimates, fitted = fit(responses)
    n, p = len(responses), len(estimates)
    rest = [y - f for y, f in zip(responses, fitted)]
    centred = [math.sqrt(n / (n - p)) * (r - sum(rest) / n) for r in rest]
    stream = Stream(1).split(f"bootstrap-{model}").split("bootstrap").split(model).split("")
    found = {name: [] for name in targets}
    for _ in range(SAMPLES):
        again = [f + centred[int(stream.uniform() * n)] for f in fitted]
        values, _ = fit(again)
        for name, target in targets.items():
            found[name].append(target(values))
    for name, target in targets.items():
        yield name, target(estimates), type_7(found[name], 0.025), type_7(found[name], 0.975)


def line(sample):
    xs = numpy.array([float(p.dose) for p in sample])

    def fit(ys):
        ys = numpy.array(ys)
        slope = ((xs - xs.mean()) * (ys - ys.mean())).sum() / ((xs - xs.mean()) ** 2).sum()
        intercept = ys.mean() - slope * xs.mean()
        return [intercept, slope], list(intercept + slope * xs)
    return fit


def saturation(sample):
    """upper x/(x + scale): upper is linear, and the scale is where the derivative vanishes."""
    xs = numpy.array([float(p.dose) for p in sample])

    def upper(scale, ys):
        q = xs / (xs + scale)
        return (q * ys).sum() / (q * q).sum()

    def fit(ys):
        ys = numpy.array(ys)

        def slope(u):
            scale = math.exp(u)
            d = upper(scale, ys)
            return ((ys - d * xs / (xs + scale)) * d * xs / (xs + scale) ** 2).sum()
        grid = numpy.linspace(math.log(1e-3), math.log(1e3), 400)
        rss = [((ys - upper(math.exp(u), ys) * xs / (xs + math.exp(u))) ** 2).sum() for u in grid]
        i = int(numpy.argmin(rss))
        scale = math.exp(brentq(slope, grid[i - 1], grid[i + 1], xtol=1e-15, rtol=1e-15))
        d = upper(scale, ys)
        return [d, scale], list(d * xs / (xs + scale))
    return fit


def rout(model, sample):
    """The points that are not outliers."""
    at = list(Fit(model, sample).estimates)
    doses, ys = (numpy.array([float(getattr(p, k)) for p in sample]) for k in ("dose", "response"))
    curve, n, p = Model(model), len(sample), len(at)
    rest = lambda t: ys - curve.fast(doses, list(t))
    width = lambda t: type_7([abs(r) for r in rest(t)], 0.6827) * n / (n - p)
    at = numpy.array([float(v) for v in at])
    for _ in range(500):
        scale = width(at)
        found = minimize_lorentzian(rest, at, scale)
        change, at = numpy.max(numpy.abs(found / at - 1)), found
        if change < 1e-12:
            break
    sizes = numpy.abs(rest(at)) / width(at)
    order = numpy.argsort(sizes)
    from scipy.stats import t
    for i in range(max(1, int(0.7 * n)), n + 1):
        if 2 * t.sf(sizes[order[i - 1]], n - p) < 0.01 * (n - i + 1) / n:
            return [sample[k] for k in sorted(order[:i - 1])], n - i + 1
    return sample, 0


def minimize_lorentzian(rest, at, scale):
    """The least sum of log(1 + (r/scale)^2)."""
    root = lambda t: numpy.sqrt(numpy.log1p((rest(t) / scale) ** 2))
    return least_squares(root, at, x_scale="jac", xtol=1e-15, ftol=1e-15, gtol=1e-15).x


def simulated(f, truth, sd, weights=(1,)):
    truth = [mpf(v) for v in truth]
    return [Point(mpf(x), mpf(str(round(float(f(mpf(x), truth)) + sd * e, 3))), mpf(weights[k % len(weights)]))
            for k, (x, e) in enumerate(zip(DOSES, ERRORS))]


def main():
    lines, data = HEADER.splitlines(), ["# options.py; simulated", "case,dose,response,weight"]

    def keep(case, sample):
        for p in sample:
            data.append(f"{case},{float(p.dose)!r},{float(p.response)!r},{float(p.weight)!r}")

    def add(case, model, statistic, name, value, error="", lower="", upper=""):
        show = lambda v: v if isinstance(v, str) else repr(v) if isinstance(v, (float, int)) else text(v)
        lines.append(",".join([case, model, statistic, name, *map(show, (value, error, lower, upper))]))
        print(lines[-1], flush=True)

    def add_fit(case, model, names, f, sample, start):
        keep(case, sample)
        at, rss, inner = least(f, sample, start)
        variance = rss / (len(sample) - len(at))
        add(case, model, "rss", "", rss)
        for i, name in enumerate(names):
            add(case, model, "estimate", name, at[i], sqrt(inner[i, i] * variance))

    names = MODELS["cedergreen-5"][0]
    for alpha in ("1", "0.5", "0.25"):
        f, truth = cedergreen(mpf(alpha)), [1.9, 0.5, 6.0, 15.0, 4.0]
        add_fit(f"alpha {alpha}", "cedergreen-5", names, f, simulated(f, truth, 0.1), truth)
    whole = MODELS["log-logistic-4"]
    f, truth = lambda x, t: whole[1](x, *t), [1.4, 0.8, 9.5, 8.0]
    add_fit("column", "log-logistic-4", whole[0], f, simulated(f, truth, 0.3, (1, 4, 2, 0.5, 3)), truth)

    published = table("published-data") | table("made-up-data")
    ryegrass = points(published, "ryegrass")
    fit = Fit("log-logistic-4", ryegrass)
    t = sqrt(f_quantile("0.95", fit.freedom))
    for percent in (10, 50, 90):
        dose, error = fit.dose(("effective", percent), fit.expected)
        add("wald-log", "log-logistic-4", "effective_dose", str(percent), dose, error,
            dose * exp(-t * error / dose), dose * exp(t * error / dose))
    small = Fit("log-logistic-3", ryegrass)
    f = (small.objective - fit.objective) / (fit.objective / fit.freedom)
    for name, value in (("statistic", f), ("df2", fit.freedom), ("p_value", f_tail(f, 1, fit.freedom))):
        add("f-test", "log-logistic-3", name, "", value)
    kept, removed = rout("log-logistic-4", points(published, "outlier"))
    add("rout", "log-logistic-4", "outliers", "", removed)
    fit = Fit("log-logistic-4", kept)
    add("rout", "log-logistic-4", "rss", "", fit.objective)
    for i, name in enumerate(fit.model.parameters):
        add("rout", "log-logistic-4", "estimate", name, fit.estimates[i], sqrt(fit.expected[i, i]))

    straight = [Point(mpf(x), mpf(y)) for x, y in ((1, "2.1"), (2, "2.9"), (3, "4.2"), (4, "4.8"), (5, "6.1"), (6, "6.7"),
                                                   (7, "8.3"), (8, "8.8"))]
    curved = [Point(mpf(x), mpf(y)) for x, y in (("0.5", "1.35"), (1, "2.16"), (2, "3.61"), (4, "5.24"), (8, "6.55"),
                                                 (16, "7.94"), (32, "8.31"), (64, "8.82"))]
    for model, sample, fitter, targets in (
            ("linear", straight, line, {"intercept": lambda v: v[0], "slope": lambda v: v[1],
                                        "absolute 5": lambda v: (5 - v[0]) / v[1]}),
            ("michaelis-menten-2", curved, saturation, {"upper": lambda v: v[0], "scale": lambda v: v[1],
                                                        "ED50": lambda v: v[1], "ED20": lambda v: v[1] / 4})):
        keep(f"bootstrap {model}", sample)
        for name, value, lower, upper in bootstrap(model, sample, fitter(sample), targets):
            add("bootstrap", model, "limits", name, float(value), "", float(lower), float(upper))
    here = Path(__file__).parent
    (here / "options.csv").write_text("\n".join(lines) + "\n")
    (here / "options-data.csv").write_text("\n".join(data) + "\n")


main()
