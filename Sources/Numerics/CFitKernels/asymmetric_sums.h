#pragma once

#include "curve_sums.h"
#include "include/asymmetric_kernels.h"

/// The coordinates of a step from a curve: with κ, β and φ, the change of ln f,
/// z = (slope t + κ + β t) h(φ)/h(0) + ζ(φ), t = position − centre.
///
/// ζ(φ) is the z of half the way and h keeps the steepness there, so that with φ alone only the shape
/// changes. At a bound of the location it, and not the place of half the way, is the centre and stays;
/// at a bound of the slope this stays.
typedef struct {
  vd slope, centre, zeta, log_h;
  /// ζ′, ζ″, h′/h and h″/h.
  vd zeta1, zeta2, h1, h2;
} v_frame;

/// Of an asymmetry ℓ = ln 2/f, w = 1/(e^ℓ − 1), ζ = −ln w and ln h = ln(1 + w) − ln f.
typedef struct {
  vd l, w, zeta, log_h;
} v_middle;

VECTOR v_middle v_middle_of(vd log_asymmetry) {
  const vd l = 0x1.62e42fefa39efp-1 * v_exp(-log_asymmetry), w = 1 / v_expm1(l);
  const vd log_v = v_log(1 + w);
  return (v_middle){l, w, l - log_v, log_v - log_asymmetry};
}

VECTOR v_frame v_frame_at(vd slope, vd location, vd log_asymmetry, vl keeps_slope,
                          vl keeps_location) {
  const v_middle middle = v_middle_of(log_asymmetry);
  const vd l = middle.l, w = middle.w, v = 1 + w, none = {};
  const vd h1 = v_select(keeps_slope, none, l * w - 1);
  const vd change = v_select(keeps_slope, none, -l * w * (1 - l * v));
  const vd zeta = v_select(keeps_location, none, middle.zeta);
  return (v_frame){.slope = slope,
                   .centre = location + zeta / slope,
                   .zeta = zeta,
                   .log_h = middle.log_h,
                   .zeta1 = v_select(keeps_location, none, -l * v),
                   .zeta2 = v_select(keeps_location, none, l * v - l * l * v * w),
                   .h1 = h1,
                   .h2 = h1 * h1 + change};
}

/// As v_sums, with the index 3 for φ.
typedef struct {
  vd squares, span, mean, norm, weight;
  vd g1, g2, g3, c1, c2, c3, e1, e2, e3;
  vd q11, q12, q13, q22, q23, q33, r11, r12, r13, r22, r23, r33;
} v_sums3;

/// q, P = eᶻ/(1 + eᶻ) and f ln(1 + eᶻ) at all doses.
typedef struct {
  vd q[MOST_DOSES], steepness[MOST_DOSES], hazard[MOST_DOSES];
} v_shares3;

/// At equal steps eᶻ is a geometric sequence, as long as no number leaves its range.
VECTOR void v_all_shares3(const struct curve_design *design, const v_frame *frame, vd asymmetry,
                          v_shares3 *shares) {
  const double *x = design->positions;
  const int doses = design->doses, first = design->starts_at_zero;
  const vd start = frame->slope * (x[first] - frame->centre) + frame->zeta;
  const vd end = frame->slope * (x[doses - 1] - frame->centre) + frame->zeta;
  if (design->step > 0 && !v_any((v_abs(start) > 690) | (v_abs(end) > 690))) {
    const vd ratio = v_exp(frame->slope * design->step), down = v_all(0), up = v_all(1);
    vd e = v_exp(start);
    if (first) {
      shares->q[0] = v_select(frame->slope > 0, up, down);
      shares->steepness[0] = v_select(frame->slope > 0, down, up);
      shares->hazard[0] = v_select(frame->slope > 0, down, v_all(700));
    }
    for (int k = first; k < doses; k++) {
      shares->hazard[k] = asymmetry * v_log1p(e);
      shares->steepness[k] = e / (1 + e);
      e *= ratio;
    }
    for (int k = first; k < doses; k++) shares->q[k] = v_exp(-shares->hazard[k]);
    return;
  }
  for (int k = 0; k < doses; k++) {
    const vd z = frame->slope * (x[k] - frame->centre) + frame->zeta;
    const vd small = v_exp(-v_abs(z)), rest = 1 / (1 + small);
    shares->hazard[k] = asymmetry * (v_max(z, v_all(0)) + v_log1p(small));
    shares->steepness[k] = v_select(z > 0, rest, small * rest);
    shares->q[k] = v_exp(-shares->hazard[k]);
  }
}

