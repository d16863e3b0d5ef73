"""Writes profiles.csv: profile limits of least-squares fits at 50 digits."""

from pathlib import Path

from fitting import *

FITS = [("ryegrass", "log-logistic-4", 4), ("ryegrass", "log-logistic-3", 4), ("ryegrass", "weibull-1-4", 4),
        ("ryegrass", "log-normal-4", 4), ("secalonic", "log-logistic-4", 3), ("incomplete", "log-logistic-4", 7),
        ("incomplete", "log-logistic-3", 7)]
LEVELS = ["0.95", "0.8"]
HEADER = f"""\
# profiles.py, {VERSIONS}; data of published-data.csv and made-up-data.csv
# lower and upper: the outermost values with S(value) - S <= S/(n - p) F(1; n - p), all else refitted; unbounded where no value is refused.
# S(value) is the least sum of squares with the slope's sign as estimated and lower < upper; no value beyond a limit was accepted again.
# note: step: as a limit is neared the slope grows without bound; at the tested dose given as the limit S jumps past what is allowed.
# note: ridge: at the lower limit lower is -infinity and the curve upper - k x^slope, with which S was solved.
# weibull-1-4 of ryegrass: a curve with lower > upper (and slope < 0; that of weibull-2-4 with its plateaus exchanged) has the smaller sum of squares 5.29256538...
dataset,model,statistic,name,estimate,level,lower,upper,note"""


def main():
    data = table("published-data") | table("made-up-data")
    lines = HEADER.splitlines()
    for dataset, model, response in FITS:
        fit = Fit(model, points(data, dataset))
        lines.append(f"{dataset},{model},rss,,{text(fit.objective)},,,,")
        targets = [("estimate", name, name) for name in fit.model.parameters]
        targets += [("effective_dose", p, ("effective", p)) for p in (10, 50, 90)]
        targets.append(("dose_at_response", response, ("absolute", response)))
        for statistic, name, target in targets:
            estimate = fit.estimates[fit.model.parameters.index(target)] if name == target else fit.dose(target)
            for level, limits in fit.limits(target, LEVELS).items():
                note = ("ridge" if target == "slope" else "step") if (target, level) in fit.steps else ""
                lines.append(f"{dataset},{model},{statistic},{name},{text(estimate)},{level},{','.join(limits)},{note}")
                print(lines[-1], flush=True)
    Path(__file__).with_name("profiles.csv").write_text("\n".join(lines) + "\n")


main()
