"""Writes likelihoods.csv: maximum-likelihood fits of binomial and Poisson counts at 50 digits."""

from pathlib import Path

from fitting import *

FITS = [("deguelin", "", "log-logistic-2"), ("deguelin", "", "log-normal-2"), ("deguelin", "", "weibull-1-2"),
        ("deguelin", "", "weibull-2-2"), ("deguelin", "", "log-logistic-3u"),
        ("finney71", "", "log-logistic-2"), ("finney71", "", "log-normal-2"), ("finney71", "", "weibull-1-2"),
        ("finney71", "", "log-logistic-3"),
        ("selenium", "1", "log-logistic-3u"), ("selenium", "2", "log-logistic-3u"), ("selenium", "4", "log-logistic-3u"),
        ("hatched", "", "log-logistic-3"), ("hatched", "", "log-logistic-4"), ("hatched", "", "weibull-1-4")]
COUNTS = [("colonies", "", "log-logistic-3"), ("colonies", "", "log-normal-3"), ("colonies", "", "weibull-1-3")]
HEADER = f"""\
# likelihoods.py, {VERSIONS}; data of published-data.csv and made-up-data.csv
# response: binomial: the curve is the probability. poisson: the curve times the weight is the mean count.
# log_likelihood has all constants; deviance is 2(sum y log(y/fitted) + ...). standard_error is from the expected, standard_error_observed from the observed information.
# lower and upper: profile likelihood, deviance - least deviance = quantile of chi-squared(1) at level 0.95; unbounded where no value is refused; 0 or 1 where none up to the end of a probability is.
# plateaus of probabilities are within 0 and 1, of counts not negative, lower < upper.
# impossible: events where the curve gives them probability 0: the log likelihood is -inf for all parameters.
dataset,curve,model,response,statistic,name,value,standard_error,standard_error_observed,lower,upper"""


def rows(dataset, curve, model, kind, data):
    head = f"{dataset},{curve},{model},{kind}"
    sample = [p for c, p in data[dataset] if c == curve]
    fit = Fit(model, sample, kind)
    yield f"{head},log_likelihood,,{text(fit.log_likelihood())},,,,"
    yield f"{head},deviance,,{text(fit.objective)},,,,"
    for i, name in enumerate(fit.model.parameters):
        errors = f"{text(sqrt(fit.expected[i, i]))},{text(sqrt(fit.observed[i, i]))}"
        limits = ",".join(fit.limits(name, ["0.95"])["0.95"])
        yield f"{head},estimate,{name},{text(fit.estimates[i])},{errors},{limits}"
    for percent in (10, 50, 90):
        dose, expected = fit.dose(("effective", percent), fit.expected)
        observed = fit.dose(("effective", percent), fit.observed)[1]
        limits = ",".join(fit.limits(("effective", percent), ["0.95"])["0.95"])
        yield f"{head},effective_dose,{percent},{text(dose)},{text(expected)},{text(observed)},{limits}"


def main():
    data = table("published-data") | table("made-up-data")
    lines = HEADER.splitlines()
    for kind, fits in (("binomial", FITS), ("poisson", COUNTS)):
        for dataset, curve, model in fits:
            lines += rows(dataset, curve, model, kind, data)
            print("\n".join(lines[-8:]), flush=True)
    for curve in "1234":
        lines.append(f"selenium,{curve},log-logistic-2,binomial,impossible,,-inf,,,,")
    Path(__file__).with_name("likelihoods.csv").write_text("\n".join(lines) + "\n")


main()
