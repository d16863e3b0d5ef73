#!/usr/bin/env python3
"""Makes the studies of `theriac selftest` for what an analysis can be asked for besides its method.

Run after generate.py, from whose tables and rules of printing these studies are made as well.
"""
from generate import Study, grouped, published_points, table

DOSE_RESPONSE = ("Computed at 50 digits, bootstrap limits from the same random numbers: "
                 "Datasets/References/DoseResponse; verdicts: data made up for each")


def curve(study, **members):
    members = {"models": ["log-logistic-4"], "interval": "wald", **members}
    return study.analysis("dose-response", **members)


def option_points(case):
    return [{"dose": float(row["dose"]), "response": float(row["response"]),
             **({"weight": float(row["weight"])} if case == "column" else {})}
            for row in table("DoseResponse/options-data") if row["case"] == case]


def option_rows(case, model=None):
    return [row for row in table("DoseResponse/options")
            if row["case"] == case and model in (None, row["model"])]


def place(statistic, name):
    return {"parameter": name} if statistic == "estimate" else {"effective_dose": f"ED{name}"}


def expect_fit(study, analysis, rows, digits=8):
    """Estimates and effective doses with their standard errors, and what a fit has one of."""
    for row in rows:
        model, statistic = row["model"], row["statistic"]
        if statistic in ("estimate", "effective_dose"):
            where = place(statistic, row["name"])
            study.expect(analysis, where, "estimate", row["value"], digits, measure=model,
                         method="")
            study.expect(analysis, where, "standard_error", row["standard_error"], digits - 1,
                         measure=model)
        elif statistic in ("rss", "sigma", "theta", "outliers"):
            study.expect(analysis, {"fit": ""}, statistic, row["value"], digits, measure=model)


def curve_options():
    study = Study("computed-curve-options",
                  "What a dose-response analysis can be asked for besides", DOSE_RESPONSE, digits=8)
    fits(study)
    weights(study)
    limits(study)
    selections(study)
    comparisons(study)
    counts(study)
    verdicts(study)
    study.write()


def fits(study):
    for alpha in (1, 0.5, 0.25):
        case = f"alpha {alpha}"
        analysis = curve(study, id=f"alpha-{alpha}", models=["cedergreen-5"], alpha=alpha,
                         points=option_points(case))
        expect_fit(study, analysis, option_rows(case))
    analysis = curve(study, id="robust-rout", robust="rout", points=published_points("outlier"))
    expect_fit(study, analysis, option_rows("rout"))
    analysis = curve(study, id="information", effects=[10, 20, 50, 90],
                     information=["expected", "observed", "sandwich"],
                     points=published_points("ryegrass"))
    observed = [row for row in table("DoseResponse/information") if row["dataset"] == "ryegrass"
                and row["model"] == "log-logistic-4"]
    sandwich = [row for row in table("DoseResponse/robust") if row["dataset"] == "ryegrass"
                and row["method"] == "least-squares"]
    for rows, name, column in ((observed, "standard_error_observed", "standard_error_observed"),
                               (sandwich, "standard_error_sandwich", "standard_error_sandwich"),
                               (sandwich, "standard_error", "standard_error")):
        for row in rows:
            if row["statistic"] in ("estimate", "effective_dose"):
                study.expect(analysis, place(row["statistic"], row["name"]), name, row[column], 7,
                             measure=row["model"])


def weights(study):
    analysis = curve(study, id="weights-column", weights="column", points=option_points("column"))
    expect_fit(study, analysis, option_rows("column"))
    for theta in ("0.5", "1", "estimated"):
        rows = [row for row in table("DoseResponse/robust") if row["dataset"] == "ryegrass"
                and row["method"] == f"power-of-mean {theta}"]
        given = {} if theta == "estimated" else {"theta": float(theta)}
        analysis = curve(study, id=f"power-of-mean-{theta}", weights="power-of-mean",
                         effects=[10, 50, 90], extrapolate=True,
                         points=published_points("ryegrass"), **given)
        # An estimated power is the least of a flat function.
        expect_fit(study, analysis, rows, 8 if given else 6)


