#!/usr/bin/env python3
"""Makes the studies of `theriac selftest` from the reference tables in ../References and ../nist.

Every expected value stands in its study as a published one: ten significant digits of closed forms
and of limits found by roots, eight of what is fitted by iteration. A digit more or less is taken
where the next ones would leave the rounding to chance.
"""
import csv
import json
from decimal import Decimal, ROUND_HALF_UP, localcontext
from fractions import Fraction
from math import comb, erfc, sqrt
from pathlib import Path

HERE = Path(__file__).parent
REFERENCES = HERE.parent / "References"


def table(name, folder=REFERENCES):
    with open(folder / f"{name}.csv", encoding="utf-8") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


def printed(text, digits):
    """The number as a publication would print it, with so many significant digits."""
    if text in ("inf", "unbounded"):
        return "infinite"
    if text in ("", "nan", "none"):
        return None
    with localcontext() as context:
        context.prec = 60
        number = Decimal(text)
        if number == 0:
            return "0"
        for count in (digits, digits + 1, digits - 1):
            decimals = max(0, count - 1 - number.adjusted())
            rest = abs(number).scaleb(decimals) % 1
            if abs(rest - Decimal("0.5")) > Decimal("0.02"):
                break
        if decimals > 17:
            return None
        rounded = number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
        return format(rounded, "f")


class Study:
    def __init__(self, name, title, reference, digits=10):
        self.name, self.title, self.digits = name, title, digits
        self.reference = reference
        self.trials, self.assays, self.analyses, self.published = [], [], [], []
        self.tables = {}

    def analysis(self, kind, **members):
        name = members.pop("id", f"{kind}-{len(self.analyses) + 1}")
        if kind == "dose-response":
            # Tests against a flat curve draw samples; their p-values have no source outside.
            members.setdefault("flatness", 0)
        self.analyses.append({"id": name, "kind": kind, **members})
        return name

    def expect(self, analysis, where, statistic, value, digits=None, **row):
        text = printed(value, digits or self.digits)
        if text is not None:
            self.published.append(
                {"analysis": analysis, "where": where, **row, "statistic": statistic,
                 "value": text, "source": "reference"})

    def write(self):
        study = {
            "theriac": 1, "id": self.name, "title": self.title,
            "sources": [{"id": "reference", "citation": self.reference}],
            **({"trials": self.trials} if self.trials else {}),
            **({"assays": self.assays} if self.assays else {}),
            "analyses": self.analyses, "published": self.published}
        for name, text in self.tables.items():
            (HERE / name).write_text(text, encoding="utf-8")
        lines = ["{"]
        for key, value in study.items():
            if isinstance(value, list):
                rows = ",\n    ".join(json.dumps(row, ensure_ascii=False) for row in value)
                lines.append(f'  {json.dumps(key)}: [\n    {rows}\n  ],')
            else:
                lines.append(f"  {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)},")
        lines[-1] = lines[-1].rstrip(",")
        (HERE / f"{self.name}.json").write_text("\n".join(lines + ["}"]) + "\n", encoding="utf-8")


def grouped(rows, *keys):
    groups = {}
    for row in rows:
        groups.setdefault(tuple(row[key] for key in keys), []).append(row)
    return groups


def whole(text):
    number = Decimal(text)
    return int(number) if number == number.to_integral_value() else float(text)


def sided(sides):
    return {} if sides == "two" else {"sides": sides}


def one_group():
    study = Study("computed-one-group", "Intervals of one risk and of one rate",
                  "Computed at 70 digits from the defining equations: Datasets/References/Incidence")
    for measure, name, size, chosen, scale in (
            ("risk", "proportion-interval", "total", [("0", "29"), ("5", "56"), ("36", "154")], {}),
            ("rate", "rate-interval", "person_years", [("0", "29.0"), ("5", "56.0"), ("15", "400.0")],
             {"per": 1})):
        rows = [row for row in table(f"Incidence/{name}") if row["level"] == "0.95"
                and (row["events"], row[size]) in chosen]
        for (events, total, sides), group in grouped(rows, "events", size, "sides").items():
            label = f"{events} of {total}"
            key = "subjects" if measure == "risk" else "personYears"
            analysis = study.analysis(
                "incidence", measure=measure, methods=[row["method"] for row in group],
                counts=[{"label": label, "events": int(events), key: whole(total)}],
                **scale, **sided(sides))
            for row in group:
                for limit in ("lower", "upper"):
                    study.expect(analysis, {"arm": label}, limit, row[limit], measure=measure,
                                 method=row["method"])
    occurrences(study)
    study.write()


