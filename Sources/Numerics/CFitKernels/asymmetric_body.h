// The loops of asymmetric_kernels.h for one set of instructions: CURVES(name) is the name they get.

#include "include/asymmetric_kernels.h"
#include "vector_math.h"

typedef struct curve_design v_design;
typedef struct curve_grid v_grid;

#include "asymmetric_descent.h"
#include "asymmetric_reports.h"
#include "asymmetric_starts.h"

/// Calls CALL(FREE, WEIGHTS) for the free plateaus, 0 to 2, with and without weights.
#define FOR_PLATEAUS_AND_WEIGHTS(CALL)                                  \
  switch (design->curve.free_plateaus) {                                \
  case 0:                                                               \
    if (weights) CALL(0, weights + i) else CALL(0, (double *)0)         \
    break;                                                              \
  case 1:                                                               \
    if (weights) CALL(1, weights + i) else CALL(1, (double *)0)         \
    break;                                                              \
  default:                                                              \
    if (weights) CALL(2, weights + i) else CALL(2, (double *)0)         \
    break;                                                              \
  }

void CURVES(start)(const struct asymmetric_design *design, const struct asymmetric_grid *grid,
                   long count, long stride, const double *means, const double *weights,
                   double *candidates) {
#define START(FREE, WEIGHTS)                                                             \
  {                                                                                      \
    for (long i = 0; i < count; i += VECTOR_LANES)                                       \
      v_start3(FREE, design, grid, stride, means + i, WEIGHTS, candidates + i);          \
  }
  FOR_PLATEAUS_AND_WEIGHTS(START)
}

void CURVES(descend)(const struct asymmetric_design *design, long count, long stride,
                     const double *means, const double *weights, int evaluations,
                     double *state) {
#define DESCEND(FREE, WEIGHTS)                                                           \
  {                                                                                      \
    for (long i = 0; i < count; i += VECTOR_LANES)                                       \
      v_descend3(FREE, design, stride, means + i, WEIGHTS, evaluations, state + i);      \
  }
  FOR_PLATEAUS_AND_WEIGHTS(DESCEND)
}

void CURVES(report)(const struct asymmetric_report *report, long count, long stride,
                    const double *state, const double *data, double *scratch, double *results) {
  const int width = report->curve.columns;
  for (long i = 0; i < count; i += VECTOR_LANES) {
    v_report3(report, stride, state + i, data + i, scratch, VECTOR_LANES);
    const long lanes = count - i < VECTOR_LANES ? count - i : VECTOR_LANES;
    for (long l = 0; l < lanes; l++) {
      double *row = results + (i + l) * width;
      for (int column = 0; column < width; column++) row[column] = scratch[column * VECTOR_LANES + l];
    }
  }
}