/// The plateaus' sums and the plateaus, as far as they are free.
VECTOR v_sums3 v_eliminate3(int free_plateaus, int doses, long stride, const double *means,
                            const double *weights, const v_shares3 *shares) {
  v_sums3 s = {.weight = v_all(weights ? 0 : doses), .span = v_all(1)};
  if (free_plateaus == 0) return s;
  vd sum = {}, products = {};
  for (int k = 0; k < doses; k++) {
    const vd w = v_weight(weights, k * stride), wq = weights ? w * shares->q[k] : shares->q[k];
    if (weights) s.weight += w;
    sum += wq;
    products += wq * v_load(means + k * stride);
  }
  if (free_plateaus == 2) s.mean = weights ? sum / s.weight : sum * (1.0 / doses);
  for (int k = 0; k < doses; k++) {
    const vd c = shares->q[k] - s.mean;
    s.norm += weights ? v_load(weights + k * stride) * c * c : c * c;
  }
  // A curve that is flat on these doses has no span.
  s.norm = v_max(s.norm, v_all(1e-280));
  s.span = products / s.norm;
  return s;
}

/// The sums of a curve; `means` and `weights` begin at its data of the first dose.
VECTOR v_sums3 v_evaluate3(int free_plateaus, const struct curve_design *design, long stride,
                           const double *means, const double *weights, const v_frame *frame,
                           vd asymmetry) {
  const int doses = design->doses;
  v_shares3 shares;
  v_all_shares3(design, frame, asymmetry, &shares);
  v_sums3 s = v_eliminate3(free_plateaus, doses, stride, means, weights, &shares);
  const vd by_place = frame->h1 * frame->slope, by_place2 = frame->h2 * frame->slope;
  for (int k = 0; k < doses; k++) {
    const vd t = design->positions[k] - frame->centre, w = v_weight(weights, k * stride);
    const vd q = shares.q[k], hazard = shares.hazard[k], p = shares.steepness[k];
    // By z, by ln f at the same z, and both once more.
    const vd slope = asymmetry * p, first = -slope * q, own = -hazard * q;
    const vd second = first * ((1 - p) - slope), mixed = first * (1 - hazard);
    const vd z3 = by_place * t + frame->zeta1, z33 = by_place2 * t + frame->zeta2;
    const vd third = own + first * z3;
    const vd second13 = second * z3 + mixed + first * frame->h1;
    const vd second33 = own * (1 - hazard) + (2 * mixed + second * z3) * z3 + first * z33;
    const vd c = q - s.mean, r = v_load(means + k * stride) - s.span * c;
    const vd wr = weights ? w * r : r, w1 = weights ? w * first : first, w2 = w1 * t;
    const vd w3 = weights ? w * third : third;
    s.squares += wr * r;
    const vd rd = wr * first, rs = wr * second, rst = rs * t, rm = wr * second13;
    s.g1 += rd;
    s.g2 += rd * t;
    s.g3 += wr * third;
    if (free_plateaus == 2) {
      s.c1 += w1;
      s.c2 += w2;
      s.c3 += w3;
    }
    if (free_plateaus > 0) {
      s.e1 += w1 * c;
      s.e2 += w2 * c;
      s.e3 += w3 * c;
    }
    s.q11 += w1 * first;
    s.q12 += w2 * first;
    s.q22 += w2 * first * t;
    s.q13 += w1 * third;
    s.q23 += w2 * third;
    s.q33 += w3 * third;
    s.r11 += rs;
    s.r12 += rst;
    s.r22 += rst * t;
    s.r13 += rm;
    s.r23 += rm * t;
    s.r33 += wr * second33;
  }
  return s;
}
