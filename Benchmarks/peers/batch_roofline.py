"""How near to the machine's limits the kernels of batches are, from counted operations and bytes.

Counted as the kernels are written: each of + - * / is an operation, a fused multiplication with addition
two; comparisons, choices and moves none. An evaluation of a curve is its sum of squares with what its step
needs, the plateaus eliminated; of the six of most curves two have first derivatives, two second ones too,
one the gradient alone and the last first derivatives again. For doses at equal steps of their logarithms, as they are
here.
"""
import textwrap

# The exponent split off, a polynomial of degree 11, scaled.
EXPONENTIAL = 30
# An argument, and by shape the share and its two derivatives: of the normal distribution with its tail,
# of Gumbel's with two exponentials. The logistic one has eᶻ as a geometric sequence.
SHAPES = {"log-logistic": 3 + 4, "log-normal": 2 + 82 + 2, "weibull": 2 + 2 * EXPONENTIAL + 4,
          "gompertz": 2 + 2 * EXPONENTIAL + 4}
# The fifth parameter's power, by a logarithm and an exponential.
MORE_SHAPES = {"log-logistic-5": 60}
# The plateaus' sums, the residual, and sums of products: on the average of those six.
SUMS = 28
# Once an evaluation, on the average: matrices, a step; and what starts the sequence.
AN_EVALUATION = 65 + 2 * EXPONENTIAL
# Once a point: its dose's mean, its square about it. Once a dose: centring. Once a curve: the start's
# refinement, variances, standard errors.
A_POINT = 5
A_DOSE = 5
A_CURVE = 200
# So many evaluations of a fit are in single precision, at least.
SINGLE_EVALUATIONS = 4


def named(counts, model, otherwise=0):
    """The count of the longest name that the model's begins with."""
    names = [name for name in counts if model.startswith(name)]
    return counts[max(names, key=len)] if names else otherwise


def starts(model, levels):
    """Four slopes at a location more than there are doses, rising and falling where those differ."""
    return 4 * (levels + 1) * (1 if model.startswith(("log-logistic", "log-normal")) else 2)


def at_dose(model):
    return named(SHAPES, model) + named(MORE_SHAPES, model) + SUMS


def single_operations(model, levels):
    """Operations of a fit in single precision: its starts and the first evaluations."""
    evaluation = levels * at_dose(model) + AN_EVALUATION
    return SINGLE_EVALUATIONS * evaluation + starts(model, levels) * 2 * (levels + 1)


def operations(model, levels, points, evaluations):
    """Operations of a fit."""
    evaluation = levels * at_dose(model) + AN_EVALUATION
    return (single_operations(model, levels) + (evaluations - SINGLE_EVALUATIONS) * evaluation
            + A_POINT * points + A_DOSE * levels + A_CURVE)


def in_double(model, levels, points, evaluations):
    """As many operations in double precision take as long: a vector holds half as many numbers."""
    return operations(model, levels, points, evaluations) - single_operations(model, levels) / 2


def moved(points, columns):
    """Bytes of a fit: its responses read, its row of results written."""
    return 8 * (points + columns)


# A fit of many rows: a pass for moments by intervals of dose, then some of Gauss and Newton's over all
# rows, each with the dose's logarithm (38), the share and its derivatives (38), the residual (5) and
# fifteen sums of products.
ROW_PASSES = 3
ROW_OPERATIONS = 20 + ROW_PASSES * (38 + 38 + 5 + 2 * 15)
ROW_BYTES = 16 * (1 + ROW_PASSES)

EXPLANATION = textwrap.fill(f"""Operations are counted from the kernels, not measured: + − × ÷ one each, though a
division takes as long as several, and a fused multiplication with addition two. At each distinct dose of
an evaluation log-logistic curves take {at_dose("log-logistic-4")}, log-normal ones {at_dose("log-normal-4")}, Weibull's {at_dose("weibull-1-4")}; an evaluation
{AN_EVALUATION} more, each of four times as many starts as doses two a dose, each point {A_POINT}, a curve {A_CURVE}.
Evaluations are those that the fits report; the starts and the first {SINGLE_EVALUATIONS} are in single precision, and
count half in the share of the limit, which is that of double precision. Bytes are those of the responses and the results; of a fit of
many rows those of one pass for moments and {ROW_PASSES} over all rows. The limits are measured in the same run
(`peers/native/limits.c`): multiplications with additions in registers with the same instructions, and
copying of memory.""", 105, break_on_hyphens=False)