def occurrences(study):
    """A rate of subjects with an event, and one of all events."""
    study.trials = [{
        "id": "trial", "arms": [{"id": "arm", "label": "Arm", "subjects": 40, "personYears": 56}],
        "events": [{"term": "Event", "counts": {"arm": {"subjects": 3, "events": 5}}}]}]
    rows = {row["events"]: row for row in table("Incidence/rate-interval")
            if (row["method"], row["person_years"], row["level"], row["sides"])
            == ("exact", "56.0", "0.95", "two")}
    analysis = study.analysis("incidence", trial="trial", measure="rate", numerator="events", per=1,
                              methods=["exact"])
    for limit in ("lower", "upper"):
        study.expect(analysis, {"arm": "arm", "term": "Event"}, limit, rows["5"][limit],
                     measure="rate", method="exact")


def sides_of(row, size, x=("events1", "events2"), n=("size1", "size2")):
    return {side: {"events": int(row[x[i]]), size: whole(row[n[i]])}
            for i, side in enumerate(("treatment", "reference"))}


def two_groups():
    study = Study("computed-two-groups", "Two groups compared",
                  "Computed at 70 digits from the defining equations: Datasets/References/Comparison")
    for name, size, total in (("two-arms", "subjects", "total"), ("two-rates", "personYears", "years")):
        rows = [row for row in table(f"Comparison/{name}") if row["level"] == "0.95"
                and row["sides"] == "two"]
        kept = grouped(rows, "events1", total + "1", "events2", total + "2")
        # The tables that have most methods, one without an event in the reference among them.
        order = sorted(kept, key=lambda key: -len(kept[key]))
        plain = [key for key in order if key[2] != "0"][:1]
        for key in plain + [key for key in order if key[2] == "0"][:1]:
            methods = {}
            for row in kept[key]:
                methods.setdefault(row["measure"], []).append(row["method"])
            analysis = study.analysis(
                "comparison", methods=methods,
                table=sides_of(kept[key][0], size, n=(total + "1", total + "2")))
            for row in kept[key]:
                for limit in ("lower", "upper"):
                    study.expect(analysis, {}, limit, row[limit], measure=row["measure"],
                                 method=row["method"])
    exact_groups(study)
    for (x1, n1, x2, n2), rows in list(grouped(
            table("Comparison/tests"), "events1", "size1", "events2", "size2").items()):
        rate = rows[0]["test"].startswith("poisson")
        measure = {"rate-ratio": ["wald-log"]} if rate else {"risk-difference": ["wald"]}
        analysis = study.analysis(
            "comparison", methods=measure, tests=[row["test"] for row in rows],
            table=sides_of(rows[0], "personYears" if rate else "subjects"))
        for row in rows:
            for column in ("statistic", "p_value"):
                study.expect(analysis, {}, column, row[column], measure="test", method=row["test"])
        if len(study.analyses) > 12:
            break
    for row in [row for row in table("Comparison/null-tests") if row["sides"] != "two"][:12]:
        rate = row["measure"].startswith("rate")
        analysis = study.analysis(
            "comparison", methods={row["measure"]: [row["method"]]}, sides=row["sides"],
            null={row["measure"]: float(row["null"])},
            table=sides_of(row, "personYears" if rate else "subjects"))
        for column in ("statistic", "p_value"):
            study.expect(analysis, {}, column, row[column], measure=row["measure"],
                         method=row["method"])
    study.write()


def exact_groups(study):
    names = ("x1", "n1", "x2", "n2")
    for row in [r for r in table("Comparison/conditional-odds-ratio") if r["level"] == "0.95"][:2]:
        exact = {"conditional-exact": "", "conditional-mid-p": "mid_", "baptista-pike": "bp_",
                 "baptista-pike-mid-p": "bp_mid_"}
        analysis = study.analysis(
            "comparison", methods={"odds-ratio": list(exact)},
            table=sides_of(row, "subjects", names[::2], names[1::2]))
        for method, prefix in exact.items():
            for limit in ("lower", "upper"):
                study.expect(analysis, {}, limit, row[prefix + limit], measure="odds-ratio",
                             method=method)
        study.expect(analysis, {}, "estimate", row["estimate"], measure="odds-ratio",
                     method="conditional-exact")
    for row in [r for r in table("Comparison/conditional-rate-ratio") if r["level"] == "0.95"][:2]:
        tests = {"poisson-conditional": "conditional", "poisson-conditional-central": "central",
                 "poisson-conditional-mid-p": "central_mid_p", "poisson-e-test": "e_test"}
        analysis = study.analysis(
            "comparison", methods={"rate-ratio": ["conditional-exact", "conditional-mid-p"]},
            tests=list(tests), table=sides_of(row, "personYears", names[::2], ("t1", "t2")))
        for method, prefix in (("conditional-exact", ""), ("conditional-mid-p", "mid_")):
            for limit in ("lower", "upper"):
                study.expect(analysis, {}, limit, row[prefix + limit], measure="rate-ratio",
                             method=method)
        for method, column in tests.items():
            study.expect(analysis, {}, "p_value", row[column], measure="test", method=method)
        # Given their sum, the events of one group have mean N t1/T and variance N t1 t2/T².
        study.analyses[-1]["tests"].append("poisson-score")
        x1, x2, t1, t2 = (float(row[name]) for name in ("x1", "x2", "t1", "t2"))
        whole_time = t1 + t2
        deviation = (x1 - (x1 + x2) * t1 / whole_time) / sqrt((x1 + x2) * t1 * t2) * whole_time
        study.expect(analysis, {}, "p_value", repr(erfc(abs(deviation) / sqrt(2))), measure="test",
                     method="poisson-score")
    tests = {"fisher": "fisher", "fisher-mid-p": "mid_p", "fisher-central": "central",
             "fisher-central-mid-p": "central_mid_p", "fisher-blaker": "blaker"}
    for row in table("Comparison/fisher")[:2]:
        analysis = study.analysis(
            "comparison", methods={"risk-difference": ["wald"]}, tests=list(tests),
            table=sides_of(row, "subjects", names[::2], names[1::2]))
        for method, column in tests.items():
            study.expect(analysis, {}, "p_value", row[column], measure="test", method=method)
    for (x1, n1, x2, n2), rows in list(grouped(table("Comparison/unconditional"), *names).items())[:1]:
        intervals = {"exact-score": ("risk-difference", "exact-score"),
                     "exact-simple": ("risk-difference", "exact-simple"),
                     "exact-two-sided": ("risk-difference", "exact-two-sided"),
                     "ratio-exact-score": ("risk-ratio", "exact-score")}
        # SciPy finds these to about eight digits.
        analysis = study.analysis(
            "comparison", tests=["barnard", "boschloo"],
            methods={"risk-difference": ["exact-score", "exact-simple", "exact-two-sided"],
                     "risk-ratio": ["exact-score"]},
            table=sides_of(rows[0], "subjects", names[::2], names[1::2]))
        for row in rows:
            if row["method"] in intervals:
                measure, method = intervals[row["method"]]
                for limit in ("lower", "upper"):
                    study.expect(analysis, {}, limit, row[limit], 6, measure=measure, method=method)
            else:
                study.expect(analysis, {}, "p_value", row["lower"], 6, measure="test",
                             method=row["method"])


