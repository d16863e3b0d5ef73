#pragma once

#include "curve_sums.h"

/// A symmetric matrix by κ and β.
typedef struct {
  vd v11, v12, v22;
} v_matrix;

VECTOR vd v_determinant(v_matrix m) { return m.v11 * m.v22 - m.v12 * m.v12; }

VECTOR v_matrix v_choose(vl condition, v_matrix yes, v_matrix no) {
  return (v_matrix){v_select(condition, yes.v11, no.v11), v_select(condition, yes.v12, no.v12),
                    v_select(condition, yes.v22, no.v22)};
}

/// Gauss and Newton's matrix of the sum of squares with the plateaus eliminated:
/// s² (Q − C Cᵀ/W − E Eᵀ/N).
VECTOR v_matrix v_gauss_matrix(int free_plateaus, const v_sums *s) {
  v_matrix m = {s->q11, s->q12, s->q22};
  if (free_plateaus == 2) {
    const vd inverse = 1 / s->weight;
    m.v11 -= s->c1 * s->c1 * inverse;
    m.v12 -= s->c1 * s->c2 * inverse;
    m.v22 -= s->c2 * s->c2 * inverse;
  }
  if (free_plateaus > 0) {
    const vd inverse = 1 / s->norm;
    m.v11 -= s->e1 * s->e1 * inverse;
    m.v12 -= s->e1 * s->e2 * inverse;
    m.v22 -= s->e2 * s->e2 * inverse;
  }
  const vd squared = s->span * s->span;
  return (v_matrix){m.v11 * squared, m.v12 * squared, m.v22 * squared};
}

/// Half its Hessian: s² (Q − C Cᵀ/W) − (G − s E)(G − s E)ᵀ/N − s R.
VECTOR v_matrix v_newton_matrix(int free_plateaus, const v_sums *s, v_matrix gauss) {
  v_matrix m = {gauss.v11 - s->span * s->r11, gauss.v12 - s->span * s->r12,
                gauss.v22 - s->span * s->r22};
  if (free_plateaus == 0) return m;
  // (G − sE)(G − sE)ᵀ − s² E Eᵀ = G Gᵀ − s (G Eᵀ + E Gᵀ).
  const vd inverse = 1 / s->norm, twice = 2 * s->span;
  m.v11 -= s->g1 * (s->g1 - twice * s->e1) * inverse;
  m.v22 -= s->g2 * (s->g2 - twice * s->e2) * inverse;
  m.v12 -= (s->g1 * s->g2 - s->span * (s->g1 * s->e2 + s->g2 * s->e1)) * inverse;
  return m;
}

/// A step and twice what it promises of the sum of squares' half.
typedef struct {
  vd k, b;
  vd promise;
} v_step;

/// −M⁻¹ g; where a parameter is held, by the other alone.
VECTOR v_step v_solve(v_matrix m, vd g1, vd g2, vl slope_held, vl location_held) {
  const vd inverse = 1 / v_determinant(m);
  vd k = (m.v12 * g2 - m.v22 * g1) * inverse, b = (m.v12 * g1 - m.v11 * g2) * inverse;
  k = v_select(slope_held, -g1 / m.v11, k);
  b = v_select(slope_held, v_all(0), b);
  b = v_select(location_held, v_select(slope_held, v_all(0), -g2 / m.v22), b);
  k = v_select(location_held, v_all(0), k);
  const vd promise = -(k * g1 + b * g2);
  // Where nothing more is to be told of a direction, there is nowhere to go.
  const vl leads_down = (promise >= 0) & (promise < 1e300);
  return (v_step){v_select(leads_down, k, v_all(0)), v_select(leads_down, b, v_all(0)),
                  v_select(leads_down, promise, v_all(0))};
}

VECTOR vd v_clamp(vd x, vd least, vd greatest) { return v_min(v_max(x, least), greatest); }

/// What is known of the curves where a search is done: the rows from base on.
/// Returns the greatest variance inflation.
VECTOR vd v_describe(int free_plateaus, const v_sums *s, vd slope, vl slope_held,
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
  const vl is_idle = slope * slope * s->q22 <= 1e-20 * s->norm;
  const vl is_sound = (c.v11 >= 0) & (c.v22 >= 0) & (base_base >= 0) & (top_top >= 0);
  inflation = v_select(is_sound & ~is_idle, inflation, v_all(__builtin_inf()));
  v_store(state + curve_base * stride, base);
  v_store(state + curve_span * stride, span);
  v_store(state + curve_slope_slope * stride, c.v22);
  v_store(state + curve_slope_location * stride, -c.v12 / slope);
  v_store(state + curve_location_location * stride, c.v11 / (slope * slope));
  v_store(state + curve_base_base * stride, base_base);
  v_store(state + curve_top_top * stride, top_top);
  v_store(state + curve_inflation * stride, inflation);
  return inflation;
}

