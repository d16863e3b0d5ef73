#pragma once

/// Elementary functions of several numbers at a time, without branches and without tables.
///
/// A source file that includes this compiles it for one set of instructions, by
/// `#pragma clang attribute push(__attribute__((target(…))), apply_to = function)` around all its
/// functions: a function that takes vectors cannot be called from one with other instructions.
/// Polynomials are minimax in the relative error. Nothing here raises an error; where an argument is
/// outside the domain stated it is clamped or the result is without meaning. Eight numbers, unless
/// `VECTOR_LANES` is defined before.

#include <stdint.h>

#pragma clang fp contract(fast)

#ifndef VECTOR_LANES
#define VECTOR_LANES 8
#endif

/// Numbers, their bits, and the results of comparisons: 0, or −1 where true.
typedef double vd __attribute__((vector_size(8 * VECTOR_LANES)));
typedef int64_t vl __attribute__((vector_size(8 * VECTOR_LANES)));
/// Numbers at any address of a double.
typedef double vd_anywhere
    __attribute__((vector_size(8 * VECTOR_LANES), aligned(8), may_alias));

#define VECTOR static inline __attribute__((always_inline))
// No function with vectors as arguments is called from another file.
#pragma clang diagnostic ignored "-Wpsabi"

VECTOR vd v_all(double x) { return x + (vd){}; }

VECTOR vd v_nan(void) { return v_all(__builtin_nan("")); }

VECTOR vd v_load(const double *x) { return *(const vd_anywhere *)x; }

VECTOR void v_store(double *x, vd value) { *(vd_anywhere *)x = value; }

/// `yes` where `condition` is true, else `no`.
VECTOR vd v_select(vl condition, vd yes, vd no) {
  return (vd)((condition & (vl)yes) | (~condition & (vl)no));
}

VECTOR vd v_abs(vd x) { return (vd)((vl)x & INT64_MAX); }

/// The lesser; of a NaN and a number the number that is `y`.
VECTOR vd v_min(vd x, vd y) { return v_select(x < y, x, y); }

/// The greater; of a NaN and a number the number that is `y`.
VECTOR vd v_max(vd x, vd y) { return v_select(x > y, x, y); }

VECTOR vd v_sqrt(vd x) { return __builtin_elementwise_sqrt(x); }

/// Where x is finite.
VECTOR vl v_is_finite(vd x) { return v_abs(x) <= v_all(0x1.fffffffffffffp1023); }

/// c₀ + c₁ x + … of `count` coefficients.
VECTOR vd v_polynomial(vd x, const double *coefficients, int count) {
  vd sum = v_all(coefficients[count - 1]);
#pragma clang loop unroll(full)
  for (int i = count - 2; i >= 0; i--) sum = sum * x + coefficients[i];
  return sum;
}

/// 2ᵏ (1 + rest), k the integer nearest to x / ln 2, for |x| ≤ 708.
typedef struct {
  vd power;
  vd rest;
} v_scaled_exp;

VECTOR v_scaled_exp v_exp_parts(vd x) {
  // Adding this leaves the nearest integer in the last bits.
  const double shift = 0x1.8p52;
  const vd shifted = x * 0x1.71547652b82fep0 + shift;
  const vd k = shifted - shift;
  const vd r = (x - k * 0x1.62e42fefa3800p-1) - k * 0x1.ef35793c76730p-45;
  static const double c[] = {
      0x1.000000000000cp-1,  0x1.5555555555561p-3,  0x1.555555554ff93p-5,  0x1.111111110d5adp-7,
      0x1.6c16c185cab92p-10, 0x1.a01a01bb12396p-13, 0x1.a0199630d8666p-16, 0x1.71dddf6146e5ap-19,
      0x1.28b0a708b8cf0p-22, 0x1.af862f1678b39p-26};
  const vd rest = r + r * r * v_polynomial(r, c, 10);
  return (v_scaled_exp){(vd)(((vl)shifted << 52) + 0x3ff0000000000000), rest};
}

VECTOR vd v_exp_clamp(vd x) { return v_min(v_max(x, v_all(-708)), v_all(709)); }

/// eˣ for −708 ≤ x ≤ 709, beyond which x is clamped.
VECTOR vd v_exp(vd x) {
  const v_scaled_exp e = v_exp_parts(v_exp_clamp(x));
  return e.power + e.power * e.rest;
}