def limits(study):
    analysis = curve(study, id="wald-log", interval="wald-log", effects=[10, 50, 90],
                     points=published_points("ryegrass"))
    for row in option_rows("wald-log"):
        for limit in ("lower", "upper"):
            study.expect(analysis, place(row["statistic"], row["name"]), limit, row[limit], 8,
                         measure=row["model"], method="wald-log")
    # Refits to resampled data end earlier than fits do: at some eight digits.
    for model, more in (("linear", {"absolute": [5]}),
                        ("michaelis-menten-2", {"effects": [20, 50]})):
        analysis = curve(study, id=f"bootstrap-{model}", models=[model], **more,
                         interval="bootstrap", points=option_points(f"bootstrap {model}"))
        for row in option_rows("bootstrap", model):
            doses = row["name"].startswith(("absolute", "ED"))
            for limit in ("lower", "upper"):
                study.expect(analysis, {"effective_dose" if doses else "parameter": row["name"]},
                             limit, row[limit], 10 if model == "linear" else 6, measure=model,
                             method="bootstrap")


def selections(study):
    points = published_points("ryegrass")
    analysis = curve(study, id="selection-f-test", selection="f-test",
                     models=["log-logistic-4", "log-logistic-3"], points=points)
    for row in option_rows("f-test"):
        study.expect(analysis, {"selection": row["model"]}, row["statistic"], row["value"], 8,
                     measure="f-test")
    rows = [row for row in table("DoseResponse/comparisons") if row["dataset"] == "ryegrass"]
    models = [row["model"] for row in rows if row["statistic"] == "aicc"]
    for selection in ("aicc", "average"):
        analysis = curve(study, id=f"selection-{selection}", models=models, selection=selection,
                         effects=[10, 50, 90],
                         points=points)
        for row in rows:
            if row["statistic"] in ("aicc", "weight"):
                study.expect(analysis, {"selection": row["model"]}, row["statistic"], row["value"],
                             8, measure=selection)
            elif selection == "average":
                name = {"average_estimate": "estimate",
                        "average_log_standard_error": "log_standard_error"}.get(row["statistic"])
                if name:
                    study.expect(analysis, {"effective_dose": f"ED{row['name']}"}, name,
                                 row["value"], 8, measure="average")


def comparisons(study):
    rows = grouped([row for row in table("DoseResponse/comparisons") if row["curve"]],
                   "dataset", "curve", "reference", "model")
    for (dataset, name, reference, model), found in rows.items():
        points = [point for point in published_points(dataset)
                  if point["curve"] in (name, reference)]
        common = {"models": [model], "reference": reference, "points": points}
        separate = curve(study, id=f"separate-{dataset}", **common,
                         compare=["parallelism", "equal-ed50"], equivalence={"slope": [0.5, 2]})
        plateaus = ["lower", "upper"] if model == "log-logistic-4" else ["upper"]
        parallel = curve(study, id=f"parallel-{dataset}", **common, share=["slope", *plateaus],
                         compare="relative-potency")
        expect_comparison(study, separate, parallel, found)
    shared_plateaus(study)


def expect_comparison(study, separate, parallel, rows):
    """Tests of separate curves, and the relative potency of parallel ones."""
    for row in rows:
        pair = {"curve": row["curve"], "reference": row["reference"]}
        where, model = {**pair, "comparison": row["statistic"].replace("_", "-")}, row["model"]
        if row["statistic"] in ("parallelism", "equal-ed50") and row["name"] != "rss":
            step = ((row["dataset"], row["statistic"]) == ("S.alba", "equal-ed50")
                    and row["name"] in ("statistic", "p_value"))
            differs = {"differs": "the least sum of squares is that of a step, which the steepest "
                                  "curve of the search misses by 5.5e-5"} if step else {}
            study.expect(separate, where, row["name"], row["value"], 8, measure=model, **differs)
        elif row["statistic"] == "relative_potency" and row["name"] != "standard_error":
            *method, statistic = row["name"].split()
            study.expect(parallel, where, statistic, row["value"], 8, measure=model,
                         method=" ".join(method))
        elif row["statistic"] == "ratio" and row["name"] == "slope":
            study.expect(separate, {**pair, "ratio": "slope"}, "estimate", row["value"], 8,
                         measure=model)


