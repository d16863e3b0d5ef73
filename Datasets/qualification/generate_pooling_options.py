#!/usr/bin/env python3
"""Makes the study of `theriac selftest` for what a meta-analysis can be asked for besides.

Run after generate.py, from whose tables and rules of printing the study is made as well.
"""
from decimal import Decimal
from fractions import Fraction
from math import sqrt

from generate import MEASURES_ON_LOGARITHMS, Study, studies_of, table

POLICIES = {
    "zero-studies": {"to": "zero-studies"},
    "all": {"to": "all"},
    "all-if-any": {"to": "all-if-any"},
    "none": {"to": "none"},
    "treatment-arm": {"to": "zero-studies", "method": "treatment-arm"},
    "empirical-mh": {"to": "zero-studies", "method": "empirical"},
    "zero-studies-double-zero": {"to": "zero-studies", "method": "constant",
                                 "doubleZero": "include"},
}


def pooling_options():
    study = Study("computed-pooling-options", "What a meta-analysis can be asked for besides",
                  "Computed at 50 digits, or by R's metafor: Datasets/References/MetaAnalysis")
    one_group_measures(study)
    generic(study)
    zero_cells(study)
    shown_studies(study)
    by_t(study)
    shared_arms(study)
    study.write()


def shown(method):
    """The method as results name it."""
    return method + ("/z" if method.startswith("inverse-variance/random") else "")


def of_reference(dataset):
    return [{"study": row["study"], **row["reference"]} for row in studies_of(dataset)]


def one_group_measures(study):
    rows = [row for row in table("MetaAnalysis/classical")
            if row["method"].startswith("reference/inverse-variance")
            and (row["dataset"], row["measure"].split("-")[0])
            in (("bcg", "proportion"), ("nielweise2008", "rate"))]
    names = {"estimate": "transformed_estimate", "standard_error": "standard_error",
             "miller_back_transformed": "estimate"}
    for measure in sorted({row["measure"] for row in rows}):
        kept = [row for row in rows if row["measure"] == measure]
        analysis = study.analysis("meta-analysis", id=measure, measure=measure, tau2=["dl", "reml"],
                                  pooling="inverse-variance", data=of_reference(kept[0]["dataset"]))
        for row in kept:
            method = shown(row["method"].removeprefix("reference/"))
            if row["statistic"] in names:
                name = names[row["statistic"]]
                if measure.endswith("-log") and name == "transformed_estimate":
                    name = "log_estimate"
                study.expect(analysis, {}, name, row["value"], 8, measure=measure, method=method)
            elif row["statistic"] == "tau2" and "random" in method:
                study.expect(analysis, {}, "tau2", row["value"], 8, measure="heterogeneity",
                             method=method.removesuffix("/z"))
    rows = table("MetaAnalysis/metafor-more")
    for measure in ("proportion", "rate"):
        kept = [row for row in rows if row["measure"] == measure]
        analysis = study.analysis("meta-analysis", id=measure, measure=measure, tau2="dl", per=1,
                                  pooling="inverse-variance", data=of_reference(kept[0]["dataset"]))
        if measure == "proportion":
            del study.analyses[-1]["per"]
        for row in kept:
            if row["statistic"] == "tau2":
                study.expect(analysis, {}, "tau2", row["value"], 9, measure="heterogeneity",
                             method=row["method"].removesuffix("/z"))
            else:
                study.expect(analysis, {}, row["statistic"], row["value"], 9, measure=measure,
                             method=row["method"])


def generic(study):
    data = [{"study": row["study"], "effect": float(row["y"]),
             "standardError": sqrt(float(row["v"]))}
            for row in table("MetaAnalysis/effects") if row["dataset"] == "generic5"]
    analysis = study.analysis("meta-analysis", id="generic", measure="generic", data=data,
                              preset="none", pooling="inverse-variance", tau2=["dl", "reml"])
    for row in table("MetaAnalysis/normal"):
        method = {"common": "inverse-variance/common", "random/dl": "inverse-variance/random/dl/z",
                  "random/reml": "inverse-variance/random/reml/z"}.get(row["method"])
        if row["dataset"] == "generic5" and method:
            if row["statistic"] in ("estimate", "standard_error"):
                study.expect(analysis, {}, row["statistic"], row["value"], 8, measure="generic",
                             method=method)
            elif row["statistic"] == "tau2":
                study.expect(analysis, {}, "tau2", row["value"], 8, measure="heterogeneity",
                             method=method.removesuffix("/z"))


def zero_cells(study):
    methods = ("inverse-variance/common", "inverse-variance/random/dl", "mantel-haenszel/common")
    rows = [row for row in table("MetaAnalysis/classical") if row["dataset"] == "nissen2007_mi"
            and row["method"] in methods and row["statistic"] in ("estimate", "standard_error")]
    for measure in ("odds-ratio", "risk-difference"):
        for policy, members in POLICIES.items():
            kept = [row for row in rows if (row["measure"], row["policy"]) == (measure, policy)]
            if not kept:
                continue
            pooling = list(dict.fromkeys(row["method"].split("/")[0] for row in kept))
            if (measure, policy) == ("odds-ratio", "all"):
                members = {**members, "doubleZero": "exclude"}
            analysis = study.analysis(
                "meta-analysis", id=f"{measure}-{policy}", measure=measure, tau2="dl",
                zeroCells={**members, "add": 0.5}, pooling=pooling,
                data=studies_of("nissen2007_mi"))
            for row in kept:
                logarithm = measure in MEASURES_ON_LOGARITHMS and row["statistic"] == "estimate"
                study.expect(analysis, {}, "log_estimate" if logarithm else row["statistic"],
                             row["value"], 9, measure=measure, method=shown(row["method"]))


