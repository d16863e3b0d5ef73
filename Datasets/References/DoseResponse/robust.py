"""Writes robust.csv: M-estimates, weights by the mean and sandwich errors at 50 digits.

M-estimates solve sum psi(r/s) df/dtheta = 0 together with s = median|r|/0.6745 n/(n - p), the median
of absolute residuals about 0, of an even number the mean of the middle two. The fixed point is
reached from least squares without the point of the largest residual, by reweighting in turn, and is
then solved by Newton's method with s eliminated.

Generalised least squares with variance sigma^2 f^(2 theta): the weights f^(-2 theta) are those of the
fit itself, sum f^(-2 theta) r df/dtheta = 0. theta by pseudo-likelihood is where, the residuals of
the fit held, -n/2 log(sum r^2 f^(-2 theta)/n) - theta sum log f is greatest; both hold at once.
"""

from pathlib import Path

from fitting import *

LOSSES = {
    # psi(u)/u, u in scales.
    "huber": lambda u: min(mpf(1), mpf("1.345") / abs(u)) if u else mpf(1),
    "tukey": lambda u: (1 - (u / mpf("4.685")) ** 2) ** 2 if abs(u) < mpf("4.685") else mpf(0),
    "cauchy": lambda u: 1 / (1 + (u / mpf("2.385")) ** 2),
}
HEADER = f"""\
# robust.py, {VERSIONS}; data of published-data.csv and made-up-data.csv
# huber 1.345; tukey 4.685; cauchy 2.385: joint fixed point of the estimates and of scale = median|r|/0.6745 n/(n - p).
# weight: psi(u)/u of the point of that dose and response.
# power-of-mean: variance sigma^2 f^(2 theta); the weights f^(-2 theta) are those of the fit itself; standard errors sigma^2 (J'WJ)^-1 with sigma^2 = sum w r^2/(n - p); theta given or by pseudo-likelihood (the least of n log(sum w r^2/n) + 2 theta sum log f).
# least-squares: standard_error_sandwich is HC3: (J'J)^-1 J' diag(r^2/(1 - h)^2) J (J'J)^-1.
dataset,model,method,statistic,name,value,standard_error,standard_error_sandwich"""


def jacobian(fit, theta):
    return matrix([first(lambda t: fit.model.response(mpf(p.dose), t), theta) for p in fit.points])


def residuals(fit, theta):
    return [p.response - fit.model.response(p.dose, theta) for p in fit.points]


