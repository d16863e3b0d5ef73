"""Writes information.csv: fits of published bioassays with both informations, transcribed.

The data are in published-data.csv, with the publications. The values were computed elsewhere with
40-digit arithmetic; where fitting.py has the model they are computed again here, and must agree.

Usage: information.py FILE.json
"""

import json
import sys
from pathlib import Path

from fitting import *

MODELS_OF_R = {"LL.4": "log-logistic-4", "LL.5": "log-logistic-5", "W1.4": "weibull-1-4", "LN.4": "log-normal-4",
               "BC.4": "brain-cousens-4", "EXD.2": "exponential-decay-2", "LL.2_binom": "log-logistic-2",
               "LL.2": "log-logistic-2", "LL.2_4curves": "log-logistic-2", "LL.4_common_cd": "log-logistic-4",
               "MM.3": "michaelis-menten-3"}
LETTERS = {"b": "slope", "c": "lower", "d": "upper", "e": "ed50", "f": "asymmetry"}
OTHERS = {"brain-cousens-4": {"e": "location", "f": "hormesis"}, "log-logistic-5": {"e": "location"},
          "weibull-1-4": {"e": "location"}, "exponential-decay-2": {"e": "scale"}, "michaelis-menten-3": {"e": "scale"}}
HEADER = f"""\
# information.py, {VERSIONS}; computed elsewhere at 40 digits from published-data.csv
# response: continuous (least squares, normal errors) or binomial (maximum likelihood).
# standard_error is from the expected, standard_error_observed from the observed information; those of doses by the delta method.
# S.alba has lower and upper in common, methionine lower (its dose 0); a row without curve is of what is common, or of a fit of one curve.
# selenium: without its dose 0, where deaths are impossible with lower = 0: with it the log likelihood is -inf.
# ed50_ratio: the ED50 of the first curve over that of the second.
# profile: limits at level 0.95 by S(theta) - S <= sigma^2 F(1; n - p).
dataset,model,response,statistic,curve,name,value,standard_error,standard_error_observed"""


def name_of(model, letter):
    return OTHERS.get(model, {}).get(letter, LETTERS[letter])


def check(fit, row):
    """A value computed again agrees to the digits given."""
    _, _, _, statistic, _, name, *given = row
    if statistic == "estimate":
        i = fit.model.parameters.index(name)
        computed = [fit.estimates[i], sqrt(fit.expected[i, i]), sqrt(fit.observed[i, i])]
    elif statistic in ("effective_dose", "dose_at_response"):
        target = ("effective" if statistic == "effective_dose" else "absolute", mpf(name))
        computed = [fit.dose(target), fit.dose(target, fit.expected)[1], fit.dose(target, fit.observed)[1]]
    elif statistic == "rss":
        computed = [fit.objective]
    else:
        return
    for a, b in zip(computed, given):
        assert abs(a - mpf(b)) <= mpf(10) ** -14 * abs(a), (row, text(a))


def main():
    facts, data = json.loads(Path(sys.argv[1]).read_text()), table("published-data")
    lines = HEADER.splitlines()
    for key, fact in facts.items():
        dataset, suffix = key.split("_", 1)
        model = MODELS_OF_R[suffix]
        kind = "binomial" if fact["kind"] == "bin" else "continuous"
        rows = []

        def add(statistic, curve, name, value, *errors):
            rows.append([dataset, model, kind, statistic, curve, name, value, *errors, *[""] * (2 - len(errors))])

        if fact["s2"] is not None:
            add("rss", "", "", fact["objective"])
            add("variance", "", "", fact["s2"])
        for label, value, *errors in zip(fact["names"], fact["est"], fact["se_expected"], fact["se_observed"]):
            letter, curve = label.split(":")
            add("estimate", "" if curve == "(Intercept)" else curve, name_of(model, letter), value, *errors)
        for label, dose in (fact.get("ED") or {}).items():
            errors = dose["se_expected"], dose["se_observed"]
            if label.startswith("ratio"):
                curves = "Bentazone/Glyphosate" if dataset == "S.alba" else "DLM/MHA"
                add("ed50_ratio", curves, "50", dose["est"], *errors)
            else:
                curve, _, percent = label.rpartition(":")
                add("effective_dose", curve, percent, dose["est"], *errors)
        for response, dose in (fact.get("absolute_ED") or {}).items():
            add("dose_at_response", "", response, dose["est"], dose["se_expected"], dose["se_observed"])
        if "profile_t95_e" in fact:
            for side, limit in zip(("lower", "upper"), fact["profile_t95_e"]):
                add(f"profile_{side}", "", "ed50", limit)
        if suffix in ("LL.4", "W1.4", "LN.4", "LL.2_binom", "LL.2"):
            fit = Fit(model, points(data, dataset), kind)
            for row in rows:
                check(fit, row)
        lines += [",".join(row) for row in rows]
    Path(__file__).with_name("information.csv").write_text("\n".join(lines) + "\n")


main()
