#pragma once

#include "curve_steps.h"

/// How well parameters are determined: the greatest variance inflation, and the variances over σ² of κ
/// and of the logarithm of the slope together.
typedef struct {
  vd inflation, spread;
} v_determination;

/// What is known of the curves where a search is done: the rows from base on.
VECTOR v_determination v_describe(int free_plateaus, const v_sums *s, vd slope, vl slope_held,
                                  vl location_held, v_step last, double *state, long stride) {
  const v_matrix m = v_gauss_matrix(free_plateaus, s);
  const vd inverse = 1 / v_determinant(m);
  v_matrix c = {m.v22 * inverse, -m.v12 * inverse, m.v11 * inverse};
  // By what is not held alone.
  const v_matrix by_location = {1 / m.v11, {}, {}}, by_slope = {{}, {}, 1 / m.v22}, none = {};
  c = v_choose(slope_held, v_choose(location_held, none, by_location),
               v_choose(location_held, by_slope, c));
  const vd squared = s->span * s->span;
  vd inflation = v_max(c.v11 * s->q11 * squared, c.v22 * s->q22 * squared);
  vd base = {}, span = s->span, base_base = {}, top_top = {};
  if (free_plateaus > 0) {
    const vd one = v_all(1), norm_inverse = 1 / s->norm;
    const vd weight_inverse = free_plateaus == 2 ? 1 / s->weight : (vd){};
    const vd rest = one - s->mean;
    const vd l1 = span * s->c1 * weight_inverse, l2 = span * s->c2 * weight_inverse;
    const vd n1 = span * s->e1 * norm_inverse, n2 = span * s->e2 * norm_inverse;
    const vd t1 = l1 + rest * n1, t2 = l2 + rest * n2;
    top_top = weight_inverse + rest * rest * norm_inverse + t1 * t1 * c.v11
              + 2 * t1 * t2 * c.v12 + t2 * t2 * c.v22;
    inflation = v_max(inflation, top_top * (s->norm + s->weight * s->mean * s->mean));
    // The last step, to the first order.
    const vd more = ((s->g1 - span * s->e1) * last.k + (s->g2 - span * s->e2) * last.b)
                    * norm_inverse;
    if (free_plateaus == 2) {
      const vd b1 = l1 - s->mean * n1, b2 = l2 - s->mean * n2;
      base_base = weight_inverse + s->mean * s->mean * norm_inverse + b1 * b1 * c.v11
                  + 2 * b1 * b2 * c.v12 + b2 * b2 * c.v22;
      inflation = v_max(inflation, base_base * (s->norm + s->weight * rest * rest));
      base = -(span + more) * s->mean - l1 * last.k - l2 * last.b;
    }
    span += more;
  }
  // A slope that nothing depends on is not determined, nor what rounding gives a negative variance.
  const vl is_idle = ~slope_held
                     & ~(slope * slope * s->q22 > 1e-20 * (free_plateaus > 0 ? s->norm : s->weight));
  const vl is_sound = (c.v11 >= 0) & (c.v22 >= 0) & (base_base >= 0) & (top_top >= 0);
  inflation = v_select(is_sound & ~is_idle, inflation, v_all(__builtin_inf()));
  const vd squared_slope = slope * slope;
  v_store(state + curve_base * stride, base);
  v_store(state + curve_span * stride, span);
  v_store(state + curve_slope_slope * stride, c.v22);
  v_store(state + curve_slope_location * stride, -c.v12 / slope);
  v_store(state + curve_location_location * stride, c.v11 / squared_slope);
  v_store(state + curve_base_base * stride, base_base);
  v_store(state + curve_top_top * stride, top_top);
  v_store(state + curve_inflation * stride, inflation);
  return (v_determination){inflation, c.v11 + c.v22 / squared_slope};
}

/// Newton's step with a matrix that is known.
VECTOR v_step v_chord(v_matrix inverse, const v_sums *s) {
  const vd g1 = -s->span * s->g1, g2 = -s->span * s->g2;
  const vd k = -(inverse.v11 * g1 + inverse.v12 * g2), b = -(inverse.v12 * g1 + inverse.v22 * g2);
  return (v_step){k, b, -(k * g1 + b * g2)};
}

/// The square of a movement of z after which standard errors have seven digits.
static const double least_movement = 4e-16;

/// Whether a search is at its end: its step promises no more than `tolerance` of the sum of squares, and
/// would move z by no more than the root of `movement`.
///
/// Where parameters make up for each other too much the sum of squares alone is known.
VECTOR vl v_is_done(v_determination known, vd promise, vd tolerance, vd movement, vd squares,
                    vd enough) {
  const vl is_known = known.inflation <= 1e6;
  const vd part = v_select(is_known, tolerance, v_all(2e-11));
  return (promise >= 0) & (promise <= part * squares + enough)
         & ((promise * known.spread <= movement) | ~is_known);
}