def strata_of(text, size):
    strata = []
    for index, stratum in enumerate(text.split("|")):
        pair = [side.split("/") for side in stratum.split(";")]
        strata.append({
            "label": f"Stratum {index + 1}",
            **{name: {"events": int(events), size: whole(total)}
               for name, (events, total) in zip(("treatment", "reference"), pair)}})
    return strata


def strata():
    study = Study("computed-strata", "Two groups compared over strata",
                  "Computed at 70 digits from the defining equations: Datasets/References/Comparison")
    rows = [row for row in table("Comparison/stratified") if row["level"] == "0.95"
            and row["sides"] == "two"]
    seen = set()
    for (measure, text, weights), group in grouped(rows, "measure", "strata", "weights").items():
        new = [row for row in group if (measure, weights, row["method"]) not in seen]
        if not new:
            continue
        seen.update((measure, weights, row["method"]) for row in new)
        size = "personYears" if measure.startswith("rate") else "subjects"
        analysis = study.analysis(
            "comparison", strata=strata_of(text, size),
            methods={measure: [row["method"] for row in new]},
            **({"weights": weights} if weights else {}))
        for row in new:
            method = row["method"]
            for statistic in ("estimate", "lower", "upper"):
                shown = method + (f"/{weights}" if weights else "")
                study.expect(analysis, {}, statistic, row[statistic], measure=measure, method=shown)
    seen = set()
    for row in table("Comparison/stratified-tests"):
        if (row["test"], row["measure"]) in seen:
            continue
        seen.add((row["test"], row["measure"]))
        size = "personYears" if row["measure"].startswith("rate") else "subjects"
        exact = row["test"].startswith("conditional")
        measure = {row["measure"]: [row["test"] if exact else "mantel-haenszel"]}
        if exact:
            continue
        analysis = study.analysis(
            "comparison", strata=strata_of(row["strata"], size), methods=measure,
            tests=[row["test"]])
        for statistic in ("statistic", "p_value"):
            study.expect(analysis, {}, statistic, row[statistic], measure="test",
                         method=row["test"])
    study.write()


def fisher(x1, n1, x2, n2):
    """Two-sided by least likelihood, in whole numbers."""
    total = x1 + x2
    weights = {x: comb(n1, x) * comb(n2, total - x)
               for x in range(max(0, total - n2), min(n1, total) + 1)}
    return Fraction(sum(w for w in weights.values() if w <= weights[x1]), sum(weights.values()))


def benjamini_hochberg(p_values):
    count, adjusted, least = len(p_values), {}, Fraction(1)
    for rank, index in reversed(list(enumerate(sorted(range(count), key=p_values.__getitem__), 1))):
        least = min(least, p_values[index] * count / rank)
        adjusted[index] = least
    return [adjusted[index] for index in range(count)]


