#pragma once

/// The functions of vector_math.h in single precision, under the same names.

#include <stdint.h>

typedef float real;
typedef int32_t whole;

#include "vector_basics.h"

/// Adding this leaves the nearest integer in the last bits.
static const real v_shift = 0x1.8p23f;
/// The greatest |x| at which e⁻²ˣ has all digits.
static const real v_farthest = 42;

/// 2ᵏ (1 + rest), k the integer nearest to x / ln 2, for |x| ≤ 87.
typedef struct {
  vd power;
  vd rest;
} v_scaled_exp;

VECTOR v_scaled_exp v_exp_parts(vd x) {
  const vd shifted = x * 0x1.715476p0f + v_shift;
  const vd k = shifted - v_shift;
  const vd r = (x - k * 0x1.62e400p-1f) - k * 0x1.7f7d1cp-20f;
  static const real c[] = {0x1.fffdfcp-2f, 0x1.5557b0p-3f, 0x1.572a64p-5f, 0x1.106250p-7f};
  const vd rest = r + r * r * v_polynomial(r, c, 4);
  return (v_scaled_exp){(vd)(((vl)shifted << 23) + 0x3f800000), rest};
}

VECTOR vd v_exp_clamp(vd x) { return v_min(v_max(x, v_all(-87)), v_all(88)); }

/// eˣ for −87 ≤ x ≤ 88, beyond which x is clamped.
VECTOR vd v_exp(vd x) {
  const v_scaled_exp e = v_exp_parts(v_exp_clamp(x));
  return e.power + e.power * e.rest;
}

/// eˣ − 1 for x ≤ 88, beyond which x is clamped.
VECTOR vd v_expm1(vd x) {
  const v_scaled_exp e = v_exp_parts(v_exp_clamp(x));
  return (e.power - 1) + e.power * e.rest;
}

/// The normal distribution beyond |z|.
typedef struct {
  /// 1 − Φ(|z|).
  vd tail;
  /// φ(z).
  vd density;
} v_normal_tail;

/// For |z| ≤ 13, beyond which z is clamped.
///
/// Mills' ratio times (|z| + 3), as a polynomial in (|z| − 3)/(|z| + 3). Shepherd & Laframboise (1981),
/// Math. Comp. 36:249.
VECTOR v_normal_tail v_normal(vd z) {
  static const real c[] = {0x1.d3d9c6p+0f,  -0x1.46d63cp+0f, 0x1.273488p-1f,
                           -0x1.e533a6p-4f, -0x1.ae5e68p-6f, 0x1.1caf18p-6f,
                           0x1.6228cap-9f,  -0x1.2ca720p-9f, -0x1.68dbc2p-11f};
  const vd x = v_min(v_abs(z), v_all(13));
  const vd density = 0x1.988454p-2f * v_exp(-0.5f * (x * x));
  const vd inverse = 1 / (x + 3);
  const vd ratio = v_polynomial((x - 3) * inverse, c, 9) * inverse;
  return (v_normal_tail){density * ratio, density};
}