/// eˣ − 1 for x ≤ 709, beyond which x is clamped.
VECTOR vd v_expm1(vd x) {
  const v_scaled_exp e = v_exp_parts(v_exp_clamp(x));
  return (e.power - 1) + e.power * e.rest;
}

/// x = 2ᵏ (1 + f) with √½ ≤ 1 + f < √2.
typedef struct {
  vd k;
  vd f;
  /// 2⁻ᵏ.
  vd scale;
} v_log_parts;

VECTOR v_log_parts v_split(vd x) {
  const int64_t one = 0x3ff0000000000000, root_half = 0x3fe6a09e667f3bcd;
  const int64_t bias = (int64_t)1024 << 52;
  const vl biased = ((vl)x - root_half + bias) >> 52 & 0xfff;
  const vl exponent = (biased << 52) - bias;
  // 2⁵² plus an integer has the integer in its last bits.
  const vd k = (vd)(biased | 0x4330000000000000) - (0x1p52 + 1024);
  return (v_log_parts){k, (vd)((vl)x - exponent) - 1, (vd)(one - exponent)};
}

/// k ln 2 + ln(1 + f), the latter f − s (f − R(s²)) with s = f/(2 + f).
VECTOR vd v_joined_log(vd k, vd f) {
  static const double c[] = {
      0x1.5555555555593p-1, 0x1.999999997fb35p-2, 0x1.24924942177abp-2, 0x1.c71c51e80cbccp-3,
      0x1.7466462a01c2ap-3, 0x1.39a0f51881515p-3, 0x1.2f0d8f472ab09p-3};
  const vd s = f / (f + 2);
  const vd z = s * s;
  const vd tail = s * (f - z * v_polynomial(z, c, 7)) - k * 0x1.ef35793c76730p-45;
  return k * 0x1.62e42fefa3800p-1 + (f - tail);
}

/// ln x for a normal positive x.
VECTOR vd v_log(vd x) {
  const v_log_parts parts = v_split(x);
  return v_joined_log(parts.k, parts.f);
}

/// ln(1 + x) for −1 < x ≤ 2⁵⁰.
VECTOR vd v_log1p(vd x) {
  const vd sum = x + 1;
  const vd added = sum - 1;
  const vd rest = (x - added) + (1 - (sum - added));
  const v_log_parts parts = v_split(sum);
  return v_joined_log(parts.k, parts.f + rest * parts.scale);
}

/// The normal distribution beyond |z|.
typedef struct {
  /// 1 − Φ(|z|).
  vd tail;
  /// φ(z).
  vd density;
} v_normal_tail;

/// For |z| ≤ 37.6, beyond which z is clamped; both are off by z²/2 units in the last place too, from
/// the square in the exponent.
///
/// Mills' ratio times (|z| + 4), as a polynomial in (|z| − 4)/(|z| + 4). Shepherd & Laframboise (1981),
/// Math. Comp. 36:249.
VECTOR v_normal_tail v_normal(vd z) {
  static const double c[] = {
      0x1.e4aa012912ddcp+0,   -0x1.8615d9b491647p+0,  0x1.f0d9856bc3f71p-1,
      -0x1.dec30ee67b84dp-2,  0x1.360ce25fed892p-3,   -0x1.35aa3c90844d7p-6,
      -0x1.1dcfea3fc1a2ep-7,  0x1.0be6d5808ff08p-8,   0x1.5e7ad7137bbf5p-12,
      -0x1.2fb3ff7c67e71p-11, -0x1.40a1293007bc3p-18, 0x1.7179088e21de5p-14,
      0x1.dd05ce7ae5a85p-20,  -0x1.f17fef383555cp-17, -0x1.9bf3a395b4c80p-20,
      0x1.554de0896d2e7p-19,  0x1.4b86c0eb0e7b5p-21,  -0x1.94c6f9ba7057dp-22,
      -0x1.4fdde2563f269p-23, 0x1.2278f041e7f58p-25,  0x1.55e3234d181adp-26};
  const vd x = v_min(v_abs(z), v_all(37.6));
  const vd density = 0x1.9884533d43651p-2 * v_exp(-0.5 * (x * x));
  const vd inverse = 1 / (x + 4);
  const vd ratio = v_polynomial((x - 4) * inverse, c, 21) * inverse;
  return (v_normal_tail){density * ratio, density};
}