def adjustments(p_values, systems):
    """Each method's adjusted p-values; Mehrotra and Heyse (2004), Mehrotra and Adewale (2012)."""
    count, holm, greatest = len(p_values), {}, Fraction(0)
    for rank, index in enumerate(sorted(range(count), key=p_values.__getitem__)):
        greatest = max(greatest, min(Fraction(1), p_values[index] * (count - rank)))
        holm[index] = greatest
    harmonic = sum(Fraction(1, k) for k in range(1, count + 1))
    return {
        "bonferroni": [min(Fraction(1), p * count) for p in p_values],
        "holm": [holm[index] for index in range(count)],
        "benjamini-hochberg": benjamini_hochberg(p_values),
        "benjamini-yekutieli": [min(Fraction(1), p * harmonic)
                                for p in unbounded_hochberg(p_values)]}


def unbounded_hochberg(p_values):
    count, adjusted, least = len(p_values), {}, None
    for rank, index in reversed(list(enumerate(sorted(range(count), key=p_values.__getitem__), 1))):
        value = p_values[index] * count / rank
        least = value if least is None else min(least, value)
        adjusted[index] = least
    return [adjusted[index] for index in range(count)]


def over_systems(p_values, systems):
    names = sorted(set(systems))
    least = [min(p for p, s in zip(p_values, systems) if s == name) for name in names]
    return dict(zip(names, benjamini_hochberg(least)))


def within_systems(p_values, systems):
    found = list(p_values)
    for name in set(systems):
        places = [i for i, s in enumerate(systems) if s == name]
        for i, p in zip(places, benjamini_hochberg([p_values[i] for i in places])):
            found[i] = p
    return found


def multiplicity(study):
    counts = [("Headache", "Nervous", 14, 3), ("Dizziness", "Nervous", 9, 1),
              ("Nausea", "Gut", 20, 4), ("Vomiting", "Gut", 6, 5), ("Pain", "Gut", 8, 8),
              ("Rash", "Skin", 2, 3)]
    p_values = [fisher(x, 120, y, 110) for _, _, x, y in counts]
    systems = [system for _, system, _, _ in counts]
    expected = adjustments(p_values, systems)
    within, system = within_systems(p_values, systems), over_systems(p_values, systems)
    doubled = [max(p, min(Fraction(1), 2 * system[s])) for p, s in zip(within, systems)]
    newer = over_systems(within, systems)
    kept = [i for i, s in enumerate(systems) if newer[s] <= Fraction(1, 20)]
    again = benjamini_hochberg([p_values[i] for i in kept])
    expected["double-fdr"] = doubled
    expected["new-double-fdr"] = [again[kept.index(i)] if i in kept else Fraction(1)
                                  for i in range(len(counts))]
    study.trials = [{
        "id": "trial", "arms": [{"id": "drug", "label": "Drug", "subjects": 120},
                                {"id": "control", "label": "Control", "subjects": 110}],
        "events": [{"term": term, "system": name, "counts": {"drug": x, "control": y}}
                   for term, name, x, y in counts]}]
    analysis = study.analysis(
        "comparison", treatment="trial/drug", reference="trial/control",
        methods={"risk-difference": ["wald"]}, tests=["fisher"], multiplicity=list(expected))
    for method, values in expected.items():
        for (term, _, _, _), value in zip(counts, values):
            text = str(Decimal(value.numerator) / Decimal(value.denominator))
            study.expect(analysis, {"term": term}, "adjusted_p_value", text, measure="test",
                         method=f"fisher/{method}")


def indirect():
    study = Study("computed-indirect", "Indirect comparisons and adjusted p-values",
                  "Computed at 70 digits or in whole numbers: Datasets/References/Comparison and "
                  "Datasets/qualification/generate.py")
    multiplicity(study)
    seen = set()
    for row in table("Comparison/indirect"):
        if row["level"] != "0.95" or row["sides"] != "two" or (row["measure"], row["method"]) in seen:
            continue
        seen.add((row["measure"], row["method"]))
        rate = row["measure"].startswith("rate")
        size = "personYears" if rate else "subjects"
        number = len(study.trials)
        for side in ("treatment", "reference"):
            arms = [("arm", side), ("anchor", f"{side}_anchor")]
            study.trials.append({
                "id": f"{side}-{number}",
                "arms": [{"id": name, "label": name, size: whole(row[f"{column}_size"]),
                          **({"subjects": 10 ** 6} if rate else {})} for name, column in arms],
                "events": [{"term": "Event",
                            "counts": {name: int(row[f"{column}_events"]) for name, column in arms}}]})
        analysis = study.analysis(
            "indirect-comparison", measure=row["measure"], methods=[row["method"]],
            **{side: {name: f"{side}-{number}/{name}" for name in ("arm", "anchor")}
               for side in ("treatment", "reference")})
        for statistic in ("lower", "upper", "p_value"):
            study.expect(analysis, {}, statistic, row[statistic], measure=row["measure"],
                         method=row["method"])
    study.write()


MEASURES_ON_LOGARITHMS = ("odds-ratio", "risk-ratio", "rate-ratio")


