// The loops of curve_kernels.h for one set of instructions: CURVES(name) is the name they get.

#include "include/curve_kernels.h"
#include "vector_math.h"

typedef struct curve_design v_design;

#include "curve_choices.h"
#include "curve_jumps.h"
#include "curve_reduction.h"
#include "curve_reports.h"
#include "curve_states.h"

void CURVES(reduce)(const struct curve_reduction *reduction, long count, long stride,
                    const double *responses, double *means, double *data, double *state,
                    double *scratch) {
  const long points = reduction->points;
  vd *values = (vd *)scratch;
  for (long i = 0; i < count; i += VECTOR_LANES) {
    FETCH_AHEAD(responses + (i + 2 * VECTOR_LANES) * points, VECTOR_LANES * points, 0);
    v_columns(reduction, responses + i * points, count - i, values);
    v_reduce(reduction, stride, values, means + i, data + i, state + i);
  }
}

void CURVES(report)(const struct curve_report *report, long count, long stride,
                    const double *state, const double *data, double *scratch, double *results) {
  const int width = report->columns;
  for (long i = 0; i < count; i += VECTOR_LANES) {
    FETCH_AHEAD(results + (i + 2 * VECTOR_LANES) * width, VECTOR_LANES * width, 1);
    v_report(report, stride, state + i, data + i, scratch, VECTOR_LANES);
    const long lanes = count - i < VECTOR_LANES ? count - i : VECTOR_LANES;
    v_transpose(scratch, VECTOR_LANES, width, lanes, results + i * width, width);
  }
}

void CURVES(jump)(const struct curve_design *design, long count, long stride, const double *means,
                  const double *weights, double *slopes, double *locations, double *limits) {
#define JUMP(FREE, WEIGHTS)                                                                 \
  {                                                                                         \
    for (long i = 0; i < count; i += VECTOR_LANES)                                          \
      v_find_jump(FREE, design, stride, means + i, WEIGHTS, slopes + i, locations + i,      \
                  limits + i);                                                              \
  }
  FOR_PLATEAUS_AND_WEIGHTS(JUMP)
}

void CURVES(descend)(const struct curve_design *design, long count, long stride,
                     const double *means, const double *weights, int evaluations, int gauss,
                     double *state) {
#define DESCEND(SHAPE, FREE, WEIGHTS)                                                      \
  {                                                                                        \
    for (long i = 0; i < count; i += VECTOR_LANES)                                         \
      v_go_on(SHAPE, FREE, design, stride, means + i, WEIGHTS, evaluations, gauss, state + i); \
  }
  FOR_SHAPES(DESCEND)
}

void CURVES(finish)(const struct curve_design *design, long count, long stride,
                    const double *means, const double *weights, double *state) {
#define FINISH(SHAPE, FREE, WEIGHTS)                                            \
  {                                                                             \
    for (long i = 0; i < count; i += VECTOR_LANES)                              \
      v_finish(SHAPE, FREE, design, stride, means + i, WEIGHTS, state + i);     \
  }
  FOR_SHAPES(FINISH)
}