/// Ends the search of a curve that single precision has led to its end, if two evaluations suffice.
VECTOR void v_finish(int shape, int free_plateaus, const v_design *design, long stride,
                     const double *means, const double *weights, double *state) {
  const v_matrix inverse = {v_load(state + curve_inverse_11 * stride),
                            v_load(state + curve_inverse_12 * stride),
                            v_load(state + curve_inverse_22 * stride)};
  const vd first_location = v_load(state + curve_location * stride);
  const vd first_slope =
      v_turned(shape, design, v_load(state + curve_slope * stride), first_location);
  const v_sums first = v_evaluate(shape, free_plateaus, v_gradient, design, stride, means, weights,
                                  first_slope, first_location);
  const v_step there = v_chord(inverse, &first);
  const vd slope = first_slope + there.b, location = first_location - there.k / slope;
  const v_sums s = v_evaluate(shape, free_plateaus, v_products, design, stride, means, weights,
                              slope, location);
  const v_step last = v_chord(inverse, &s);
  const v_determination known =
      v_describe(free_plateaus, &s, slope, (vl){}, (vl){}, last, state, stride);
  const vd enough = v_load(state + curve_enough * stride);
  const vd size = v_abs(slope);
  const vl is_inside = (size > design->least_slope) & (size < design->greatest_slope)
                       & (location > design->least_location)
                       & (location < design->greatest_location);
  const vl accepted = is_inside & (s.squares <= first.squares + 2 * v_sqrt(first.squares * enough));
  // A known matrix does not promise all that is to be gained where parameters make up for each other.
  const vl done = accepted & (known.inflation <= 1e6)
                  & v_is_done(known, last.promise, v_all(design->tolerance), v_all(least_movement), s.squares,
                              enough);
  const vd next_slope = slope + last.b;
  v_store(state + curve_slope * stride,
          v_select(done, next_slope, v_select(accepted, slope, first_slope)));
  v_store(state + curve_location * stride,
          v_select(done, location - last.k / next_slope,
                   v_select(accepted, location, first_location)));
  v_store(state + curve_squares * stride, v_select(accepted, s.squares, v_min(first.squares, v_all(__builtin_inf()))));
  v_store(state + curve_promise * stride, last.promise);
  v_store(state + curve_done * stride, v_select(done, v_all(1), v_all(0)));
  v_store(state + curve_evaluations * stride, v_load(state + curve_evaluations * stride) + 2);
}

/// Goes on from a curve's state for `evaluations`, and leaves there what it has found.
VECTOR void v_go_on(int shape, int free_plateaus, const v_design *design, long stride,
                    const double *means, const double *weights, int evaluations, int gauss,
                    double *state) {
  const vd enough = v_load(state + curve_enough * stride);
  const v_search at =
      v_descend(shape, free_plateaus, design, stride, means, weights, enough, evaluations, gauss,
                v_load(state + curve_slope * stride), v_load(state + curve_location * stride));
  const vd all = v_load(state + curve_evaluations * stride) + evaluations;
  v_store(state + curve_evaluations * stride, all);
  const v_determination known = v_describe(free_plateaus, &at.sums, at.slope, at.slope_held,
                                           at.location_held, at.step, state, stride);
  // After so many the rest is rounding: where q hardly differs between doses the squares waver by some
  // 10⁻¹². What is held at a bound has no standard error.
  const vl is_long = all > 24;
  const vd tolerance = v_select(is_long, v_all(1e-13), v_all(design->tolerance));
  const vd movement = v_select(
      is_long, v_select(at.slope_held | at.location_held, v_all(1), v_all(1e-13)), v_all(least_movement));
  const vl is_lowest = at.accepted | (is_long & (at.sums.squares <= at.squares * (1 + 1e-11)));
  const vl done =
      is_lowest & v_is_done(known, at.step.promise, tolerance, movement, at.squares, enough);
  v_store(state + curve_slope * stride, v_select(done, at.next_slope, at.slope));
  v_store(state + curve_location * stride, v_select(done, at.next_location, at.location));
  v_store(state + curve_squares * stride, at.squares);
  v_store(state + curve_promise * stride, at.step.promise);
  const vd code = 1 + v_select(at.slope_held, v_all(1), v_all(0))
                  + v_select(at.location_held, v_all(2), v_all(0));
  v_store(state + curve_done * stride, v_select(done, code, v_all(0)));
}