def studies_of(dataset):
    return [{"study": row["study"],
             **{side: {"events": int(row[f"x{i}"]),
                       ("personYears" if row["kind"] == "rate" else "subjects"): whole(row[f"n{i}"])}
                for i, side in ((1, "treatment"), (2, "reference"))}}
            for row in table("MetaAnalysis/datasets") if row["dataset"] == dataset]


def pooled():
    study = Study("computed-meta-analysis", "Studies pooled by every method",
                  "Computed at 50 digits: Datasets/References/MetaAnalysis")
    normal_pooling(study)
    classical_pooling(study)
    likelihood_pooling(study)
    study.write()


def normal_pooling(study):
    rows = {(row["method"], row["statistic"]): row["value"] for row in table("MetaAnalysis/normal")
            if (row["dataset"], row["measure"]) == ("bcg", "odds-ratio")}
    estimators = sorted({m.split("/")[1] for m, _ in rows if m.startswith("random/")})
    inference = ["z", "t", "hartung-knapp", "hartung-knapp-adhoc", "kenward-roger"]
    predictions = ["t-k-1", "t-k-2", "z"]
    intervals = ["q-profile", "jackson", "profile-likelihood"]
    common = {"measure": "odds-ratio", "data": studies_of("bcg"), "pooling": ["inverse-variance"]}
    analysis = study.analysis(
        "meta-analysis", **common, tau2=["reml"], inference=inference, prediction=predictions,
        tau2Interval=intervals,
        diagnostics=["egger", "begg", "harbord", "peters", "trim-and-fill", "leave-one-out",
                     "cumulative"])
    for name in inference:
        for statistic in ("standard_error", "p_value"):
            value = rows.get((f"random/reml/{name}", statistic))
            if value:
                study.expect(analysis, {}, statistic, value, 8, measure="odds-ratio",
                             method=f"inverse-variance/random/reml/{name}")
        for prediction in predictions:
            for limit in ("prediction_lower", "prediction_upper"):
                value = rows.get((f"random/reml/{name}/prediction/{prediction}", limit))
                if value:
                    study.expect(analysis, {}, limit, exponential(value), 8, measure="odds-ratio",
                                 method=f"inverse-variance/random/reml/{name}/{prediction}")
    for interval in intervals:
        part = f"{interval}/reml/0.95" if interval == "profile-likelihood" else f"{interval}/0.95"
        for limit in ("tau2_lower", "tau2_upper"):
            study.expect(analysis, {}, limit, rows[part, limit], 8, measure="heterogeneity",
                         method=f"inverse-variance/random/reml/{interval}")
    diagnostics(study, analysis)
    by_estimator = study.analysis("meta-analysis", **common, tau2=estimators, inference=["z"])
    for name in estimators:
        method = f"inverse-variance/random/{name}"
        study.expect(by_estimator, {}, "tau2", rows[f"random/{name}", "tau2"], 8,
                     measure="heterogeneity", method=method)
        study.expect(by_estimator, {}, "log_estimate", rows[f"random/{name}", "estimate"], 8,
                     measure="odds-ratio", method=f"{method}/z")
    moments = study.analysis("meta-analysis", **common, tau2=["dl"],
                             tau2Interval=["biggerstaff-jackson", "biggerstaff-tweedie"])
    for interval in ("biggerstaff-jackson", "biggerstaff-tweedie"):
        for limit in ("tau2_lower", "tau2_upper"):
            value = rows.get((f"{interval}/0.95", limit))
            if value:
                study.expect(moments, {}, limit, value, 8, measure="heterogeneity",
                             method=f"inverse-variance/random/dl/{interval}")


def exponential(text):
    with localcontext() as context:
        context.prec = 40
        return str(Decimal(text).exp())


def diagnostics(study, analysis):
    rows = {(row["method"], row["statistic"]): row["value"]
            for row in table("MetaAnalysis/diagnostics")
            if (row["dataset"], row["measure"]) == ("bcg", "odds-ratio")}
    for name in ("egger", "harbord", "peters"):
        for statistic in ("slope", "standard_error", "t", "p_value"):
            study.expect(analysis, {}, statistic, rows[name, statistic], 9, measure="diagnostic",
                         method=name)
    study.expect(analysis, {}, "tau", rows["begg", "tau"], measure="diagnostic", method="begg")
    study.expect(analysis, {}, "p_value", rows["begg", "exact_p_value"], measure="diagnostic",
                 method="begg")
    for model, method in (("common", "inverse-variance/common"),
                          ("reml", "inverse-variance/random/reml")):
        for statistic, name in (("filled", "filled"), ("log_estimate", "estimate")):
            study.expect(analysis, {}, statistic, rows[f"trim-and-fill/L0/{model}", name], 8,
                         measure="diagnostic", method=f"{method}/trim-and-fill")
    names = [row["study"] for row in table("MetaAnalysis/datasets") if row["dataset"] == "bcg"]
    for group, statistic in (("omitted", "log_estimate"), ("added", "log_estimate")):
        for number in (3, 13):
            value = rows.get((f"common/{group}/{number}", "estimate"))
            if value:
                study.expect(analysis, {group: names[number - 1]}, statistic, value, 9,
                             measure="odds-ratio", method="inverse-variance/common")


