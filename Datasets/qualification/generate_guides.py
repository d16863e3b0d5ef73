#!/usr/bin/env python3
"""Makes the study of `theriac selftest` for guides, lots of a curve and surfaces.

Run after generate.py, from whose tables and rules of printing the study is made as well. The
verdict of each step follows from the numbers by the rule that the guide states.
"""
from decimal import Decimal
from fractions import Fraction
from math import comb

from generate import Study, grouped, matrix, published_points, table

# The upper 2.5 % point of Student's t with 7 degrees of freedom.
STUDENT_7 = Decimal("2.36462425159278")


def guides():
    study = Study("computed-guides", "Guides, lots and surfaces",
                  "Computed at 50 digits or in whole numbers: Datasets/References and "
                  "Datasets/qualification/generate_guides.py", digits=9)
    evidence = {"doseDependence": trend(study), "inVitro": toxicity(study),
                "exposure": {"concentration": 0.2, "unit": "mM"}, "margin": 10,
                "metabolites": [{"name": "M1", "animal": 31.0, "human": 4.5},
                                {"name": "M2", "animal": 22.0, "human": 25.0}],
                "species": species(study), "strain": strain(study), "immune": immune(study)}
    liver_enzymes(study, study.analysis("troubleshoot", guide="liver-enzymes", evidence=evidence))
    evidence = {"doseResponse": evidence["inVitro"], "workingConcentration": 3, "lots": lots(study),
                "cocktail": cocktail(study),
                "viability": [{"label": "Culture", "alive": 19, "total": 20}],
                "minimumViability": 0.5,
                "mycoplasma": [{"label": "Stock", "positive": True},
                               {"label": "Culture", "positive": False}]}
    platelets(study, study.analysis("troubleshoot", guide="platelet-response", evidence=evidence))
    plane(study)
    study.write()


def trend(study):
    groups = [{"label": label, "score": score, "events": events, "subjects": subjects}
              for label, score, events, subjects in (("Control", 0, 2, 40), ("Low", 1, 7, 50),
                                                     ("High", 2, 15, 48))]
    return study.analysis("trend", groups=groups, methods=["cochran-armitage"])


def toxicity(study):
    study.assays.append({
        "id": "roots", "response": {"name": "Root length", "unit": "cm"},
        "dose": {"name": "Ferulic acid", "unit": "mM"},
        "wells": [{"role": "sample", "dose": point["dose"], "response": point["response"]}
                  for point in published_points("ryegrass")]})
    return study.analysis("dose-response", assay="roots", models=["log-logistic-4"],
                          effects=[50, 90], interval="profile")


def species(study):
    points = [point for point in published_points("vinclozolin")
              if point["curve"] in ("10509", "10821")]
    return study.analysis("dose-response", points=points, models=["log-logistic-3"],
                          interval="profile", share=["slope", "upper"], effects=[50],
                          compare=["equal-ed50", "relative-potency"], reference="10509")


def strain(study):
    return study.analysis(
        "comparison", methods={"risk-difference": ["miettinen-nurminen"]}, tests=["fisher-mid-p"],
        table={"treatment": {"events": 7, "subjects": 34},
               "reference": {"events": 1, "subjects": 34}})


def immune(study):
    rows = matrix("14 10 3 2;11 7 8 4")
    return study.analysis(
        "ordinal", categories=[f"Grade {k}" for k in range(4)], methods=["wilcoxon-exact"],
        groups=[{"label": label, "counts": row}
                for label, row in zip(("Control", "Treated"), rows)])


def fisher_mid_p(x, n, y, m):
    """Two-sided by minimum likelihood, tables as probable as the observed one counting half."""
    total = x + y
    ways = {k: comb(n, k) * comb(m, total - k) for k in range(max(0, total - m), min(n, total) + 1)}
    less = sum(way for way in ways.values() if way < ways[x])
    ties = sum(way for way in ways.values() if way == ways[x])
    return Fraction(2 * less + ties, 2 * comb(n + m, total))


