"""Writes curve-lots-data.csv and curve-lots.csv: the ED50 of simulated lots, pooled at 50 digits.

Each lot is fitted by least squares; the logarithms of the ED50, with variances by the delta method,
are pooled by restricted maximum likelihood, whose score in tau^2 is brought to 0.
"""

from pathlib import Path

from fitting import *
from mpmath import findroot, gammainc

LOTS = {"A": ("5.2", 0), "B": ("7.1", 5), "C": ("8.8", 11), "D": ("11.9", 14)}
SHAPE = ["1.4", "0.8", "9.5"]
ERRORS = [0.61, -1.13, 0.37, 1.49, -0.52, -0.08, 0.93, -1.61, 0.24, -0.71, 1.12, -0.33, 0.05, 0.78, -0.96, -1.27, 0.44,
          1.03, -0.19, 0.66]
DOSES = [0, 0, 0, 0.3, 0.3, 1, 1, 1, 3, 3, 10, 10, 10, 30, 30, 100, 100, 300, 300, 300]
HEADER = f"""\
# curve_lots.py, {VERSIONS}; simulated lots in curve-lots-data.csv
# lot ED50 and its standard error by least squares; pooled: log ED50 by REML, tau is between_lot_sd, the CV sqrt(exp(tau^2) - 1); Q of Cochran.
# standard_error and limits by Hartung and Knapp, the factor at least 1, t of k - 1; prediction: t of k - 2 and sqrt(tau^2 + SE^2).
lot,statistic,value"""


def reml_score(tau2, y, v):
    """Twice the derivative of the restricted log-likelihood."""
    w = [1 / (a + tau2) for a in v]
    mean = sum(a * b for a, b in zip(w, y)) / sum(w)
    return sum(a * a * (b - mean) ** 2 for a, b in zip(w, y)) - sum(w) + sum(a * a for a in w) / sum(w)


def main():
    curve = Model("log-logistic-4")
    lines, data = HEADER.splitlines(), ["# curve_lots.py; simulated", "lot,dose,response"]
    y, v = [], []
    for lot, (ed50, shift) in LOTS.items():
        truth = [mpf(t) for t in [*SHAPE, ed50]]
        sample = [Point(mpf(x), mpf(str(round(float(curve.response(mpf(x), truth))
                                              + 0.3 * ERRORS[(i * 7 + shift) % 20], 3)))) for i, x in enumerate(DOSES)]
        data += [f"{lot},{float(p.dose)!r},{float(p.response)!r}" for p in sample]
        fit = Fit(curve, sample)
        dose, error = fit.estimates[3], sqrt(fit.expected[3, 3])
        lines += [f"{lot},ed50,{text(dose)}", f"{lot},standard_error,{text(error)}"]
        y.append(log(dose))
        v.append((error / dose) ** 2)
    tau2 = findroot(lambda t: reml_score(t, y, v), (mpf("0.02"), mpf("0.2")), solver="anderson", tol=mpf(10) ** -60)
    assert tau2 > 0 and reml_score(mpf(0), y, v) > 0
    w = [1 / (a + tau2) for a in v]
    mean, variance = sum(a * b for a, b in zip(w, y)) / sum(w), 1 / sum(w)
    plain = [1 / a for a in v]
    common = sum(a * b for a, b in zip(plain, y)) / sum(plain)
    q = sum(a * (b - common) ** 2 for a, b in zip(plain, y))
    k = len(y)
    error = sqrt(variance * max(1, sum(a * (b - mean) ** 2 for a, b in zip(w, y)) / (k - 1)))
    t, wide = sqrt(f_quantile("0.95", k - 1)), sqrt(f_quantile("0.95", k - 2)) * sqrt(tau2 + error ** 2)
    for name, value in (("estimate", exp(mean)), ("standard_error", exp(mean) * error),
                        ("lower", exp(mean - t * error)), ("upper", exp(mean + t * error)),
                        ("prediction_lower", exp(mean - wide)), ("prediction_upper", exp(mean + wide)),
                        ("between_lot_sd", sqrt(tau2)), ("between_lot_cv", sqrt(exp(tau2) - 1)), ("q", q),
                        ("q_df", mpf(k - 1)),
                        ("q_p_value", gammainc(mpf(k - 1) / 2, q / 2, regularized=True))):
        lines.append(f"pooled,{name},{text(value)}")
    here = Path(__file__).parent
    (here / "curve-lots.csv").write_text("\n".join(lines) + "\n")
    (here / "curve-lots-data.csv").write_text("\n".join(data) + "\n")


main()