def classical_pooling(study):
    rows = table("MetaAnalysis/classical")
    for dataset in ("tpora8", "nielweise2008"):
        of_set = [row for row in rows if row["dataset"] == dataset and "/" in row["method"]]
        for measure in sorted({row["measure"] for row in of_set}):
            one = measure.startswith(("proportion", "rate-log", "rate-sqrt", "rate-freeman"))
            logarithms = measure in MEASURES_ON_LOGARITHMS
            transformed = ("log_estimate" if logarithms or measure.endswith("-log") else
                           "transformed_estimate" if one else "estimate")
            expected = []
            for row in of_set:
                method = row["method"].removeprefix("reference/")
                if row["measure"] != measure or row["statistic"] not in (
                        "estimate", "standard_error") or "study" in method or "treatment" in method:
                    continue
                if one != row["method"].startswith("reference/"):
                    continue
                plain = method.startswith(("mantel", "peto"))
                if row["policy"] != ("none" if plain or "arcsine" in measure or "freeman" in measure
                                     or "sqrt" in measure else "zero-studies"):
                    continue
                expected.append((method, row))
            if not expected:
                continue
            data = studies_of(dataset)
            if one:
                data = [{"study": row["study"], **row["reference"]} for row in data]
            pooling = list(dict.fromkeys(method.split("/")[0] for method, _ in expected))
            analysis = study.analysis("meta-analysis", measure=measure, data=data, pooling=pooling,
                                      tau2=["dl"])
            for method, row in expected:
                if "/random/reml" in method:
                    continue
                shown = method + ("/z" if method.startswith("inverse-variance/random") else "")
                statistic = transformed if row["statistic"] == "estimate" else "standard_error"
                study.expect(analysis, {}, statistic, row["value"], 9, measure=measure, method=shown)


def likelihood_pooling(study):
    models = ["glmm-conditional-exact", "glmm-conditional-approximate", "glmm-unconditional-fixed",
              "glmm-unconditional-random", "beta-binomial"]
    analysis = study.analysis("meta-analysis", measure="odds-ratio", data=studies_of("bcg"),
                              pooling=models + ["firth", "exact-conditional",
                                                "exact-conditional-mid-p"])
    for row in table("MetaAnalysis/glmm"):
        model = row["model"].removesuffix("/informative")
        if (row["dataset"], row["measure"]) != ("bcg", "odds-ratio") or model not in models:
            continue
        if row["statistic"] in ("estimate", "standard_error"):
            name = "log_estimate" if row["statistic"] == "estimate" else "standard_error"
            # The curvature of the likelihood by differences has seven digits.
            study.expect(analysis, {}, name, row["value"], 7 if name == "log_estimate" else 6,
                         measure="odds-ratio", method=f"{model}/{row['effects']}")
        elif row["statistic"] == "tau2":
            study.expect(analysis, {}, "tau2", row["value"], 7, measure="heterogeneity",
                         method=f"{model}/{row['effects']}")
    for row in table("MetaAnalysis/firth"):
        if row["dataset"] == "bcg" and row["statistic"] in ("estimate", "standard_error"):
            name = "log_estimate" if row["statistic"] == "estimate" else "standard_error"
            study.expect(analysis, {}, name, row["value"], 8, measure="odds-ratio",
                         method="firth/common")
    exact = study.analysis("meta-analysis", measure="odds-ratio", data=studies_of("tpora8"),
                           pooling=["exact-conditional", "exact-conditional-mid-p"])
    for row in table("MetaAnalysis/exact"):
        if (row["dataset"], row["measure"]) == ("tpora8", "odds-ratio"):
            study.expect(exact, {}, row["statistic"], row["value"], 9, measure="odds-ratio",
                         method=f"{row['method']}/common")


def curves():
    study = Study("computed-curves", "Dose-response curves of every model",
                  "Computed at 50 digits: Datasets/References/DoseResponse", digits=8)
    points = grouped(table("DoseResponse/fits-data"), "model")
    for (model,), rows in grouped(table("DoseResponse/fits"), "model").items():
        data = points.get((model,))
        if not data:
            continue
        effects = sorted({float(r["name"]) for r in rows if r["statistic"] == "effective_dose"})
        absolute = sorted({float(r["name"]) for r in rows if r["statistic"] == "dose_at_response"})
        analysis = study.analysis(
            "dose-response", models=[model], interval="wald", information="expected",
            **({"effects": effects} if effects else {}),
            **({"absolute": absolute} if absolute else {}),
            points=[{"dose": float(r["dose"]), "response": float(r["response"])} for r in data])
        fit_rows(study, analysis, model, rows)
    choices(study)
    study.write()