def decimal(fraction):
    return str(Decimal(fraction.numerator) / Decimal(fraction.denominator))


def step(study, analysis, cause, name, verdict, rows=()):
    """The verdict of a step, and its numbers: (evidence, method, statistic, value)."""
    where = {"cause": cause, "step": name}
    for evidence, method, statistic, value in rows:
        study.expect(analysis, {**where, "evidence": evidence}, statistic, str(value),
                     method=method)
    study.published.append({"analysis": analysis, "where": {**where, "evidence": ""},
                            "statistic": "status", "value": verdict, "source": "reference"})


def profile(percent):
    return next(row for row in table("DoseResponse/profiles") if row["dataset"] == "ryegrass"
                and (row["model"], row["statistic"], row["name"], row["level"])
                == ("log-logistic-4", "effective_dose", str(percent), "0.95"))


def liver_enzymes(study, analysis):
    p = next(row["p"] for row in table("Ordinal/trend") if row["table"] == "0 2 40;1 7 50;2 15 48"
             and row["method"] == "cochran-armitage")
    step(study, analysis, "Direct hepatotoxicity", "Dose reduction", "supported",
         [("", "cochran-armitage", "p_value", p)])
    half = profile(50)
    names = ("estimate", "lower", "upper")
    step(study, analysis, "Direct hepatotoxicity", "In vitro assessment", "not-supported",
         [("", "profile", name, half[name]) for name in names]
         + [("", "profile", name, Decimal(half[column]) / Decimal("0.2")) for name, column in
            (("margin", "estimate"), ("margin_lower", "lower"), ("margin_upper", "upper"))])
    step(study, analysis, "Metabolite-induced toxicity", "Metabolite profiling", "supported",
         [("M1", "", "ratio", Decimal(31) / Decimal("4.5")), ("M2", "", "ratio", "0.88")])
    rows = {(row["statistic"], row["name"]): row["value"]
            for row in table("DoseResponse/comparisons") if row["dataset"] == "vinclozolin"}
    potency = [("estimate", "estimate"), ("lower", "profile lower"), ("upper", "profile upper")]
    step(study, analysis, "Metabolite-induced toxicity", "Human and animal metabolism", "supported",
         [("", "relative-potency", name, rows["relative_potency", column])
          for name, column in potency])
    limits = next(row for row in table("Comparison/two-arms")
                  if [row[key] for key in ("measure", "method", "events1", "total1", "events2",
                                           "total2", "level", "sides")]
                  == ["risk-difference", "miettinen-nurminen", "7", "34", "1", "34", "0.95", "two"])
    step(study, analysis, "Idiosyncratic reaction", "Genetic screening", "supported",
         [("", "fisher-mid-p", "p_value", decimal(fisher_mid_p(7, 34, 1, 34))),
          ("", "miettinen-nurminen", "estimate", decimal(Fraction(6, 34)))]
         + [("", "miettinen-nurminen", limit, limits[limit]) for limit in ("lower", "upper")])
    p = next(row["p"] for row in table("Ordinal/ordinal")
             if (row["table"], row["method"]) == ("14 10 3 2;11 7 8 4", "wilcoxon-exact"))
    step(study, analysis, "Idiosyncratic reaction", "Immune system involvement", "not-supported",
         [("", "wilcoxon-exact", "p_value", p)])


