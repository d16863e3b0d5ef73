"""Writes metafor.csv: python generate_metafor.py metafor.json cmel.json

What another package gives (metafor 5.1-12 under R 4.2.2, with tolerances of 1e-14), and independent
values of its exact conditional model. Generalised linear mixed models of that package are left out:
it uses Laplace's approximation, and stops early.
"""

import json
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))


def leaves(path, value):
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(path + [key], inner)
    elif isinstance(value, list):
        for i, inner in enumerate(value, 1):
            yield from leaves(path + [str(i)], inner)
    elif value is not None:
        yield path, value


with open(os.path.join(HERE, "metafor.csv"), "w", encoding="utf-8") as out:
    out.write("# metafor 5.1-12, R 4.2.2, tolerances 1e-14; add 1/2 to only0, ratios on the log scale, double zeros out for OR and RR; CM.EL: an independent computation. Vectors are numbered from 1\n")
    out.write("dataset,measure,model,statistic,value\n")
    for dataset, measures in json.load(open(sys.argv[1], encoding="utf-8")).items():
        for measure, models in measures.items() if dataset != "meta" else ():
            for model, value in models.items() if measure != "data" else ():
                if model.startswith("GLMM"):
                    continue
                for path, leaf in leaves([], value):
                    row = dataset.replace("_partial", ""), measure, model, ".".join(path), leaf
                    out.write(",".join(map(str, row)) + "\n")
    for dataset, value in json.load(open(sys.argv[2], encoding="utf-8")).items():
        for path, leaf in leaves([], value):
            out.write(",".join(map(str, (dataset, "OR", "CM.EL", ".".join(path), leaf))) + "\n")
