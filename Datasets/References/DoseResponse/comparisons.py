"""Writes comparisons.csv: two curves compared, and models selected and averaged, at 50 digits.

Parallel curves share all but the location; the extra sum of squares over separate curves gives F.
Equal ED50: curves that share the ED50 alone against separate ones. Relative potency is of the
parallel curves, ED50 of the reference over ED50 of the curve, by Fieller on the two ED50 with their
covariance from the expected information, and by the profile of the parallel curves' sum of squares.
"""

from pathlib import Path

from fitting import *

HEADER = f"""\
# comparisons.py, {VERSIONS}; data of published-data.csv and made-up-data.csv
# parallelism: curves with slope, lower and upper in common against separate curves: F with df, df2 and p; rss of each. equal-ed50: ED50 in common alone against separate.
# S.alba with an ED50 in common: the infimum of the sum of squares, at ED50 = 40, where Bentazone's curve is a step (its slope without bound).
# relative_potency: ED50 of the reference over ED50 of the curve, of the parallel curves, at level 0.95; sigma^2 = S/(n - p) of theirs. fieller: t of n - p; covariance from J'J. profile: S(potency) - S <= sigma^2 F(1; n - p).
# ratio: separate curves, parameter of the curve over that of the reference, standard error by the delta method (J'J, sigma^2 of both curves together: separate rss over its df).
# aicc: -2 log L + 2K + 2K(K + 1)/(n - K - 1), K with sigma, log L with all constants; weight: Akaike's by AICc. parameters with lower < upper.
# average: sum of weight times log ED; variance (sum of weight times sqrt(var(log ED) + (log ED - average)^2))^2 with var from the expected information (Buckland et al. 1997); by average_log_estimate and average_log_standard_error; average_estimate is exp of the first.
dataset,curve,reference,model,statistic,name,value"""


class Joint:
    """Curves fitted together: `shared` parameters have one value, the others one a curve."""

    def __init__(self, model, data, names, shared, start):
        self.model, self.names, self.shared = Model(model), names, shared
        self.points = [(k, p) for k, name in enumerate(names) for p in data[name]]
        own = [p for p in self.model.parameters if p not in shared]
        self.labels = [(p, None) for p in self.model.parameters if p in shared]
        self.labels += [(p, k) for k in range(len(names)) for p in own]
        self.estimates = self.refine([mpf(float(start[label])) for label in self.labels])
        self.objective = self.value(self.estimates)
        self.freedom = len(self.points) - len(self.labels)
        self.variance = self.objective / self.freedom

    def curve(self, k, at):
        found = dict(zip(self.labels, at))
        return [found.get((p, None), found.get((p, k))) for p in self.model.parameters]

    def value(self, at):
        return sum((p.response - self.model.response(p.dose, self.curve(k, at))) ** 2 for k, p in self.points)

    def refine(self, at):
        doses = numpy.array([float(p.dose) for _, p in self.points])
        ys = numpy.array([float(p.response) for _, p in self.points])
        which = numpy.array([k for k, _ in self.points])

        def rest(v):
            found = numpy.empty_like(ys)
            for k in range(len(self.names)):
                found[which == k] = self.model.fast(doses[which == k], self.curve(k, list(v)))
            return ys - found
        with numpy.errstate(all="ignore"):
            at = least_squares(rest, [float(a) for a in at], x_scale="jac", xtol=1e-15, ftol=1e-15, gtol=1e-15).x
        at = [mpf(float(a)) for a in at]
        for _ in range(40):
            with mp.workdps(100):
                g, h = first(self.value, at), second(self.value, at)
            step = lu_solve(h, matrix(g))
            at = [a - s for a, s in zip(at, step)]
            if max(abs(s / a) for a, s in zip(at, step)) < mpf(10) ** -30:
                return at
        raise AssertionError("no convergence")

    def covariance(self):
        rows = [first(lambda t: self.model.response(p.dose, self.curve(k, t)), self.estimates) for k, p in self.points]
        p = len(self.labels)
        inner = matrix([[sum(r[a] * r[b] for r in rows) for b in range(p)] for a in range(p)])
        return inner ** -1 * self.variance


