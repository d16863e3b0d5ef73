#pragma once

#include "asymmetric_description.h"

/// A place of a search.
typedef struct {
  vd slope, location, log_asymmetry;
} v_place;

VECTOR v_place v_place_choose(vl condition, v_place yes, v_place no) {
  return (v_place){v_select(condition, yes.slope, no.slope),
                   v_select(condition, yes.location, no.location),
                   v_select(condition, yes.log_asymmetry, no.log_asymmetry)};
}

/// What a change of ln f leaves as it is, besides half of the way and the steepness there.
typedef struct {
  vl slope, location;
} v_keeps;

VECTOR v_keeps v_keeps_at(const struct curve_design *design, v_place at) {
  const double *x = design->positions;
  const vd middle = at.location + v_middle_of(at.log_asymmetry).zeta / at.slope;
  const vd first = v_all(x[design->starts_at_zero]), last = v_all(x[design->doses - 1]);
  // Where half of the way is not among the doses but the bend is.
  const vl bends = (at.location >= first) & (at.location <= last)
                   & ((middle < first) | (middle > last));
  return (v_keeps){
      bends | (v_abs(at.slope) <= design->least_slope) | (v_abs(at.slope) >= design->greatest_slope),
      bends | (at.location <= design->least_location)
          | (at.location >= design->greatest_location)};
}

VECTOR vd v_within(vd x, vd least, vd greatest) { return v_min(v_max(x, least), greatest); }

/// Where a step along the coordinates of `frame` leads, within the bounds.
VECTOR v_place v_stepped(const struct asymmetric_design *design, v_place from, const v_frame *frame,
                         v_keeps keeps, v_step3 step, vd share) {
  const struct curve_design *d = &design->curve;
  const vd s = v_skewness(from.log_asymmetry), one = v_all(1);
  const vd most = v_skewness(v_all(design->greatest_log_asymmetry));
  const vd skewness = v_within(s + 0.5 * (1 - s * s) * (share * step.f), -most, most);
  vd asymmetry = v_log_asymmetry(skewness);
  // The bound itself, and not what rounding makes of it.
  const vd bound = v_all(design->greatest_log_asymmetry);
  asymmetry = v_select(skewness >= most, bound, v_select(skewness <= -most, -bound, asymmetry));
  const v_middle before = v_middle_of(from.log_asymmetry), after = v_middle_of(asymmetry);
  const vd growth = v_select(keeps.slope, one, v_exp(after.log_h - before.log_h));
  const vd turned = from.slope + share * step.b;
  const vd sign = v_select(from.slope > 0, one, -one);
  const vd slope = sign * v_within(v_abs(turned * growth), v_all(d->least_slope),
                                   v_all(d->greatest_slope));
  const vd centre = frame->centre - share * step.k / turned;
  const vd location = centre - v_zero_if(keeps.location, after.zeta) / slope;
  return (v_place){slope,
                   v_within(location, v_all(d->least_location), v_all(d->greatest_location)),
                   asymmetry};
}

/// What bounds hold: where the sum of squares pushes against one.
VECTOR v_held v_held_at(const struct asymmetric_design *design, v_place at, vd g1, vd g2, vd g3) {
  const struct curve_design *d = &design->curve;
  const vd size = v_abs(at.slope), up = v_select(at.slope > 0, -g2, g2), right = g1 * at.slope;
  const vd bound = v_all(design->greatest_log_asymmetry);
  return (v_held){
      .k = ((at.location <= d->least_location) & (right < 0))
           | ((at.location >= d->greatest_location) & (right > 0)),
      .b = ((size <= d->least_slope) & (up < 0)) | ((size >= d->greatest_slope) & (up > 0)),
      .f = ((at.log_asymmetry <= -bound) & (g3 > 0)) | ((at.log_asymmetry >= bound) & (g3 < 0))};
}

/// The step from where these sums are: Newton's where the Hessian is positive definite, or Gauss and
/// Newton's.
VECTOR v_step3 v_best_step(int free_plateaus, const v_sums3 *s, const v_frame *frame, v_place at,
                           v_held held, vd g1, vd g2, vd g3, vd most_skewness) {
  g1 = v_zero_if(held.k, g1);
  g2 = v_zero_if(held.b, g2);
  g3 = v_zero_if(held.f, g3);
  const v_matrix3 gauss = v_gauss_matrix3(free_plateaus, s);
  v_matrix3 newton = v_newton_matrix3(free_plateaus, s, gauss);
  // By skewness, in units that let it change as fast as ln f does here.
  const vd skewness = v_skewness(at.log_asymmetry), units = 2 / (1 - skewness * skewness);
  newton.v33 += skewness * g3;
  const v_lengths lengths = v_step_lengths(s, frame, held);
  const v_factor3 by_gauss = v_factor(v_without(held, gauss), lengths);
  const v_factor3 by_newton = v_factor(v_without(held, newton), lengths);
  // A pivot that is not positive has become large.
  const vl is_minimum = (by_newton.d1 > 0.02 * by_gauss.d1) & (by_newton.d2 > 0.02 * by_gauss.d2)
                        & (by_newton.d3 > 0.02 * by_gauss.d3) & (newton.v11 > 0)
                        & (by_newton.d2 < 1e6 * by_gauss.d2) & (by_newton.d3 < 1e6 * by_gauss.d3);
  const vd least = v_max((-most_skewness - skewness), v_all(-0.5)) * units;
  const vd greatest = v_min((most_skewness - skewness), v_all(0.5)) * units;
  return v_solve3(v_choose3(is_minimum, by_newton, by_gauss), g1, g2, g3, least, greatest);
}

