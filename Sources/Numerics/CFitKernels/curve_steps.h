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

/// −M⁻¹ g; by one parameter alone where the other is held, or where rounding has left M indefinite.
VECTOR v_step v_solve(v_matrix m, vd g1, vd g2, vl slope_held, vl location_held) {
  const vd inverse = 1 / v_determinant(m);
  vd k = (m.v12 * g2 - m.v22 * g1) * inverse, b = (m.v12 * g1 - m.v11 * g2) * inverse;
  const vl together = ~slope_held & ~location_held & (k * g1 + b * g2 <= 0);
  const vd k_alone = -g1 / m.v11, b_alone = -g2 / m.v22;
  const vl is_location_better = k_alone * g1 <= b_alone * g2;
  const vl by_location = ~location_held & (slope_held | is_location_better);
  const vl by_slope = ~slope_held & (location_held | ~is_location_better);
  k = v_select(together, k, v_select(by_location, k_alone, v_all(0)));
  b = v_select(together, b, v_select(by_slope, b_alone, v_all(0)));
  const vd promise = -(k * g1 + b * g2);
  // Where nothing more is to be told of a direction, there is nowhere to go.
  const vl leads_down = (promise >= 0) & (promise < __builtin_inff());
  return (v_step){v_select(leads_down, k, v_all(0)), v_select(leads_down, b, v_all(0)),
                  v_select(leads_down, promise, v_all(0))};
}

VECTOR vd v_clamp(vd x, vd least, vd greatest) { return v_min(v_max(x, least), greatest); }

/// A search: where it is, and the step that leads on.
typedef struct {
  vd slope, location;
  vd squares;
  v_sums sums;
  /// By which the step was found.
  v_matrix matrix;
  v_step step;
  vd next_slope, next_location;
  vl slope_held, location_held;
  /// Whether the sum of squares is no greater than before.
  vl accepted;
} v_search;

/// Of the two ways to write a mirrored curve the slope of that whose shares are small, so that they keep
/// their digits.
VECTOR vd v_turned(int shape, const v_design *design, vd slope, vd location) {
  if (!design->is_mirrored) return slope;
  const vl is_high = location > design->middle;
  const vd size = v_abs(slope);
  return v_select(shape == curve_logistic ? is_high : ~is_high, -size, size);
}

/// A descent by Newton's steps, or Gauss and Newton's where the Hessian is not positive definite,
/// shortened by a parabola where they lead up.
VECTOR v_search v_descend(int shape, int free_plateaus, const v_design *design, long stride,
                          const real *means, const real *weights, vd enough, int evaluations,
                          int gauss, vd first_slope, vd first_location) {
  first_slope = v_turned(shape, design, first_slope, first_location);
  v_search at = {.slope = first_slope, .next_slope = first_slope, .location = first_location,
                 .next_location = first_location, .squares = v_all(__builtin_inff())};
  vd share = v_all(1);
  for (int i = 0; i < evaluations; i++) {
    const int is_newton = i >= gauss;
#define EVALUATE(DETAIL)                                                                  \
  v_evaluate(shape, free_plateaus, DETAIL, design, stride, means, weights, at.next_slope, \
             at.next_location)
    const v_sums s = is_newton ? EVALUATE(v_curvature) : EVALUATE(v_products);
#undef EVALUATE
    // Rounding may not stop a curve that is there: of residuals r it moves Σ r² by 2 Σ r δ.
    const vl accepted = s.squares <= at.squares + 2 * v_sqrt(at.squares * enough);
    const vd rise = s.squares - at.squares, fall = 2 * share * at.step.promise;
    const vd taken = share, promised = at.step.promise;
    const vd shorter = share * v_clamp(fall / (2 * (rise + fall)), v_all(0.1), v_all(0.5));
    at.slope = v_select(accepted, at.next_slope, at.slope);
    at.location = v_select(accepted, at.next_location, at.location);
    at.squares = v_select(accepted, s.squares, at.squares);
    const vd size = v_abs(at.slope), g1 = -s.span * s.g1, g2 = -s.span * s.g2;
    v_matrix m = v_gauss_matrix(free_plateaus, &s);
    if (is_newton) {
      const v_matrix newton = v_newton_matrix(free_plateaus, &s, m);
      m = v_choose((newton.v11 > (real)0.05 * m.v11)
                       & (v_determinant(newton) > (real)0.05 * v_determinant(m)),
                   newton, m);
    }
    // At a bound that the sum of squares pushes against.
    const vd sign = v_select(at.slope > 0, v_all(1), v_all(-1));
    const vd up = -g2 * sign, right = g1 * at.slope;
    const vl slope_held = ((size <= design->least_slope) & (up < 0))
                          | ((size >= design->greatest_slope) & (up > 0));
    const vl location_held = ((at.location <= design->least_location) & (right < 0))
                             | ((at.location >= design->greatest_location) & (right > 0));
    const v_step own = v_solve(m, g1, g2, slope_held, location_held);
    // A curve that runs off promises about as much again and again: its steps are lengthened.
    const vl is_slow = (own.promise > (real)0.05 * promised) & (taken >= 1)
                       & v_whole(i > 0 && gauss == 0 ? -1 : 0);
    share = v_select(accepted, v_select(is_slow, v_min(2 * taken, v_all(16)), v_all(1)), shorter);
    // No farther than 4 units of z, nor to a quarter or the fourfold of the slope.
    const vd along = own.b * sign / (3 * size);
    const vd excess = v_max(v_abs(own.k) * 0.25f, v_max(along, -4 * along));
    const vd part = 1 / v_max(excess, v_all(1));
    at.step = (v_step){v_select(accepted, own.k * part, at.step.k),
                       v_select(accepted, own.b * part, at.step.b),
                       v_select(accepted, own.promise * part, at.step.promise)};
    at.slope_held = (accepted & slope_held) | (~accepted & at.slope_held);
    at.location_held = (accepted & location_held) | (~accepted & at.location_held);
    at.accepted = accepted;
    at.sums = s;
    at.matrix = m;
    at.next_slope = sign * v_clamp(size + v_max(sign * share * at.step.b, -0.8f * size),
                                   v_all(design->least_slope), v_all(design->greatest_slope));
    at.next_location =
        v_clamp(at.location - share * at.step.k / at.next_slope, v_all(design->least_location),
                v_all(design->greatest_location));
  }
  return at;
}