def shown_studies(study):
    """What figures and tables show of each study."""
    analysis = study.analysis(
        "meta-analysis", id="studies", measure="odds-ratio", data=studies_of("bcg"), tau2="dl",
        pooling="inverse-variance",
        diagnostics=["radial", "baujat", "leave-one-out", "cumulative", "influence"])
    for row in table("MetaAnalysis/metafor-more"):
        figure, _, name = row["method"].partition("/")
        if figure in ("radial", "baujat"):
            study.expect(analysis, {"study": name}, row["statistic"], row["value"], 10,
                         measure="diagnostic", method=figure)
    influence = {"studentised_residual": "rstudent", "dffits": "dffits", "cook": "cook_distance",
                 "covariance_ratio": "cov_ratio", "hat": "hat", "tau2": "tau2", "q": "q"}
    for row in table("MetaAnalysis/diagnostics"):
        parts = row["method"].split("/")
        if ((row["dataset"], row["measure"], parts[0]) != ("bcg", "odds-ratio", "dl")
                or len(parts) < 3 or parts[2] not in ("2", "4", "13")):
            continue
        method = "inverse-variance/random/dl"
        if row["statistic"] in ("estimate", "standard_error"):
            name = "log_estimate" if row["statistic"] == "estimate" else "standard_error"
            study.expect(analysis, {parts[1]: parts[2]}, name, row["value"], 9,
                         measure="odds-ratio", method=f"{method}/z")
        if parts[1] == "omitted" and row["statistic"] in influence:
            study.expect(analysis, {"study": parts[2]}, influence[row["statistic"]], row["value"],
                         9, measure="diagnostic", method=f"{method}/influence")


def by_t(study):
    analysis = study.analysis("meta-analysis", id="inference-t", measure="odds-ratio",
                              data=studies_of("bcg"), pooling="inverse-variance", tau2="reml",
                              inference="t")
    for row in table("MetaAnalysis/metafor-more"):
        name = {"estimate": "log_estimate"}.get(row["statistic"], row["statistic"])
        if row["method"].endswith("/t") and name not in ("lower", "upper"):
            study.expect(analysis, {}, name, row["value"], 9, measure=row["measure"],
                         method=row["method"])


def shared_arms(study):
    """Two studies whose reference is one arm, counted in both or divided between them."""
    arms = {"low": (4, 60), "high": (9, 58), "control": (12, 120)}
    study.trials = [{
        "id": "trial",
        "arms": [{"id": name, "label": name, "subjects": n} for name, (_, n) in arms.items()],
        "events": [{"term": "Event", "counts": {name: x for name, (x, _) in arms.items()}}]}]
    for way, divisor in (("allow", 1), ("split", 2)):
        analysis = study.analysis(
            "meta-analysis", id=f"shared-arms-{way}", measure="odds-ratio", sharedArms=way,
            pooling="mantel-haenszel", event="Event",
            studies=[{"label": name, "treatment": f"trial/{name}", "reference": "trial/control"}
                     for name in ("low", "high")])
        x, n = (Fraction(value, divisor) for value in arms["control"])
        estimate, error = mantel_haenszel([(*arms[name], x, n) for name in ("low", "high")])
        study.expect(analysis, {}, "log_estimate", str(estimate), measure="odds-ratio",
                     method="mantel-haenszel/common")
        study.expect(analysis, {}, "standard_error", str(error), measure="odds-ratio",
                     method="mantel-haenszel/common")


def mantel_haenszel(tables):
    """The log odds ratio, and its standard error by Robins, Breslow and Greenland (1986)."""
    r, s, p, q = [], [], [], []
    for x1, n1, x2, n2 in tables:
        total = n1 + n2
        r.append(Fraction(x1 * (n2 - x2)) / total)
        s.append(Fraction(x2 * (n1 - x1)) / total)
        p.append(Fraction(x1 + n2 - x2) / total)
        q.append(Fraction(x2 + n1 - x1) / total)
    total_r, total_s = sum(r), sum(s)
    variance = (sum(a * b for a, b in zip(p, r)) / (2 * total_r ** 2)
                + sum(a * c + d * b for a, b, c, d in zip(p, r, s, q)) / (2 * total_r * total_s)
                + sum(d * c for c, d in zip(s, q)) / (2 * total_s ** 2))
    return decimal(total_r / total_s).ln(), decimal(variance).sqrt()


def decimal(fraction):
    return Decimal(fraction.numerator) / Decimal(fraction.denominator)


if __name__ == "__main__":
    pooling_options()
