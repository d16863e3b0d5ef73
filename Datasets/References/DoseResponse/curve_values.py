"""Writes curve-values.csv: responses and gradients of every model, at ordinary and extreme doses."""

from pathlib import Path

from curves import *

DOSES = [0, 1e-12, 1e-3, 0.3, 1.0, 2.7, 40.0, 1e4, 1e12]
POSITIONS = [-40.0, -1.5, 0.0, 0.7, 3.0, 25.0]
SHAPES = {
    "slope": [0.35, 2.5, -1.75, 50.0, -50.0],
    "rest": {"lower": 0.25, "upper": 7.5, "ed50": 2.75, "location": 2.75, "asymmetry": 0.625, "scale": 3.5,
             "hormesis": 1.125, "e0": 0.5, "emax": -3.25, "e1": 0.75, "hill": 1.375, "intercept": 0.5,
             "curvature": -0.125, "mean": 4.5},
}

rows = [f"# curve_values.py, {VERSIONS}; gradient by central differences, good to 20 digits",
        "model,dose,parameters,response,gradient"]
for name, (parameters, f) in MODELS.items():
    sigmoid = "slope" in parameters and name not in ("linear", "quadratic")
    linear_dose = name.startswith(("logistic", "gompertz"))
    doses = POSITIONS if linear_dose else DOSES
    if name == "exponential":
        doses = [d for d in doses if d < 1e3]
    slopes = SHAPES["slope"] if sigmoid else [1.5]
    if name.startswith(("brain", "cedergreen")):
        slopes = [b for b in slopes if b > 0]
    for slope in slopes:
        values = [mpf(slope) if p == "slope" else mpf(SHAPES["rest"][p]) for p in parameters]
        for dose in doses:
            x = mpf(dose)
            response = f(x, *values)
            rows.append(",".join([name, repr(float(dose)), " ".join(repr(float(v)) for v in values), text(response),
                                  " ".join(text(g) for g in gradient(f, x, values))]))
Path(__file__).with_name("curve-values.csv").write_text("\n".join(rows) + "\n")
