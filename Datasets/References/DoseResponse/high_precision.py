"""Writes high-precision.csv: published bioassays fitted at 40 digits, transcribed.

The data sets are those of R's drc: ryegrass (Inderjit, Streibig & Olofsdotter 2002, Physiol. Plant.
114:422), lettuce (van Ewijk & Hoekstra 1993, Ecotoxicol. Environ. Saf. 25:25), secalonic (Gong et al.
2004), O.mykiss (OECD 2006), finney71 (Finney 1971) and deguelin. The values were
computed elsewhere with 40-digit arithmetic from these data; drc's own agree with them to the accuracy
its optimiser reaches.

Usage: high_precision.py FILE.json
"""

import json
import platform
import sys
from pathlib import Path

MODELS = {"LL.4": "log-logistic-4", "LL.5": "log-logistic-5", "W1.4": "weibull-1-4", "LN.4": "log-normal-4",
          "BC.4": "brain-cousens-4", "EXD.2": "exponential-decay-2", "LL.2": "log-logistic-2",
          "LL.2_binom": "log-logistic-2"}
facts = json.loads(Path(sys.argv[1]).read_text())
rows = [f"# high_precision.py, Python {platform.python_version()}; fits of R's drc data sets at 40 digits; doses in the data sets' units",
        "dataset,model,estimates,statistic,name,value"]
for name, fit in facts.items():
    dataset, suffix = name.split("_", 1)
    if suffix not in MODELS:
        continue
    head = f"{dataset},{MODELS[suffix]},{' '.join(fit['est'])}"
    for statistic, key in (("effective_dose", "ED"), ("dose_at_response", "absolute_ED")):
        for label, value in (fit.get(key) or {}).items():
            rows.append(f"{head},{statistic},{label},{value['est']}")
Path(__file__).with_name("high-precision.csv").write_text("\n".join(rows) + "\n")
