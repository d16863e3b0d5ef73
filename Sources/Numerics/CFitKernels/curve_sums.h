#pragma once

// What stands here and in the files that include this is written for numbers of type `real`, with
// vector_math.h or vector_math_single.h and v_design, the design, defined before.

#include "include/curve_kernels.h"

/// What a curve's sum of squares and its derivatives are made of. Indices 1 and 2 stand for κ and β,
/// by which z changes: dz = κ + β (position − location).
typedef struct {
  /// Σ w r².
  vd squares;
  vd span;
  /// Σ w q / Σ w where the base is free, else 0.
  vd mean;
  /// Σ w c², c = q − mean.
  vd norm;
  vd weight;
  /// Σ w r qᵢ, Σ w qᵢ, Σ w c qᵢ, qᵢ = ∂q/∂i.
  vd g1, g2, c1, c2, e1, e2;
  /// Σ w qᵢ qⱼ, Σ w r qᵢⱼ.
  vd q11, q12, q22, r11, r12, r22;
} v_sums;

/// q at all doses, and what its derivatives are made of: for the normal shape the density, for those
/// of Gumbel the hazard eᶻ.
typedef struct {
  vd q[MOST_DOSES], other[MOST_DOSES];
} v_shares;

VECTOR void v_share(int shape, vd z, vd *q, vd *other) {
  switch (shape) {
  case curve_logistic:
    *q = 1 / (1 + v_exp(v_min(v_max(z, v_all(-v_farthest)), v_all(v_farthest))));
    break;
  case curve_normal: {
    const v_normal_tail tail = v_normal(z);
    *q = v_select(z > 0, 1 - tail.tail, tail.tail);
    *other = tail.density;
    break;
  }
  case curve_gumbel:
    *other = v_exp(v_min(z, v_all(6.5)));
    *q = v_exp(-*other);
    break;
  default:
    *other = v_exp(v_min(z, v_all(6.5)));
    *q = -v_expm1(-*other);
    break;
  }
}

/// ∂q/∂z and ∂²q/∂z².
VECTOR void v_derivatives(int shape, vd z, vd q, vd other, vd *first, vd *second) {
  const vd p = 1 - q;
  switch (shape) {
  case curve_logistic:
    *first = -q * p;
    *second = *first * (q - p);
    break;
  case curve_normal:
    *first = other;
    *second = -z * other;
    break;
  case curve_gumbel:
    *first = -other * q;
    *second = *first * (1 - other);
    break;
  default:
    *first = other * p;
    *second = *first * (1 - other);
    break;
  }
}

/// The shares at all doses.
///
/// At equal steps eᶻ is a geometric sequence, as long as no number leaves its range.
VECTOR void v_all_shares(int shape, const v_design *design, vd slope, vd location,
                         v_shares *shares) {
  const real *x = design->positions;
  const int doses = design->doses, first = design->starts_at_zero;
  if (shape == curve_logistic && design->step > 0) {
    const vd start = slope * (x[first] - location), end = slope * (x[doses - 1] - location);
    if (!v_any((v_abs(start) > v_farthest) | (v_abs(end) > v_farthest))) {
      const vd ratio = v_exp(slope * design->step);
      vd e = v_exp(start);
      if (first) shares->q[0] = v_select(slope > 0, v_all(1), v_all(0));
      for (int k = first; k < doses; k++) {
        shares->q[k] = 1 / (1 + e);
        e *= ratio;
      }
      return;
    }
  }
  for (int k = 0; k < doses; k++) {
    v_share(shape, slope * (x[k] - location), &shares->q[k], &shares->other[k]);
  }
}

VECTOR vd v_weight(const real *weights, long place) {
  return weights ? v_load(weights + place) : v_all(1);
}

/// Which sums are wanted: squares and gradient, the products of first derivatives too, and those with
/// second ones.
enum v_detail { v_gradient, v_products, v_curvature };

/// The sums of a curve; `means` and `weights` begin at its data of the first dose.
VECTOR v_sums v_evaluate(int shape, int free_plateaus, enum v_detail detail,
                         const v_design *design, long stride, const real *means,
                         const real *weights, vd slope, vd location) {
  const int doses = design->doses;
  v_shares shares;
  v_all_shares(shape, design, slope, location, &shares);
  v_sums s = {.weight = v_all(weights ? 0 : doses), .span = v_all(1)};
  if (free_plateaus > 0) {
    vd sum = {}, products = {};
    for (int k = 0; k < doses; k++) {
      const vd w = v_weight(weights, k * stride), wq = weights ? w * shares.q[k] : shares.q[k];
      if (weights) s.weight += w;
      sum += wq;
      products += wq * v_load(means + k * stride);
    }
    if (free_plateaus == 2) s.mean = weights ? sum / s.weight : sum * ((real)1 / doses);
    for (int k = 0; k < doses; k++) {
      const vd c = shares.q[k] - s.mean;
      s.norm += weights ? v_load(weights + k * stride) * c * c : c * c;
    }
    s.span = products / s.norm;
  }
  for (int k = 0; k < doses; k++) {
    const vd t = design->positions[k] - location, w = v_weight(weights, k * stride);
    vd first, second;
    v_derivatives(shape, slope * t, shares.q[k], shares.other[k], &first, &second);
    const vd c = shares.q[k] - s.mean;
    const vd r = v_load(means + k * stride) - s.span * c;
    const vd wr = weights ? w * r : r, wd = weights ? w * first : first;
    const vd dt = first * t, wdt = weights ? w * dt : dt;
    const vd rd = wr * first;
    s.squares += wr * r;
    s.g1 += rd;
    s.g2 += rd * t;
    if (detail == v_gradient) continue;
    if (free_plateaus == 2) {
      s.c1 += wd;
      s.c2 += wdt;
    }
    if (free_plateaus > 0) {
      s.e1 += wd * c;
      s.e2 += wdt * c;
    }
    s.q11 += wd * first;
    s.q12 += wd * dt;
    s.q22 += wdt * dt;
    if (detail == v_curvature) {
      const vd rs = wr * second, rst = rs * t;
      s.r11 += rs;
      s.r12 += rst;
      s.r22 += rst * t;
    }
  }
  return s;
}