def fit_rows(study, analysis, model, rows):
    for row in rows:
        if row["statistic"] == "rss":
            study.expect(analysis, {"fit": ""}, "rss", row["value"], measure=model)
        else:
            where = {"estimate": {"parameter": row["name"]},
                     "effective_dose": {"effective_dose": f"ED{row['name']}"},
                     "dose_at_response": {"effective_dose": f"absolute {row['name']}"}
                     }[row["statistic"]]
            study.expect(analysis, where, "estimate", row["value"], measure=model, method="")
            study.expect(analysis, where, "standard_error", row["standard_error"], 7, measure=model)


def published_points(dataset):
    rows = [r for name in ("published-data", "made-up-data")
            for r in table(f"DoseResponse/{name}") if r["dataset"] == dataset]
    return [{"dose": float(r["dose"]), "response": float(r["response"]),
             **{key: whole(r[key]) for key in ("curve", "weight", "total") if key != "curve" and r[key]},
             **({"curve": r["curve"]} if r["curve"] else {})} for r in rows]


def choices(study):
    """Intervals, robust fits and counts."""
    profiles = [r for r in table("DoseResponse/profiles")
                if r["dataset"] == "ryegrass" and r["model"] == "log-logistic-4"
                and r["level"] == "0.95" and r["statistic"] == "estimate"]
    analysis = study.analysis("dose-response", models=["log-logistic-4"], interval="profile",
                              points=published_points("ryegrass"))
    for row in profiles:
        for limit in ("lower", "upper"):
            study.expect(analysis, {"parameter": row["name"]}, limit, row[limit], 7,
                         measure="log-logistic-4", method="profile")
    for method in ("huber", "tukey", "cauchy"):
        rows = [r for r in table("DoseResponse/robust") if r["method"] == method
                and r["dataset"] == "outlier" and r["model"] == "log-logistic-4"
                and r["statistic"] == "estimate"]
        analysis = study.analysis("dose-response", models=["log-logistic-4"], robust=method,
                                  interval="wald", points=published_points("outlier"))
        for row in rows:
            study.expect(analysis, {"parameter": row["name"]}, "estimate", row["value"], 6,
                         measure="log-logistic-4", method="")
    seen = set()
    for (dataset, curve, model, response), rows in grouped(
            table("DoseResponse/likelihoods"), "dataset", "curve", "model", "response").items():
        if response in seen or curve:
            continue
        seen.add(response)
        analysis = study.analysis("dose-response", models=[model], response=response,
                                  interval="wald", effects=[50], points=published_points(dataset))
        for row in rows:
            if row["statistic"] == "estimate":
                study.expect(analysis, {"parameter": row["name"]}, "estimate", row["value"], 7,
                             measure=model, method="")


def nist():
    study = Study("nist", "NIST's nonlinear regressions that are dose-response curves",
                  "NIST/ITL, Statistical Reference Datasets, nonlinear regression; the certified "
                  "values, at 60 digits", digits=8)
    values = {(row["dataset"], row["parameter"]): (Decimal(row["value"]),
                                                  Decimal(row["standard_deviation"]))
              for row in table("certified", HERE.parent / "nist")}
    for name, model, more in (("Misra1a", "asymptotic-regression-2", {}),
                              ("BoxBOD", "asymptotic-regression-2", {}),
                              ("Rat42", "logistic-3", {}),
                              ("Rat43", "logistic-5", {"constraints": {"lower": 0}})):
        analysis = study.analysis(
            "dose-response", title=name, models=[model], interval="wald", **more,
            points=[{"dose": float(row["x1"]), "response": float(row["y"])}
                    for row in table("data", HERE.parent / "nist") if row["dataset"] == name])
        b = {key[1]: value for key, value in values.items() if key[0] == name}
        expected = {"upper": b["b1"]}
        if model == "asymptotic-regression-2":
            expected["scale"] = (1 / b["b2"][0], b["b2"][1] / b["b2"][0] ** 2)
        else:
            expected["slope"] = (-b["b3"][0], b["b3"][1])
            expected["location"] = (b["b2"][0] / b["b3"][0], None)
        if name == "Rat43":
            expected["asymmetry"] = (1 / b["b4"][0], b["b4"][1] / b["b4"][0] ** 2)
        for parameter, (value, error) in expected.items():
            where = {"parameter": parameter}
            study.expect(analysis, where, "estimate", str(value), measure=model, method="")
            if error is not None:
                study.expect(analysis, where, "standard_error", str(error), 7, measure=model)
    study.write()


