// The loops of curve_kernels.h for one set of instructions: CURVES(name) is the name they get.

#include "curve_profiles.h"
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

/// Calls CALL(SHAPE, FREE, WEIGHTS) for the shape and the free plateaus, with and without weights.
#define FOR_SHAPES(CALL)                                                      \
  switch (design->shape) {                                                    \
  case curve_logistic: FOR_PLATEAUS_AND_WEIGHTS(CALL##_LOGISTIC) break;       \
  case curve_normal: FOR_PLATEAUS_AND_WEIGHTS(CALL##_NORMAL) break;           \
  case curve_gumbel: FOR_PLATEAUS_AND_WEIGHTS(CALL##_GUMBEL) break;           \
  default: FOR_PLATEAUS_AND_WEIGHTS(CALL##_COMPLEMENTARY) break;              \
  }

void CURVES(descend)(const struct curve_design *design, long count, long stride,
                     const double *means, const double *weights, int evaluations, int gauss,
                     double *state) {
#define DESCEND(SHAPE, FREE, WEIGHTS)                                                      \
  {                                                                                        \
    for (long i = 0; i < count; i += VECTOR_LANES)                                         \
      v_descend(SHAPE, FREE, design, stride, means + i, WEIGHTS, evaluations, gauss, state + i); \
  }
#define DESCEND_LOGISTIC(FREE, WEIGHTS) DESCEND(curve_logistic, FREE, WEIGHTS)
#define DESCEND_NORMAL(FREE, WEIGHTS) DESCEND(curve_normal, FREE, WEIGHTS)
#define DESCEND_GUMBEL(FREE, WEIGHTS) DESCEND(curve_gumbel, FREE, WEIGHTS)
#define DESCEND_COMPLEMENTARY(FREE, WEIGHTS) DESCEND(curve_complementary_gumbel, FREE, WEIGHTS)
  FOR_SHAPES(DESCEND)
}

void CURVES(profile)(const struct curve_design *design, const struct curve_outlook *outlook,
                     long count, long stride, const double *means, const double *weights,
                     const double *state, const double *data, double *results) {
#define PROFILE(SHAPE, FREE, WEIGHTS)                                                            \
  {                                                                                              \
    for (long i = 0; i < count; i += VECTOR_LANES) {                                             \
      vd limits[2];                                                                              \
      v_profile(SHAPE, FREE, design, outlook, stride, means + i, WEIGHTS, state + i, data + i,   \
                &limits[0], &limits[1]);                                                         \
      const long lanes = count - i < VECTOR_LANES ? count - i : VECTOR_LANES;                    \
      for (int side = 0; side < 2; side++) {                                                     \
        const vd dose = v_dose(outlook, limits[side]);                                           \
        double *column = results + i * outlook->columns + outlook->lower_column + side;          \
        for (long l = 0; l < lanes; l++) column[l * outlook->columns] = dose[l];                 \
      }                                                                                          \
    }                                                                                            \
  }
#define PROFILE_LOGISTIC(FREE, WEIGHTS) PROFILE(curve_logistic, FREE, WEIGHTS)
#define PROFILE_NORMAL(FREE, WEIGHTS) PROFILE(curve_normal, FREE, WEIGHTS)
#define PROFILE_GUMBEL(FREE, WEIGHTS) PROFILE(curve_gumbel, FREE, WEIGHTS)
#define PROFILE_COMPLEMENTARY(FREE, WEIGHTS) PROFILE(curve_complementary_gumbel, FREE, WEIGHTS)
  FOR_SHAPES(PROFILE)
}
