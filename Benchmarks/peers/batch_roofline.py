"""How near to the machine's limits the kernels of batches are, from counted operations and bytes.

Each of + - * / is an operation, a fused multiplication with addition two. An evaluation of a curve
is its value with first and second derivatives at every distinct dose, summed up for the step.
"""

# An exponential: the exponent split off (6), a polynomial of degree 11 (22), scaled (2).
EXPONENTIAL = 30
# At each dose of an evaluation: the argument (2), the share by one exponential (2 more), its two
# derivatives (6), and twenty products that are summed up, value and derivatives with plateaus in closed
# form.
AT_DOSE = 2 + EXPONENTIAL + 2 + 6 + 2 * 20
# More at each dose where the curve takes more than one exponential: a second one; a logarithm and
# powers; the tail of the normal distribution, by a rational function and an exponential.
MORE_AT_DOSE = {"weibull": EXPONENTIAL, "gompertz": EXPONENTIAL, "log-logistic-5": 2 * EXPONENTIAL,
                "log-normal": EXPONENTIAL + 30}
# Once an evaluation: plateaus and step by two equations each, the tests.
AN_EVALUATION = 60
# Once a curve: the scores of 36 starts, a product of each at each dose; standard errors of four
# parameters; and of each point, its dose's mean and square.
STARTS = 36
A_CURVE = 250
A_POINT = 4


def operations(model, levels, points, evaluations):
    """Operations of a fit."""
    more = sum(count for name, count in MORE_AT_DOSE.items() if model.startswith(name))
    evaluation = levels * (AT_DOSE + more) + AN_EVALUATION
    return evaluations * evaluation + 2 * STARTS * levels + A_CURVE + A_POINT * points


def moved(points, columns):
    """Bytes of a fit: its responses read, its row of results written."""
    return 8 * (points + columns)


def row_operations(evaluations):
    """Operations of a row in a fit of many rows."""
    return evaluations * (AT_DOSE + EXPONENTIAL)


def row_bytes(evaluations):
    """Bytes of a row: dose and response, read for each evaluation."""
    return 16 * evaluations


EXPLANATION = f"""Operations are counted, not measured: at each distinct dose of an evaluation {AT_DOSE} (an
exponential is {EXPONENTIAL}), {AN_EVALUATION} more an evaluation, {2 * STARTS} at each dose for the starts, {A_POINT} a point and
{A_CURVE} a curve; evaluations are the iterations that the fits report. Bytes are those of the responses and
of the results. The limits are measured in the same run (`peers/native/limits.c`): multiplications with
additions in registers with the same instructions, and copying of memory."""