def shared_plateaus(study):
    shared = [row for row in table("DoseResponse/information") if row["dataset"] == "S.alba"]
    analysis = curve(study, id="share", share=["lower", "upper"], points=published_points("S.alba"))
    for row in shared:
        # What is shared is told of each curve.
        for name in [row["curve"]] if row["curve"] else ["Glyphosate", "Bentazone"]:
            if row["statistic"] == "estimate":
                study.expect(analysis, {"curve": name, "parameter": row["name"]}, "estimate",
                             row["value"], 8, measure=row["model"], method="")


def counts(study):
    """Profile limits and both kinds of information of curves fitted to counts."""
    fits = grouped(table("DoseResponse/likelihoods"), "response", "dataset", "curve", "model")
    seen = set()
    for (response, dataset, name, model), rows in fits.items():
        if response in seen or name or len(rows) < 3:
            continue
        seen.add(response)
        analysis = curve(study, id=f"{response}-profile", response=response, models=[model],
                         interval="profile", information=["expected", "observed"],
                         effects=[10, 50, 90], extrapolate=True, points=published_points(dataset))
        for row in rows:
            if row["statistic"] == "log_likelihood":
                study.expect(analysis, {"fit": ""}, "log_likelihood", row["value"], 8,
                             measure=model)
            elif row["statistic"] in ("estimate", "effective_dose"):
                where = place(row["statistic"], row["name"])
                for statistic in ("standard_error", "standard_error_observed"):
                    study.expect(analysis, where, statistic, row[statistic], 7, measure=model)
                for limit in ("lower", "upper"):
                    study.expect(analysis, where, limit, row[limit], 7, measure=model,
                                 method="profile")


def verdicts(study):
    """How fits end, by what each verdict says; the data are made up for it."""
    doses = [0, 0, 1, 1, 3, 3, 10, 10, 30, 30, 100, 100]
    noise = [0.1, -0.1, -0.2, 0.1, 0.15, -0.1, -0.05, 0.2, 0.1, -0.15, 0.05, -0.1]

    def points(curve, doses=doses):
        return [{"dose": dose, "response": round(curve(dose) + error, 4)}
                for dose, error in zip(doses, noise)]

    def fall(location):
        return lambda dose: 10 / (1 + (dose / location) ** 1.5)

    three = [0, 0, 0, 0, 5, 5, 5, 5, 50, 50, 50, 50]
    exact = [{"dose": dose, "response": 1 + 2 * dose} for dose in (0, 1, 2, 3, 4)]
    counts = [{"dose": dose, "response": dead, "total": 20}
              for dose, dead in ((0, 2), (1, 5), (3, 9), (10, 15), (30, 19))]
    for verdict, members in (
            ("converged", {"points": points(fall(8))}),
            ("flat", {"points": [{"dose": dose, "response": 5 + (-1) ** k / 8}
                                 for k, dose in enumerate(doses)], "flatness": 9999}),
            ("too-few-doses", {"points": points(fall(8), three)}),
            ("zero-probability", {"points": counts, "models": ["log-logistic-2"],
                                  "response": "binomial"}),
            ("perfect-fit", {"points": exact, "models": ["linear"]}),
            ("at-bound", {"points": points(fall(8)), "constraints": {"lower": {"minimum": 1.5}}}),
            ("no-lower-plateau", {"points": points(fall(60)), "models": ["log-logistic-3"]}),
            ("extrapolated", {"points": points(fall(400)), "models": ["log-logistic-3"]})):
        analysis = curve(study, id=f"verdict-{verdict}", **members)
        study.published.append(
            {"analysis": analysis, "where": {"fit": ""}, "statistic": "status", "value": verdict,
             "source": "reference"})


if __name__ == "__main__":
    curve_options()