class StepJoint:
    """Curves that share an ED50 at a dose where the second is a step: the infimum of the sum of squares.

    The step has three means, below, at and above the dose.
    """

    def __init__(self, fits, dose):
        reference, curve = fits
        below, at, above = ([p.response for p in curve.points if (p.dose > dose) - (p.dose < dose) == side]
                            for side in (-1, 0, 1))
        spread = lambda ys: sum((y - sum(ys) / len(ys)) ** 2 for y in ys)
        fixed = lambda t: reference.value([*t, mpf(dose)])
        e = float(dose)
        best = minimize_scalar(lambda u: reference.project(numpy.exp(u), e)[0], bounds=(0, 2), method="bounded")
        plateaus = reference.project(numpy.exp(best.x), e)[1]
        theta = [mpf(float(numpy.exp(best.x))), *(mpf(float(v)) for v in plateaus)]
        for _ in range(40):
            step = lu_solve(second(fixed, theta), matrix(first(fixed, theta)))
            theta = [t - s for t, s in zip(theta, step)]
        self.objective = spread(below) + spread(at) + spread(above) + fixed(theta)
        self.freedom = sum(f.freedom for f in fits) + 1


def start_of(fits, names, shared, model):
    """Shared values: the means over the separate fits."""
    result = {}
    for i, p in enumerate(Model(model).parameters):
        for k in range(len(names)):
            result[(p, k)] = fits[k].estimates[i]
        mean = sum(f.estimates[i] for f in fits) / len(fits)
        result[(p, None)] = mean if p != "ed50" else exp(sum(log(f.estimates[i]) for f in fits) / len(fits))
    return result


def f_rows(head, name, joint, separate_rss, freedom):
    extra = joint.freedom - freedom
    f = (joint.objective - separate_rss) / extra / (separate_rss / freedom)
    yield f"{head},{name},rss,{text(joint.objective)}"
    yield f"{head},{name},statistic,{text(f)}"
    yield f"{head},{name},df,{extra}"
    yield f"{head},{name},df2,{freedom}"
    yield f"{head},{name},p_value,{text(f_tail(f, extra, freedom))}"


def potency_limits(joint):
    """By the profile: potency replaces the ED50 of the curve, which is ED50 of the reference over it."""
    reference, curve = (joint.labels.index(("ed50", k)) for k in (0, 1))
    potency = joint.estimates[reference] / joint.estimates[curve]
    covariance = joint.covariance()
    g = matrix([0] * len(joint.labels))
    g[reference], g[curve] = 1 / joint.estimates[curve], -potency / joint.estimates[curve]
    error = sqrt((g.T * covariance * g)[0])

    def value(at):
        whole = list(at)
        whole[curve] = at[reference] / at[curve]
        return joint.value(whole)

    top = joint.objective + joint.variance * f_quantile("0.95", joint.freedom)
    profile = []
    for side in (-1, 1):
        at = list(joint.estimates)
        # Along the profile in small steps of its target, the others by Newton's method.
        at[curve] = potency
        others = [i for i in range(len(at)) if i != curve]
        previous = None
        for k in range(1, 200):
            at[curve] = potency * exp(side * k * error / potency / 4)
            for _ in range(30):
                inner = lambda v: value([v[others.index(i)] if i != curve else at[curve] for i in range(len(at))])
                free = [at[i] for i in others]
                step = lu_solve(second(inner, free), matrix(first(inner, free)))
                for i, s in zip(others, step):
                    at[i] -= s
                if max(abs(s / at[i]) for i, s in zip(others, step)) < 1e-12:
                    break
            if value(at) > top:
                break
        for _ in range(40):
            grad, h = first(value, at), second(value, at)
            p = len(at)
            system, rest = matrix(p, p), matrix(p, 1)
            for row, i in enumerate(others):
                rest[row] = grad[i]
                for j in range(p):
                    system[row, j] = h[i, j]
            rest[p - 1] = value(at) - top
            for j in range(p):
                system[p - 1, j] = grad[j]
            step = lu_solve(system, rest)
            at = [a - s for a, s in zip(at, step)]
            if max(abs(s / a) for a, s in zip(at, step)) < mpf(10) ** -30:
                break
        assert (at[curve] - potency) * side > 0
        profile.append(at[curve])
    return potency, error, fieller(joint, reference, curve, covariance), profile


def fieller(joint, top, bottom, covariance):
    """Limits of the ratio of two estimates."""
    a, b = joint.estimates[top], joint.estimates[bottom]
    t2 = f_quantile("0.95", joint.freedom)
    v11, v22, v12 = covariance[top, top], covariance[bottom, bottom], covariance[top, bottom]
    # (a - rho b)^2 = t^2 (v11 - 2 rho v12 + rho^2 v22)
    p, q, r = b ** 2 - t2 * v22, -2 * (a * b - t2 * v12), a ** 2 - t2 * v11
    assert p > 0
    root = sqrt(q ** 2 - 4 * p * r)
    return (-q - root) / (2 * p), (-q + root) / (2 * p)


