// The loops of curve_kernels.h for one set of instructions: CURVES(name) is the name they get.

#include "curve_candidates.h"
#include "curve_jumps.h"
#include "curve_reduction.h"
#include "curve_reports.h"
#include "curve_starts.h"
#include "curve_steps.h"

void CURVES(reduce)(const struct curve_reduction *reduction, long count, long stride,
                    const double *responses, double *means, double *data, double *state,
                    double *scratch) {
  vd *sums = (vd *)scratch, *values = sums + reduction->doses;
  for (long i = 0; i < count; i += VECTOR_LANES) {
    const double *rows[VECTOR_LANES];
    for (long l = 0; l < VECTOR_LANES; l++) {
      rows[l] = responses + (i + l < count ? i + l : count - 1) * reduction->points;
    }
    v_reduce(reduction, rows, stride, means + i, data + i, state + i, sums, values);
  }
}

void CURVES(report)(const struct curve_report *report, long count, long stride,
                    const double *state, const double *data, double *scratch, double *results) {
  const int width = report->columns;
  for (long i = 0; i < count; i += VECTOR_LANES) {
    v_report(report, stride, state + i, data + i, scratch, VECTOR_LANES);
    const long lanes = count - i < VECTOR_LANES ? count - i : VECTOR_LANES;
    for (long l = 0; l < lanes; l++) {
      double *row = results + (i + l) * width;
      for (int column = 0; column < width; column++) row[column] = scratch[column * VECTOR_LANES + l];
    }
  }
}

/// Calls CALL(FREE, WEIGHTS) for the free plateaus, 0 to 2, with and without weights.
#define FOR_PLATEAUS_AND_WEIGHTS(CALL)                              \
  switch (design->free_plateaus) {                                  \
  case 0:                                                           \
    if (weights) CALL(0, weights + i) else CALL(0, (double *)0)     \
    break;                                                          \
  case 1:                                                           \
    if (weights) CALL(1, weights + i) else CALL(1, (double *)0)     \
    break;                                                          \
  default:                                                          \
    if (weights) CALL(2, weights + i) else CALL(2, (double *)0)     \
    break;                                                          \
  }

void CURVES(start)(const struct curve_design *design, const struct curve_grid *grid, long count,
                   long stride, const double *means, const double *weights, double *state) {
#define START(FREE, WEIGHTS)                                                          \
  {                                                                                   \
    for (long i = 0; i < count; i += VECTOR_LANES)                                    \
      v_start(FREE, design, grid, stride, means + i, WEIGHTS, state + i);             \
  }
  FOR_PLATEAUS_AND_WEIGHTS(START)
}

void CURVES(candidates)(const struct curve_design *design, const struct curve_grid *grid,
                        long count, long stride, const double *means, const double *weights,
                        int candidates, double *slopes, double *locations, double *scores) {
#define FIND(FREE, WEIGHTS)                                                            \
  {                                                                                    \
    for (long i = 0; i < count; i += VECTOR_LANES)                                     \
      v_find_candidates(FREE, design, grid, stride, means + i, WEIGHTS, candidates,    \
                        slopes + i, locations + i, scores + i);                        \
  }
  FOR_PLATEAUS_AND_WEIGHTS(FIND)
}

void CURVES(jump)(const struct curve_design *design, long count, long stride, const double *means,
                  const double *weights, double *slopes, double *locations) {
#define JUMP(FREE, WEIGHTS)                                                                 \
  {                                                                                         \
    for (long i = 0; i < count; i += VECTOR_LANES)                                          \
      v_find_jump(FREE, design, stride, means + i, WEIGHTS, slopes + i,        \
                  locations + i);                                                           \
  }
  FOR_PLATEAUS_AND_WEIGHTS(JUMP)
}

void CURVES(descend)(const struct curve_design *design, long count, long stride,
                     const double *means, const double *weights, int evaluations, int gauss,
                     double *state) {
#define DESCEND(SHAPE, FREE, WEIGHTS)                                                      \
  {                                                                                        \
    for (long i = 0; i < count; i += VECTOR_LANES)                                         \
      v_descend(SHAPE, FREE, design, stride, means + i, WEIGHTS, evaluations, gauss, state + i); \
  }
#define LOGISTIC(FREE, WEIGHTS) DESCEND(curve_logistic, FREE, WEIGHTS)
#define NORMAL(FREE, WEIGHTS) DESCEND(curve_normal, FREE, WEIGHTS)
#define GUMBEL(FREE, WEIGHTS) DESCEND(curve_gumbel, FREE, WEIGHTS)
#define COMPLEMENTARY(FREE, WEIGHTS) DESCEND(curve_complementary_gumbel, FREE, WEIGHTS)
  switch (design->shape) {
  case curve_logistic: FOR_PLATEAUS_AND_WEIGHTS(LOGISTIC) break;
  case curve_normal: FOR_PLATEAUS_AND_WEIGHTS(NORMAL) break;
  case curve_gumbel: FOR_PLATEAUS_AND_WEIGHTS(GUMBEL) break;
  default: FOR_PLATEAUS_AND_WEIGHTS(COMPLEMENTARY) break;
  }
}