/// A descent by Newton's steps, or Gauss and Newton's where the Hessian is not positive definite,
/// shortened by a parabola where they lead up.
VECTOR void v_descend(int shape, int free_plateaus, const struct curve_design *design, long stride,
                      const double *means, const double *weights, int evaluations, int gauss,
                      double *state) {
  vd location = v_load(state + curve_location * stride), next_location = location;
  vd slope = v_load(state + curve_slope * stride);
  if (design->is_mirrored) {
    // Of the two ways to write a curve that with the small shares keeps their digits.
    const vl falls = location > design->middle;
    slope = v_abs(slope);
    slope = v_select(shape == curve_logistic ? falls : ~falls, -slope, slope);
  }
  vd next_slope = slope;
  const vd enough = v_load(state + curve_enough * stride);
  vd squares = v_all(__builtin_inf()), share = v_all(1);
  v_step step = {};
  vl slope_held = {}, location_held = {}, accepted = {};
  v_sums s = {};
  for (int i = 0; i < evaluations; i++) {
    s = v_evaluate(shape, free_plateaus, design, stride, means, weights, next_slope, next_location);
    // Rounding may not stop a curve that is there.
    accepted = s.squares <= squares * (1 + 1e-13) + enough;
    const vd rise = s.squares - squares, fall = 2 * share * step.promise;
    const vd taken = share, promised = step.promise;
    const vd shorter = share * v_clamp(fall / (2 * (rise + fall)), v_all(0.1), v_all(0.5));
    slope = v_select(accepted, next_slope, slope);
    location = v_select(accepted, next_location, location);
    squares = v_select(accepted, s.squares, squares);
    const vd size = v_abs(slope), g1 = -s.span * s.g1, g2 = -s.span * s.g2;
    v_matrix m = v_gauss_matrix(free_plateaus, &s);
    if (i >= gauss) {
      const v_matrix newton = v_newton_matrix(free_plateaus, &s, m);
      m = v_choose((newton.v11 > 0.05 * m.v11)
                       & (v_determinant(newton) > 0.05 * v_determinant(m)),
                   newton, m);
    }
    // At a bound that the sum of squares pushes against.
    const vd sign = v_select(slope > 0, v_all(1), v_all(-1));
    const vd up = -g2 * sign, right = g1 * slope;
    const vl now_slope_held = ((size <= design->least_slope) & (up < 0))
                              | ((size >= design->greatest_slope) & (up > 0));
    const vl now_location_held = ((location <= design->least_location) & (right < 0))
                                 | ((location >= design->greatest_location) & (right > 0));
    const v_step own = v_solve(m, g1, g2, now_slope_held, now_location_held);
    // A curve that runs off promises about as much again and again: its steps are lengthened.
    const vl is_slow = (own.promise > 0.05 * promised) & (taken >= 1) & (v_all(i > 0 && !gauss) > 0);
    share = v_select(accepted, v_select(is_slow, v_min(2 * taken, v_all(16)), v_all(1)), shorter);
    step = (v_step){v_select(accepted, v_clamp(own.k, v_all(-4), v_all(4)), step.k),
                    v_select(accepted, v_clamp(own.b, -0.75 * size, 3 * size), step.b),
                    v_select(accepted, own.promise, step.promise)};
    slope_held = (accepted & now_slope_held) | (~accepted & slope_held);
    location_held = (accepted & now_location_held) | (~accepted & location_held);
    next_slope = sign * v_clamp(size + v_max(sign * share * step.b, -0.8 * size),
                                v_all(design->least_slope), v_all(design->greatest_slope));
    next_location = v_clamp(location - share * step.k / next_slope, v_all(design->least_location),
                            v_all(design->greatest_location));
  }
  v_store(state + curve_evaluations * stride,
          v_load(state + curve_evaluations * stride) + evaluations);
  const vd inflation = v_describe(free_plateaus, &s, slope, slope_held, location_held, step, state,
                                  stride);
  // Where parameters make up for each other the sum of squares alone is known.
  const vd enough_of = v_select(inflation <= 1e6, v_all(design->tolerance), v_all(1e-10));
  const vl done = accepted & (step.promise <= enough_of * squares + enough);
  v_store(state + curve_slope * stride, v_select(done, next_slope, slope));
  v_store(state + curve_location * stride, v_select(done, next_location, location));
  v_store(state + curve_squares * stride, squares);
  v_store(state + curve_promise * stride, step.promise);
  const vd code = 1 + v_select(slope_held, v_all(1), v_all(0))
                  + v_select(location_held, v_all(2), v_all(0));
  v_store(state + curve_done * stride, v_select(done, code, v_all(0)));
}