def compare(dataset, model, data, reference, curve, curve_is_step_at=None):
    names = [reference, curve]
    fits = [Fit(model, data[n]) for n in names]
    rss = sum(f.objective for f in fits)
    freedom = sum(f.freedom for f in fits)
    head = f"{dataset},{curve},{reference},{model}"
    yield f"{head},separate,rss,{text(rss)}"
    yield f"{head},separate,df,{freedom}"
    variance = rss / freedom
    for i, p in enumerate(fits[0].model.parameters):
        a, b = fits[1].estimates[i], fits[0].estimates[i]
        va, vb = (f.expected[i, i] / f.scale * variance for f in (fits[1], fits[0]))
        yield f"{head},ratio,{p},{text(a / b)}"
        yield f"{head},ratio_standard_error,{p},{text(sqrt(va / b ** 2 + a ** 2 * vb / b ** 4))}"
    shared = [p for p in fits[0].model.parameters if p != "ed50"]
    parallel = Joint(model, data, names, shared, start_of(fits, names, shared, model))
    yield from f_rows(head, "parallelism", parallel, rss, freedom)
    for (p, k), value in zip(parallel.labels, parallel.estimates):
        yield f"{head},parallel_estimate,{p if k is None else p + ' ' + names[k]},{text(value)}"
    equal = StepJoint(fits, curve_is_step_at) if curve_is_step_at else Joint(
        model, data, names, ["ed50"], start_of(fits, names, ["ed50"], model))
    yield from f_rows(head, "equal-ed50", equal, rss, freedom)
    potency, error, by_fieller, by_profile = potency_limits(parallel)
    yield f"{head},relative_potency,estimate,{text(potency)}"
    yield f"{head},relative_potency,standard_error,{text(error)}"
    for method, limits in (("fieller", by_fieller), ("profile", by_profile)):
        for side, limit in zip(("lower", "upper"), limits):
            yield f"{head},relative_potency,{method} {side},{text(limit)}"


def average(dataset, models, sample, percents):
    n = len(sample)
    fits = {m: Fit(m, sample) for m in models}
    aicc, result = {}, []
    for m, fit in fits.items():
        k = len(fit.estimates) + 1
        aicc[m] = -2 * fit.log_likelihood() + 2 * k + mpf(2 * k * (k + 1)) / (n - k - 1)
        result += [f"{dataset},,,{m},log_likelihood,,{text(fit.log_likelihood())}", f"{dataset},,,{m},aicc,,{text(aicc[m])}"]
    least = min(aicc.values())
    raw = {m: exp(-(a - least) / 2) for m, a in aicc.items()}
    weight = {m: r / sum(raw.values()) for m, r in raw.items()}
    result += [f"{dataset},,,{m},weight,,{text(w)}" for m, w in weight.items()]
    for percent in percents:
        logs = {}
        for m, fit in fits.items():
            dose, error = fit.dose(("effective", percent), fit.expected)
            logs[m] = (log(dose), error / dose)
        mean = sum(weight[m] * v for m, (v, _) in logs.items())
        error = sum(weight[m] * sqrt(e ** 2 + (v - mean) ** 2) for m, (v, e) in logs.items())
        for statistic, value in (("average_log_estimate", mean), ("average_log_standard_error", error),
                                 ("average_estimate", exp(mean))):
            result.append(f"{dataset},,,average,{statistic},{percent},{text(value)}")
    return result


def main():
    data = table("published-data") | table("made-up-data")
    lines = HEADER.splitlines()
    by_curve = lambda dataset: {c: points(data, dataset, c) for c, _ in data[dataset]}
    lines += compare("S.alba", "log-logistic-4", by_curve("S.alba"), "Glyphosate", "Bentazone", 40)
    print("\n".join(lines[8:]), flush=True)
    lines += compare("vinclozolin", "log-logistic-3", by_curve("vinclozolin"), "10509", "10821")
    print("\n".join(lines[-30:]), flush=True)
    lines += average("ryegrass", ["log-logistic-4", "log-logistic-3", "log-normal-4", "weibull-1-4", "weibull-2-4"],
                     points(data, "ryegrass"), (10, 50, 90))
    Path(__file__).with_name("comparisons.csv").write_text("\n".join(lines) + "\n")


main()