/// How much of a step may be done: a curve may not move by much more than its width, and the slope
/// neither turn nor grow by much.
VECTOR vd v_allowed_part(v_step3 step, vd slope, vd log_h) {
  const vd k = v_abs(step.k) / (2 * v_exp(log_h)), b = step.b / slope;
  return 1 / v_max(v_all(1), v_max(k, v_max(b * (1 / 3.0), b * (-1 / 0.75))));
}

/// A descent, its steps shortened by a parabola where they lead up.
VECTOR void v_descend3(int free_plateaus, const struct asymmetric_design *design, long stride,
                       const double *means, const double *weights, int evaluations, double *state) {
  const struct curve_design *d = &design->curve;
  v_place at = {v_load(state + curve_slope * stride), v_load(state + curve_location * stride),
                v_load(state + asymmetric_log_asymmetry * stride)};
  v_place next = at;
  const vd enough = v_load(state + curve_enough * stride), one = v_all(1);
  const vd most_skewness = v_skewness(v_all(design->greatest_log_asymmetry));
  vd squares = v_all(__builtin_inf()), share = one;
  v_step3 step = {};
  v_held held = {};
  vl accepted = {};
  v_sums3 s = {};
  v_frame frame = {};
  v_keeps keeps = {};
  vl settled = {};
  for (int i = 0; i < evaluations; i++) {
    const v_keeps own_keeps = v_keeps_at(d, next);
    const v_frame own = v_frame_at(next.slope, next.location, next.log_asymmetry, own_keeps.slope,
                                   own_keeps.location);
    s = v_evaluate3(free_plateaus, d, stride, means, weights, &own, v_exp(next.log_asymmetry));
    // Rounding may not stop a curve that is there.
    const vd rounding = 4e-15 * v_abs(s.span) * v_sqrt(s.squares);
    accepted = s.squares <= squares * (1 + 1e-13) + (enough + rounding);
    if (design->rises && i > 0) accepted &= s.span >= 0;
    const vd rise = s.squares - squares, fall = 2 * share * step.promise;
    share = v_select(accepted, v_min(one, 3 * share),
                     share * v_within(fall / (2 * (rise + fall)), v_all(0.1), v_all(0.5)));
    at = v_place_choose(accepted, next, at);
    squares = v_select(accepted, s.squares, squares);
#define KEEP(VALUE, NEW) VALUE = v_select(accepted, NEW, VALUE)
    KEEP(frame.slope, own.slope);
    KEEP(frame.centre, own.centre);
    keeps.slope = (accepted & own_keeps.slope) | (~accepted & keeps.slope);
    keeps.location = (accepted & own_keeps.location) | (~accepted & keeps.location);
    const vd g1 = -s.span * s.g1, g2 = -s.span * s.g2, g3 = -s.span * s.g3;
    const v_held now = v_held_at(design, next, g1, g2, g3);
    const v_step3 best = v_best_step(free_plateaus, &s, &own, next, now, g1, g2, g3, most_skewness);
    const vd part = v_allowed_part(best, next.slope, own.log_h);
    KEEP(step.k, part * best.k);
    KEEP(step.b, part * best.b);
    KEEP(step.f, part * best.f);
    KEEP(step.promise, best.promise);
    // What is there stays, whatever rounding makes of steps from it.
    step.k = v_zero_if(settled, step.k);
    step.b = v_zero_if(settled, step.b);
    step.f = v_zero_if(settled, step.f);
    step.promise = v_zero_if(settled, step.promise);
#undef KEEP
    held.k = (accepted & now.k) | (~accepted & held.k);
    held.b = (accepted & now.b) | (~accepted & held.b);
    held.f = (accepted & now.f) | (~accepted & held.f);
    settled |= accepted & (step.promise <= d->tolerance * squares + enough) & (step.promise >= 0);
    next = v_stepped(design, at, &frame, keeps, step, share);
  }
  const vl done = accepted & settled;
  v_describe3(free_plateaus, &s, v_frame_at(at.slope, at.location, at.log_asymmetry, keeps.slope,
                                            keeps.location), held, step, state, stride);
  at = v_place_choose(done, next, at);
  v_store(state + curve_slope * stride, at.slope);
  v_store(state + curve_location * stride, at.location);
  v_store(state + asymmetric_log_asymmetry * stride, at.log_asymmetry);
  v_store(state + curve_squares * stride, squares);
  const vd code = 1 + v_select(held.b, one, v_all(0)) + v_select(held.k, v_all(2), v_all(0))
                  + v_select(held.f, v_all(4), v_all(0));
  v_store(state + curve_done * stride, v_select(done, code, v_all(0)));
  v_store(state + curve_evaluations * stride,
          v_load(state + curve_evaluations * stride) + evaluations);
}