def assays():
    study = Study("computed-assays", "Plates and response surfaces",
                  "Computed at 50 digits: Datasets/References/DoseResponse")
    wells = [row for row in table("DoseResponse/plate-wells") if row["plate"] == "absorbance"]
    study.assays = [{
        "id": "absorbance", "simulated": True, "response": {"name": "Absorbance", "unit": ""},
        "dose": {"name": "Dose", "unit": "uM"},
        "wells": [{"plate": "absorbance", "row": int(row["row"]), "column": int(row["column"]),
                   "role": row["role"], "response": float(row["response"]),
                   **({"dose": 1} if row["role"] == "sample" else {})} for row in wells]}]
    analysis = study.analysis("plate-quality", assay="absorbance")
    names = ("vehicle_mean", "vehicle_sd", "blank_mean", "positive_mean", "cv", "z_prime",
             "robust_z_prime", "ssmd", "signal_window", "signal_to_background", "positive_percent")
    for row in table("DoseResponse/plates"):
        if row["plate"] == "absorbance" and row["statistic"] in names:
            study.expect(analysis, {"plate": "absorbance"}, row["statistic"], row["value"],
                         measure="quality")
    runs = [row for row in table("DoseResponse/surface-data") if row["dataset"] == "chemical"]
    study.tables["chemical.csv"] = "x1,x2,response\n" + "".join(
        ",".join(row["factors"].split() + [row["response"]]) + "\n" for row in runs)
    analysis = study.analysis(
        "response-surface", factors=[{"name": "x1", "unit": "min"}, {"name": "x2", "unit": "F"}],
        data={"path": "chemical.csv"}, order="quadratic", goal="maximum")
    for row in table("DoseResponse/surface"):
        if row["dataset"] != "chemical":
            continue
        if row["quantity"] == "coefficient":
            where = {"coefficient": row["name"]}
            study.expect(analysis, where, "estimate", row["value"], 8, measure="response-surface")
            study.expect(analysis, where, "standard_error", row["standard_error"], 8,
                         measure="response-surface")
        elif row["quantity"] == "fit" and row["name"] in ("rss", "sigma", "r_squared"):
            study.expect(analysis, {"fit": ""}, row["name"], row["value"], 8,
                         measure="response-surface")
    study.write()


def matrix(text):
    return [[int(cell) for cell in row.split()] for row in text.split(";")]


def graded():
    study = Study("computed-graded-outcomes", "Graded outcomes",
                  "Computed at 80 digits, exact tests in integers: Datasets/References/Ordinal")
    for (text,), rows in list(grouped(table("Ordinal/trend"), "table").items())[:3]:
        groups = [{"label": f"Group {i + 1}", "score": float(g.split()[0]),
                   "events": int(g.split()[1]), "subjects": int(g.split()[2])}
                  for i, g in enumerate(text.split(";"))]
        analysis = study.analysis("trend", groups=groups, methods=[r["method"] for r in rows])
        for row in rows:
            study.expect(analysis, {}, "statistic", row["statistic"], method=row["method"])
            study.expect(analysis, {}, "p_value", row["p"], method=row["method"])
    ordinal = grouped(table("Ordinal/ordinal"), "table")
    odds = grouped(table("Ordinal/proportional-odds"), "table")
    wins = grouped(table("Ordinal/win-odds"), "table")
    for (text,), rows in list(ordinal.items())[:4]:
        counts = matrix(text)
        more = (["proportional-odds"] if (text,) in odds else []) + (
            ["win-odds"] if (text,) in wins else [])
        analysis = study.analysis(
            "ordinal", categories=[f"Grade {k}" for k in range(len(counts[0]))],
            groups=[{"label": f"Group {i}", "counts": row} for i, row in enumerate(counts)],
            methods=[r["method"] for r in rows] + more)
        for row in rows:
            study.expect(analysis, {}, "statistic", row["statistic"], method=row["method"])
            study.expect(analysis, {}, "p_value", row["p"], method=row["method"])
        columns = {"estimate": "estimate", "standard_error": "se", "lower": "lower",
                   "upper": "upper", "p_value": "p"}
        for row in odds.get((text,), []):
            for statistic, column in columns.items():
                study.expect(analysis, {"group": f"Group {row['group']}"}, statistic, row[column],
                             method="proportional-odds", digits=9)
        for row in wins.get((text,), []):
            for statistic, column in {**columns, "win": "win", "loss": "loss",
                                      "theta": "theta"}.items():
                study.expect(analysis, {}, statistic, row[column], method="win-odds")
    for (text,), rows in list(grouped(table("Ordinal/kappa"), "table").items())[:2]:
        square = matrix(text)
        analysis = study.analysis(
            "agreement", categories=[f"Grade {k}" for k in range(len(square))], table=square,
            methods=[r["method"] for r in rows])
        for row in rows:
            for statistic, column in {"estimate": "estimate", "standard_error": "se",
                                      "lower": "lower", "upper": "upper", "z": "z",
                                      "null_standard_error": "null_se"}.items():
                study.expect(analysis, {}, statistic, row[column], method=row["method"])
    for (text,), rows in list(grouped(table("Ordinal/shift"), "table").items())[:2]:
        square = matrix(text)
        analysis = study.analysis(
            "shift", categories=[f"Grade {k}" for k in range(len(square))], table=square,
            methods=[r["method"] for r in rows])
        for row in rows:
            for statistic, column in (("statistic", "statistic"), ("p_value", "p")):
                study.expect(analysis, {}, statistic, row[column], method=row["method"])
    study.write()


if __name__ == "__main__":
    for write in (one_group, two_groups, strata, indirect, graded, pooled, curves, nist, assays):
        write()
