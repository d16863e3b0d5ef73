#pragma once

#include "curve_transposition.h"

/// The responses of as many curves as there are lanes, of which there are `count` and the last is
/// repeated.
VECTOR void v_columns(const struct curve_reduction *reduction, const double *responses, long count,
                      vd *values) {
  const long points = reduction->points, lanes = count < VECTOR_LANES ? count : VECTOR_LANES;
  double *first = (double *)values;
  v_transpose(responses, points, lanes, points, first, VECTOR_LANES);
  for (long l = lanes; l < VECTOR_LANES; l++) {
    for (long p = 0; p < points; p++) {
      first[p * VECTOR_LANES + l] = first[p * VECTOR_LANES + lanes - 1];
    }
  }
}

VECTOR void v_reduce(const struct curve_reduction *reduction, long stride, const vd *values,
                     double *means, double *data, double *state) {
  const int doses = reduction->doses, *point = reduction->points_by_dose;
  vd total = {}, pure = {};
  for (int k = 0; k < doses; k++) {
    const int count = (int)reduction->replicates[k];
    vd sum = values[point[0]];
    for (int p = 1; p < count; p++) sum += values[point[p]];
    const vd mean = sum * (1 / reduction->replicates[k]);
    for (int p = 0; p < count && count > 1; p++) {
      const vd r = values[point[p]] - mean;
      pure += r * r;
    }
    v_store(means + k * stride, mean);
    total += sum;
    point += count;
  }
  const int is_centred = reduction->free_plateaus == 2;
  const vd origin = is_centred ? total * (1.0 / reduction->points) : v_all(reduction->base);
  const double unit = is_centred ? 1 : 1 / reduction->span;
  vd size = {};
  for (int k = 0; k < doses; k++) {
    const vd mean = (v_load(means + k * stride) - origin) * unit;
    size += mean * mean;
    v_store(means + k * stride, mean);
  }
  v_store(data + curve_centre * stride, origin);
  v_store(data + curve_pure_error * stride, pure);
  v_store(data + curve_is_irregular * stride,
          v_select(v_is_finite(total), v_all(0), v_all(1)));
  // Rounding of the data moves the sum of squares by this much.
  const vd rounding = 1e-30 * (size + origin * origin * (unit * unit));
  v_store(state + curve_enough * stride,
          reduction->tolerance * (unit * unit) * pure + rounding);
  v_store(state + curve_evaluations * stride, v_all(0));
}