def platelets(study, analysis):
    dose = profile(90)
    step(study, analysis, "Suboptimal drug concentration", "Dose-response curve", "supported",
         [("", "profile", name, dose[name]) for name in ("estimate", "lower", "upper")])
    pooled = {row["statistic"]: row["value"] for row in table("DoseResponse/curve-lots")
              if row["lot"] == "pooled"}
    step(study, analysis, "Cell culture conditions", "Serum lot variation", "supported",
         [("ED50", "lots/reml", name, pooled[column]) for name, column in
          [(name, name) for name in ("estimate", "between_lot_cv", "prediction_lower",
                                     "prediction_upper")] + [("p_value", "q_p_value")]])
    best = next(row for row in table("DoseResponse/surface") if row["dataset"] == "chemical"
                and (row["quantity"], row["name"]) == ("optimum maximum", "response"))
    value, error = Decimal(best["value"]), Decimal(best["standard_error"])
    runs = [row["response"] for row in table("DoseResponse/surface-data")
            if row["dataset"] == "chemical"]
    step(study, analysis, "Cell culture conditions", "Cytokine cocktail", "not-supported",
         [("", "response-surface", "estimate", value),
          ("", "response-surface", "lower", value - STUDENT_7 * error),
          ("", "response-surface", "upper", value + STUDENT_7 * error),
          ("", "response-surface", "best_run", max(runs, key=float))])
    row = next(row for row in table("Incidence/proportion-interval")
               if [row[key] for key in ("method", "events", "total", "level", "sides")]
               == ["clopper-pearson", "19", "20", "0.95", "two"])
    step(study, analysis, "Cell health and viability", "Viability check", "not-supported",
         [("", "clopper-pearson", name, value) for name, value in
          (("estimate", "0.95"), ("lower", row["lower"]), ("upper", row["upper"]))])
    step(study, analysis, "Cell health and viability", "Mycoplasma testing", "supported",
         [("", "", "positive_tests", 1), ("", "", "tests", 2)])


def lots(study):
    study.assays.append({
        "id": "lots", "simulated": True, "response": {"name": "CD41+ cells", "unit": "%"},
        "dose": {"name": "Agonist", "unit": "nM"},
        "wells": [{"role": "sample", "lot": row["lot"], "dose": float(row["dose"]),
                   "response": float(row["response"])}
                  for row in table("DoseResponse/curve-lots-data")]})
    analysis = study.analysis("dose-response", assay="lots", models=["log-logistic-4"],
                              effects=[50], interval="wald-log", lots={"by": "lot"})
    for (lot,), rows in grouped(table("DoseResponse/curve-lots"), "lot").items():
        for row in rows:
            if lot == "pooled":
                study.expect(analysis, {"effective_dose": "ED50"}, row["statistic"], row["value"],
                             8, measure="log-logistic-4", method="lots/reml")
            else:
                study.expect(analysis, {"lot": lot, "effective_dose": "ED50"},
                             "estimate" if row["statistic"] == "ed50" else row["statistic"],
                             row["value"], 8, measure="log-logistic-4", method="")
    return analysis


def runs_of(study, dataset):
    rows = [row for row in table("DoseResponse/surface-data") if row["dataset"] == dataset]
    names = [f"x{i}" for i in range(1, len(rows[0]["factors"].split()) + 1)]
    study.tables[f"{dataset}.csv"] = ",".join([*names, "response"]) + "\n" + "".join(
        ",".join(row["factors"].split() + [row["response"]]) + "\n" for row in rows)
    return {"data": {"path": f"{dataset}.csv"},
            "factors": [{"name": name, "unit": ""} for name in names]}


def cocktail(study):
    return study.analysis("response-surface", order="quadratic", goal="maximum",
                          **runs_of(study, "chemical"))


def plane(study):
    analysis = study.analysis("response-surface", order="linear", goal="minimum", simulated=True,
                              **runs_of(study, "plane"))
    for row in table("DoseResponse/surface"):
        if row["dataset"] != "plane":
            continue
        where = {"coefficient": {"coefficient": row["name"]},
                 "optimum minimum": {"optimum": row["name"]}}.get(row["quantity"])
        if row["quantity"] == "optimum minimum" and row["name"] == "response":
            where = {"response": "optimum"}
        if where:
            study.expect(analysis, where, "estimate", row["value"], 8)
            if row["standard_error"]:
                study.expect(analysis, where, "standard_error", row["standard_error"], 8)
        elif row["quantity"] == "fit" and row["name"] in ("rss", "sigma", "r_squared"):
            study.expect(analysis, {"fit": ""}, row["name"], row["value"], 8)


if __name__ == "__main__":
    guides()
