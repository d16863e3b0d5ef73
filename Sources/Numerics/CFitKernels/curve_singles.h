#pragma once

#include "curve_starts.h"
#include "curve_steps.h"

/// As many doubles as a vector has lanes.
typedef double v_doubles __attribute__((vector_size(8 * VECTOR_LANES)));
typedef double v_doubles_anywhere
    __attribute__((vector_size(8 * VECTOR_LANES), aligned(8), may_alias));

VECTOR v_doubles v_doubles_load(const double *x) { return *(const v_doubles_anywhere *)x; }

VECTOR void v_doubles_store(double *x, v_doubles value) { *(v_doubles_anywhere *)x = value; }

VECTOR vd v_narrow(v_doubles x) { return __builtin_convertvector(x, vd); }

VECTOR v_doubles v_widen(vd x) { return __builtin_convertvector(x, v_doubles); }

/// A design that counts positions from the middle in halves of the width, and its grid.
typedef struct {
  double middle, unit;
  real positions[MOST_DOSES];
  v_design design;
  v_grid grid;
} v_scaled_design;

/// Sets `scaled` to a design in units that single precision is enough for.
static inline void v_scale(const struct curve_design *design, const struct curve_grid *grid,
                           v_scaled_design *scaled) {
  const int first = design->starts_at_zero;
  const double start = design->positions[first], end = design->positions[design->doses - 1];
  const double middle = 0.5 * (start + end), unit = 0.5 * (end - start);
  scaled->middle = middle;
  scaled->unit = unit;
  // A dose of 0 is so far down that no slope leads back, and its square in range.
  scaled->positions[0] = -1e4f;
  for (int k = first; k < design->doses; k++) {
    scaled->positions[k] = (real)((design->positions[k] - middle) / unit);
  }
  scaled->design = (v_design){
      .doses = design->doses, .positions = scaled->positions, .step = (real)(design->step / unit),
      .starts_at_zero = first, .is_mirrored = design->is_mirrored, .least_slope = (real)(design->least_slope * unit),
      .greatest_slope = (real)(design->greatest_slope * unit),
      .least_location = (real)((design->least_location - middle) / unit),
      .greatest_location = (real)((design->greatest_location - middle) / unit)};
  if (!grid) return;
  scaled->grid = (v_grid){
      .signs = grid->signs, .slopes = grid->slopes, .locations = grid->locations,
      .first_log_slope = (real)(grid->first_log_slope + __builtin_log(unit)),
      .log_slope_step = (real)grid->log_slope_step,
      .first_location = (real)((grid->first_location - middle) / unit),
      .location_step = (real)(grid->location_step / unit), .rises = grid->rises,
      .shares = grid->single_shares, .squares = grid->single_squares};
}

/// The data of some curves, each of length 1 where the span is free, and their weights. Returns what the
/// data were multiplied by.
VECTOR v_doubles v_narrow_data(int free_plateaus, const struct curve_design *design, long stride,
                          const double *means, const double *weights, vd *data, vd *counts) {
  const int doses = design->doses;
  v_doubles size = {};
  for (int k = 0; k < doses; k++) {
    const v_doubles mean = v_doubles_load(means + k * stride);
    size += mean * mean;
    if (weights) counts[k] = v_narrow(v_doubles_load(weights + k * stride));
  }
  // Data that are all 0 stay so.
  const v_doubles one = 1 + (v_doubles){};
  const v_doubles scale =
      free_plateaus > 0 ? one / (__builtin_elementwise_sqrt(size) + 1e-300) : one;
  for (int k = 0; k < doses; k++) {
    const v_doubles mean = v_doubles_load(means + k * stride);
    data[k] = v_narrow(mean * scale);
  }
  return scale;
}

/// A descent from the best of the starts, or from the state. Meanwhile `ahead`, if not null, is fetched,
/// `width` numbers a curve.
VECTOR void v_approach(int shape, int free_plateaus, const struct curve_design *design,
                       const v_scaled_design *scaled, int has_grid, long stride,
                       const double *means, const double *weights, int evaluations, int gauss,
                       double *state, const double *ahead, long width) {
  // In thirds, since a processor waits for no more than some tens of lines at a time.
  const long share = VECTOR_LANES * width / 3;
  if (ahead) FETCH_AHEAD(ahead, share, 0);
  vd data[MOST_DOSES], counts[MOST_DOSES];
  const v_doubles scale =
      v_narrow_data(free_plateaus, design, stride, means, weights, data, counts);
  const real *first = (const real *)data, *first_count = weights ? (const real *)counts : 0;
  if (ahead) FETCH_AHEAD(ahead + share, share, 0);
  const v_begin start =
      has_grid ? v_start(free_plateaus, &scaled->design, &scaled->grid, VECTOR_LANES, first,
                         first_count)
               : (v_begin){
                   v_narrow(v_doubles_load(state + curve_slope * stride) * scaled->unit),
                   v_narrow((v_doubles_load(state + curve_location * stride) - scaled->middle)
                            * (1 / scaled->unit))};
  if (ahead) FETCH_AHEAD(ahead + 2 * share, share, 0);
  const v_search at =
      v_descend(shape, free_plateaus, &scaled->design, VECTOR_LANES, first, first_count,
                v_all(1e-13), evaluations, gauss, start.slope, start.location);
  v_doubles_store(state + curve_slope * stride, v_widen(at.next_slope) * (1 / scaled->unit));
  v_doubles_store(state + curve_location * stride,
                  scaled->middle + scaled->unit * v_widen(at.next_location));
  const vd inverse = 1 / v_determinant(at.matrix);
  const v_doubles squared = scale * scale, per_slope = squared * (1 / scaled->unit);
  v_doubles_store(state + curve_inverse_11 * stride, v_widen(at.matrix.v22 * inverse) * squared);
  v_doubles_store(state + curve_inverse_12 * stride, v_widen(-at.matrix.v12 * inverse) * per_slope);
  v_doubles_store(state + curve_inverse_22 * stride,
                  v_widen(at.matrix.v11 * inverse) * (per_slope * (1 / scaled->unit)));
  const v_doubles unit = 1 / squared;
  v_doubles_store(state + curve_squares * stride, v_widen(at.squares) * unit);
  v_doubles_store(state + curve_promise * stride, v_widen(at.step.promise) * unit);
  v_doubles_store(state + curve_evaluations * stride,
                  v_doubles_load(state + curve_evaluations * stride) + evaluations);
}
