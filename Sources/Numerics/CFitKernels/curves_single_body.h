// The loops in single precision for one set of instructions: CURVES(name) is the name they get.

#include "include/curve_kernels.h"
#include "vector_math_single.h"

/// The fields of `curve_design` and `curve_grid` that the descent and its starts need.
typedef struct {
  int doses;
  const real *positions;
  real step;
  int starts_at_zero, is_mirrored;
  /// 0, from which positions are counted.
  real middle;
  real least_slope, greatest_slope, least_location, greatest_location;
} v_design;

typedef struct {
  int signs, slopes, locations;
  real first_log_slope, log_slope_step, first_location, location_step;
  int rises;
  const real *shares, *squares;
} v_grid;

#include "curve_choices.h"
#include "curve_singles.h"
#include "curve_candidates.h"

void CURVES(approach)(const struct curve_design *design, const struct curve_grid *grid,
                      long count, long stride, const double *means, const double *weights,
                      int evaluations, int gauss, double *state, const double *ahead, long width) {
  v_scaled_design scaled;
  v_scale(design, grid, &scaled);
#define APPROACH(SHAPE, FREE, WEIGHTS)                                                  \
  {                                                                                     \
    for (long i = 0; i < count; i += VECTOR_LANES) {                                    \
      v_approach(SHAPE, FREE, design, &scaled, grid != 0, stride, means + i, WEIGHTS,   \
                 evaluations, gauss, state + i, ahead ? ahead + i * width : 0, width);                                        \
    }                                                                                   \
  }
  FOR_SHAPES(APPROACH)
}

void CURVES(candidates)(const struct curve_design *design, const struct curve_grid *grid,
                        long count, long stride, const double *means, const double *weights,
                        int candidates, double *slopes, double *locations, double *scores) {
  v_scaled_design scaled;
  v_scale(design, grid, &scaled);
#define FIND(FREE, WEIGHTS)                                                                  \
  {                                                                                          \
    for (long i = 0; i < count; i += VECTOR_LANES)                                           \
      v_find_candidates(FREE, design, grid, &scaled, stride, means + i, WEIGHTS, candidates, \
                        slopes + i, locations + i, scores + i);                              \
  }
  FOR_PLATEAUS_AND_WEIGHTS(FIND)
}
