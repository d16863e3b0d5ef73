"""Writes exact.csv: the common odds or rate ratio given all margins, exact and mid-P.

The distribution is that of ../Comparison/conditional.py; alpha/2 in each tail, the p-value twice
the smaller tail and at most 1.
"""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "Comparison"))
from conditional import Sum

from meta import *

SETS = ("tpora8", "nissen2007_mi", "nissen2007_cvdeath", "nielweise2007", "metafor45", "hine1989",
        "rare12", "rare30", "one", "one_zero", "two", "equal", "no_treatment_events", "all_events")


def lines():
    mp.dps = 60
    for kind, measure, sets in (("risk", "odds-ratio", SETS), ("rate", "rate-ratio", (
            "nielweise2008", "person_time8", "rate_no_reference_events"))):
        for name in sets:
            studies = [s if kind == "risk" else (s[0], mpf(s[1]), s[2], mpf(s[3]))
                       for s in datasets(kind)[name]]
            law = Sum(measure, studies)
            for method, mid in (("exact-conditional", False), ("exact-conditional-mid-p", True)):
                estimate, lower, upper = law.limits(mpf("0.025"), mid)
                tail = min(law.tail(mpf(1), side, mid) for side in (-1, 1))
                for statistic, value in (("estimate", estimate), ("lower", lower), ("upper", upper),
                                         ("p_value", min(mpf(1), 2 * tail))):
                    if value is not None:
                        yield name, measure, method, statistic, value


write("exact.csv", f"generate_exact.py, {VERSIONS}; ratios, not logarithms; level 0.95",
      ("dataset", "measure", "method", "statistic", "value"), lines())