def median_scale(fit, theta):
    sizes = sorted(abs(r) for r in residuals(fit, theta))
    n, p = len(sizes), len(theta)
    middle = (sizes[(n - 1) // 2] + sizes[n // 2]) / 2
    return middle / mpf("0.6745") * n / (n - p)


def reweighted(fit, theta, weights):
    """Gauss and Newton's steps, the weights renewed at each, until the estimates stand still."""
    with mp.workdps(30):
        for _ in range(500):
            j, r = jacobian(fit, theta), residuals(fit, theta)
            left = normal_matrix(j, weights(theta))
            right = matrix([sum(w * j[k, a] * r[k] for k, w in enumerate(weights(theta))) for a in range(j.cols)])
            change = lu_solve(left, right)
            theta = [t + c for t, c in zip(theta, change)]
            if max(abs(c / t) for c, t in zip(change, theta)) < 1e-13:
                return theta
    raise AssertionError("no convergence")


def normal_matrix(j, weights):
    return matrix([[sum(w * j[k, a] * j[k, b] for k, w in enumerate(weights)) for b in range(j.cols)] for a in range(j.cols)])


def newton(equations, at):
    """Solves equations(at) = 0 with differences at 40 digits below the working precision."""
    for _ in range(40):
        value = matrix(equations(at))
        p = len(at)
        slope = matrix(p, p)
        for i in range(p):
            h = mpf(10) ** -25 * abs(at[i])
            up, down = list(at), list(at)
            up[i] += h
            down[i] -= h
            for k, (u, d) in enumerate(zip(equations(up), equations(down))):
                slope[k, i] = (u - d) / (2 * h)
        change = lu_solve(slope, value)
        at = [a - c for a, c in zip(at, change)]
        if max(abs(c / a) for c, a in zip(change, at)) < mpf(10) ** -32:
            return at
    raise AssertionError("no convergence")


def score(fit, theta, weights):
    j, r = jacobian(fit, theta), residuals(fit, theta)
    return [sum(w * j[k, i] * r[k] for k, w in enumerate(weights)) for i in range(len(theta))]


def m_estimate(fit, loss):
    worst = max(range(len(fit.points)), key=lambda k: abs(residuals(fit, fit.estimates)[k]))
    without = Fit(fit.model, [p for k, p in enumerate(fit.points) if k != worst])
    theta = without.estimates
    weights = lambda t: [loss(r / median_scale(fit, t)) for r in residuals(fit, t)]
    theta = reweighted(fit, theta, weights)
    with mp.workdps(90):
        theta = newton(lambda t: score(fit, t, weights(t)), theta)
    return theta, median_scale(fit, theta), weights(theta)


def power_of_mean(fit, power):
    weights = lambda t: [fit.model.response(p.dose, t) ** (-2 * power) for p in fit.points]
    theta = reweighted(fit, fit.estimates, weights)
    with mp.workdps(90):
        return newton(lambda t: score(fit, t, weights(t)), theta)


def pseudo_likelihood_score(fit, theta, power):
    """By theta: of n log(sum w r^2) + 2 theta sum log f, half."""
    f = [fit.model.response(p.dose, theta) for p in fit.points]
    r = residuals(fit, theta)
    parts = [v ** (-2 * power) * e ** 2 for v, e in zip(f, r)]
    return sum(log(v) for v in f) - len(f) * sum(q * log(v) for q, v in zip(parts, f)) / sum(parts)


def estimated_power(fit):
    weights_at = lambda power: lambda t: [fit.model.response(p.dose, t) ** (-2 * power) for p in fit.points]
    value = lambda power: pseudo_likelihood_score(fit, reweighted(fit, fit.estimates, weights_at(power)), power)
    with mp.workdps(25):
        power = mpmath.findroot(value, (mpf("0.6"), mpf("1.1")), solver="secant", tol=mpf(10) ** -16)
    start = reweighted(fit, fit.estimates, weights_at(power)) + [power]

    def equations(at):
        *theta, power = at
        w = [fit.model.response(p.dose, theta) ** (-2 * power) for p in fit.points]
        return score(fit, theta, w) + [pseudo_likelihood_score(fit, theta, power)]
    with mp.workdps(90):
        return newton(equations, start)


def covariance(fit, theta, weights):
    j, r = jacobian(fit, theta), residuals(fit, theta)
    n, p = len(r), len(theta)
    return normal_matrix(j, weights) ** -1, sum(w * e ** 2 for w, e in zip(weights, r)) / (n - p)


def sandwich(fit):
    j, r = jacobian(fit, fit.estimates), residuals(fit, fit.estimates)
    bread, _ = covariance(fit, fit.estimates, [mpf(1)] * len(r))
    meat = matrix(len(fit.estimates), len(fit.estimates))
    for k, e in enumerate(r):
        row = matrix([j[k, a] for a in range(j.cols)])
        h = (row.T * bread * row)[0]
        meat += row * row.T * (e / (1 - h)) ** 2
    return bread * meat * bread


def main():
    data = table("published-data") | table("made-up-data")
    lines = HEADER.splitlines()

    def add(dataset, model, method, statistic, name, value, error="", other=""):
        show = lambda v: v if isinstance(v, str) else text(v)
        lines.append(f"{dataset},{model},{method},{statistic},{name},{show(value)},{show(error)},{show(other)}")
        print(lines[-1], flush=True)

    for dataset, model in (("outlier", "log-logistic-4"), ("outlier", "weibull-2-4"), ("noisy", "log-logistic-4")):
        fit = Fit(model, points(data, dataset))
        for method, loss in LOSSES.items():
            theta, scale, weights = m_estimate(fit, loss)
            for name, value in zip(fit.model.parameters, theta):
                add(dataset, model, method, "estimate", name, value)
            add(dataset, model, method, "scale", "", scale)
            for percent in (10, 50, 90):
                add(dataset, model, method, "effective_dose", str(percent), fit.model.dose(("effective", percent), theta))
            if dataset == "outlier":
                add(dataset, model, method, "weight", "7.5 6.9", weights[-1])
    for dataset, model in (("ryegrass", "log-logistic-4"), ("noisy", "log-logistic-4")):
        fit = Fit(model, points(data, dataset))
        powers = [("0.5", mpf("0.5")), ("1", mpf(1)), ("estimated", None)]
        for label, power in powers:
            if power is None:
                *theta, power = estimated_power(fit)
                add(dataset, model, f"power-of-mean {label}", "theta", "", power)
            else:
                theta = power_of_mean(fit, power)
            weights = [fit.model.response(p.dose, theta) ** (-2 * power) for p in fit.points]
            inner, sigma2 = covariance(fit, theta, weights)
            add(dataset, model, f"power-of-mean {label}", "sigma", "", sqrt(sigma2))
            for i, name in enumerate(fit.model.parameters):
                add(dataset, model, f"power-of-mean {label}", "estimate", name, theta[i], sqrt(inner[i, i] * sigma2))
            for percent in (10, 50, 90):
                g = matrix(first(lambda t: fit.model.dose(("effective", percent), t), theta))
                add(dataset, model, f"power-of-mean {label}", "effective_dose", str(percent),
                    fit.model.dose(("effective", percent), theta), sqrt((g.T * inner * g)[0] * sigma2))
    for dataset, model in (("ryegrass", "log-logistic-4"), ("noisy", "log-logistic-4"), ("secalonic", "log-logistic-4"),
                           ("outlier", "log-normal-4")):
        fit = Fit(model, points(data, dataset))
        robust = sandwich(fit)
        for i, name in enumerate(fit.model.parameters):
            add(dataset, model, "least-squares", "estimate", name, fit.estimates[i], sqrt(fit.expected[i, i]),
                sqrt(robust[i, i]))
        for percent in (10, 50, 90):
            target = ("effective", percent)
            value, error = fit.dose(target, fit.expected)
            add(dataset, model, "least-squares", "effective_dose", str(percent), value, error, fit.dose(target, robust)[1])
    Path(__file__).with_name("robust.csv").write_text("\n".join(lines) + "\n")


main()
