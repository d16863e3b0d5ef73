#pragma once

#include "asymmetric_sums.h"

/// A symmetric matrix by κ, β and φ.
typedef struct {
  vd v11, v12, v13, v22, v23, v33;
} v_matrix3;

/// L D Lᵀ.
typedef struct {
  vd d1, d2, d3, l21, l31, l32;
} v_factor3;

/// What is held of κ, β and φ.
typedef struct {
  vl k, b, f;
} v_held;

VECTOR vd v_zero_if(vl condition, vd x) { return v_select(condition, v_all(0), x); }

/// With 1 on the diagonal and no more where a parameter is held.
VECTOR v_matrix3 v_without(v_held held, v_matrix3 m) {
  const vd one = v_all(1);
  return (v_matrix3){v_select(held.k, one, m.v11),        v_zero_if(held.k | held.b, m.v12),
                     v_zero_if(held.k | held.f, m.v13),   v_select(held.b, one, m.v22),
                     v_zero_if(held.b | held.f, m.v23),   v_select(held.f, one, m.v33)};
}

/// What the pivots are compared with.
typedef struct {
  vd k, b, f;
} v_lengths;

/// A pivot of rounding alone counts as large, so that its parameter stays.
VECTOR vd v_pivot(vd d, vd length) {
  return v_select(d > 1e-12 * length, d, 1e12 * length + 1e-290);
}

VECTOR v_factor3 v_factor(v_matrix3 m, v_lengths lengths) {
  v_factor3 f;
  f.d1 = v_pivot(m.v11, lengths.k);
  const vd inverse1 = 1 / f.d1;
  f.l21 = m.v12 * inverse1;
  f.l31 = m.v13 * inverse1;
  f.d2 = v_pivot(m.v22 - f.l21 * m.v12, lengths.b);
  const vd rest = m.v23 - f.l31 * m.v12;
  f.l32 = rest / f.d2;
  f.d3 = v_pivot(m.v33 - f.l31 * m.v13 - f.l32 * rest, lengths.f);
  return f;
}

VECTOR v_factor3 v_choose3(vl condition, v_factor3 yes, v_factor3 no) {
  return (v_factor3){v_select(condition, yes.d1, no.d1),   v_select(condition, yes.d2, no.d2),
                     v_select(condition, yes.d3, no.d3),   v_select(condition, yes.l21, no.l21),
                     v_select(condition, yes.l31, no.l31), v_select(condition, yes.l32, no.l32)};
}

/// Gauss and Newton's matrix of the sum of squares with the plateaus eliminated:
/// s² (Q − C Cᵀ/W − E Eᵀ/N).
VECTOR v_matrix3 v_gauss_matrix3(int free_plateaus, const v_sums3 *s) {
  const vd squared = s->span * s->span;
  const vd w = free_plateaus == 2 ? squared / s->weight : (vd){};
  const vd n = free_plateaus > 0 ? squared / s->norm : (vd){};
#define ELEMENT(I, J) squared * s->q##I##J - w * s->c##I * s->c##J - n * s->e##I * s->e##J
  return (v_matrix3){ELEMENT(1, 1), ELEMENT(1, 2), ELEMENT(1, 3),
                     ELEMENT(2, 2), ELEMENT(2, 3), ELEMENT(3, 3)};
#undef ELEMENT
}

/// Σ w qᵢ² of slope t + κ and ln f as they stand.
VECTOR v_lengths v_natural_lengths(const v_sums3 *s, const v_frame *frame) {
  const vd d = frame->zeta / frame->slope, y = -frame->h1 * frame->slope, x = -frame->zeta1;
  return (v_lengths){s->q11, s->q22 + d * (2 * s->q12 + d * s->q11),
                     s->q33 + 2 * (y * s->q23 + x * s->q13)
                         + y * (y * s->q22 + 2 * x * s->q12) + x * x * s->q11};
}

/// s² Σ w qᵢ², or 1 where a parameter is held. What is left of the asymmetry's where slope and
/// location make up for it is not less than rounding.
VECTOR v_lengths v_step_lengths(const v_sums3 *s, const v_frame *frame, v_held held) {
  const vd squared = s->span * s->span, one = v_all(1);
  const vd third = v_max(s->q33, 1e-10 * v_natural_lengths(s, frame).f);
  return (v_lengths){v_select(held.k, one, squared * s->q11),
                     v_select(held.b, one, squared * s->q22),
                     v_select(held.f, one, squared * third)};
}

/// Half its Hessian: s² (Q − C Cᵀ/W) − (G − s E)(G − s E)ᵀ/N − s R.
VECTOR v_matrix3 v_newton_matrix3(int free_plateaus, const v_sums3 *s, v_matrix3 gauss) {
  const vd n = free_plateaus > 0 ? 1 / s->norm : (vd){};
#define ELEMENT(I, J)                                                          \
  gauss.v##I##J - s->span * s->r##I##J                                         \
      - n * (s->g##I * s->g##J - s->span * (s->g##I * s->e##J + s->g##J * s->e##I))
  return (v_matrix3){ELEMENT(1, 1), ELEMENT(1, 2), ELEMENT(1, 3),
                     ELEMENT(2, 2), ELEMENT(2, 3), ELEMENT(3, 3)};
#undef ELEMENT
}

/// A step and twice what it promises of the sum of squares' half, had it no limits.
typedef struct {
  vd k, b, f;
  vd promise;
} v_step3;

/// −M⁻¹ g, or the best step whose φ is within limits.
VECTOR v_step3 v_solve3(v_factor3 m, vd g1, vd g2, vd g3, vd least, vd greatest) {
  const vd y1 = -g1, y2 = -g2 - m.l21 * y1, y3 = -g3 - m.l31 * y1 - m.l32 * y2;
  const vd f = v_min(v_max(y3 / m.d3, least), greatest), b = y2 / m.d2 - m.l32 * f;
  return (v_step3){y1 / m.d1 - m.l21 * b - m.l31 * f, b, f,
                   y1 * y1 / m.d1 + y2 * y2 / m.d2 + y3 * y3 / m.d3};
}

/// (L D Lᵀ)⁻¹.
VECTOR v_matrix3 v_inverse(v_factor3 m) {
  const vd i1 = 1 / m.d1, i2 = 1 / m.d2, i3 = 1 / m.d3;
  // The columns of L⁻ᵀ.
  const vd u12 = -m.l21, u23 = -m.l32, u13 = m.l21 * m.l32 - m.l31;
  return (v_matrix3){i1 + u12 * u12 * i2 + u13 * u13 * i3,
                     u12 * i2 + u13 * u23 * i3,
                     u13 * i3,
                     i2 + u23 * u23 * i3,
                     u23 * i3,
                     i3};
}

/// tanh(x/2) = (f − 1)/(f + 1), x = ln f, in which the sum of squares is smooth up to f = 0 and ∞.
VECTOR vd v_skewness(vd log_asymmetry) {
  const vd e = v_expm1(log_asymmetry);
  return e / (e + 2);
}

/// ln f of a skewness.
VECTOR vd v_log_asymmetry(vd skewness) { return v_log1p(skewness) - v_log1p(-skewness); }
