#pragma once

#include "asymmetric_steps.h"

/// gᵀ C g.
VECTOR vd v_form(v_matrix3 c, vd g1, vd g2, vd g3) {
  return g1 * (c.v11 * g1 + 2 * c.v12 * g2 + 2 * c.v13 * g3) + g2 * (c.v22 * g2 + 2 * c.v23 * g3)
         + c.v33 * g3 * g3;
}

/// By slope t + κ and ln f as they stand, t from the location: C ↦ T C Tᵀ with
/// T = [1 −d ζ′ − d h₁ slope; 0 1 h₁ slope; 0 0 1], d = centre − location.
VECTOR v_matrix3 v_natural(v_matrix3 c, const v_frame *frame) {
  const vd d = frame->zeta / frame->slope, by_place = frame->h1 * frame->slope;
  const vd x = frame->zeta1 - d * by_place;
  const vd c23 = c.v23 + by_place * c.v33, c13 = c.v13 - d * c.v23 + x * c.v33;
  // T C.
  const vd k2 = c.v12 - d * c.v22 + x * c.v23, k1 = c.v11 - d * c.v12 + x * c.v13;
  const vd b2 = c.v22 + by_place * c.v23;
  return (v_matrix3){k1 - d * k2 + x * c13, k2 + by_place * c13, c13, b2 + by_place * c23,
                     c23,                   c.v33};
}

/// The greatest and the least of numbers that are looked at in turn.
typedef struct {
  vd least, greatest;
} v_range;

VECTOR void v_look(v_range *range, vl held, vd x) {
  range->least = v_min(range->least, v_select(held, v_all(__builtin_inf()), x));
  range->greatest = v_max(range->greatest, v_zero_if(held, x));
}

/// What is known of the curves where a search is done: the rows from base on, and those of ln f.
VECTOR void v_describe3(int free_plateaus, const v_sums3 *s, v_frame frame, v_held held,
                        v_step3 last, double *state, long stride) {
  const vd span = s->span, squared = span * span, steep = squared * frame.slope * frame.slope;
  const v_matrix3 gauss = v_without(held, v_gauss_matrix3(free_plateaus, s));
  const v_lengths step_lengths = v_step_lengths(s, &frame, held);
  const v_factor3 factor = v_factor(gauss, step_lengths);
  v_matrix3 c = v_inverse(factor);
  c = (v_matrix3){v_zero_if(held.k, c.v11), v_zero_if(held.k | held.b, c.v12),
                  v_zero_if(held.k | held.f, c.v13), v_zero_if(held.b, c.v22),
                  v_zero_if(held.b | held.f, c.v23), v_zero_if(held.f, c.v33)};
  const v_matrix3 natural = v_natural(c, &frame);
  const v_lengths lengths = v_natural_lengths(s, &frame);
  vd inflation = squared * v_max(v_max(natural.v11 * lengths.k, natural.v22 * lengths.b),
                                 natural.v33 * lengths.f);
  v_range range = {v_all(__builtin_inf()), {}};
  v_look(&range, held.k, steep * lengths.k);
  v_look(&range, held.b, steep * lengths.b);
  v_look(&range, held.f, squared * lengths.f);
  vd base = {}, top = span, base_base = {}, top_top = {};
  if (free_plateaus > 0) {
    const vd norm_inverse = 1 / s->norm, rest = 1 - s->mean;
    const vd weight_inverse = free_plateaus == 2 ? 1 / s->weight : (vd){};
    const vd l = span * weight_inverse, n = span * norm_inverse;
#define CHANGE(I, SHARE) (l * s->c##I + (SHARE)*n * s->e##I)
    top_top = weight_inverse + rest * rest * norm_inverse
              + v_form(c, CHANGE(1, rest), CHANGE(2, rest), CHANGE(3, rest));
    const vd top_length = s->norm + s->weight * s->mean * s->mean;
    inflation = v_max(inflation, top_top * top_length);
    v_look(&range, (vl){}, top_length);
    // The last step, to the first order.
    top += ((s->g1 - span * s->e1) * last.k + (s->g2 - span * s->e2) * last.b
            + (s->g3 - span * s->e3) * last.f) * norm_inverse;
    if (free_plateaus == 2) {
      base_base = weight_inverse + s->mean * s->mean * norm_inverse
                  + v_form(c, CHANGE(1, -s->mean), CHANGE(2, -s->mean), CHANGE(3, -s->mean));
      const vd base_length = s->norm + s->weight * rest * rest;
      inflation = v_max(inflation, base_base * base_length);
      v_look(&range, (vl){}, base_length);
      base = -top * s->mean - l * (s->c1 * last.k + s->c2 * last.b + s->c3 * last.f);
    }
#undef CHANGE
  }
  // A parameter that others make up for within rounding, or without effect beside others.
  const vl is_idle = (factor.d1 > 1e6 * step_lengths.k) | (factor.d2 > 1e6 * step_lengths.b)
                     | (factor.d3 > 1e6 * step_lengths.f)
                     | ~(range.least > 1e-24 * range.greatest);
  inflation = v_select(is_idle, v_all(__builtin_inf()), inflation);
  v_store(state + curve_base * stride, base);
  v_store(state + curve_span * stride, top);
  v_store(state + curve_slope_slope * stride, natural.v22);
  v_store(state + curve_slope_location * stride, -natural.v12 / frame.slope);
  v_store(state + curve_location_location * stride, natural.v11 / (frame.slope * frame.slope));
  v_store(state + asymmetric_slope_asymmetry * stride, natural.v23);
  v_store(state + asymmetric_location_asymmetry * stride, -natural.v13 / frame.slope);
  v_store(state + asymmetric_asymmetry_asymmetry * stride, natural.v33);
  v_store(state + curve_base_base * stride, base_base);
  v_store(state + curve_top_top * stride, top_top);
  v_store(state + curve_inflation * stride, inflation);
}
