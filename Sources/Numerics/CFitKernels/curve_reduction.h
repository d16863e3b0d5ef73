#pragma once

#include "include/curve_kernels.h"
#include "vector_math.h"

/// The number at `place` of as many rows as there are lanes.
VECTOR vd v_column(const double *const rows[VECTOR_LANES], int place) {
  vd values;
  for (int i = 0; i < VECTOR_LANES; i++) values[i] = rows[i][place];
  return values;
}

VECTOR void v_reduce(const struct curve_reduction *reduction,
                     const double *const rows[VECTOR_LANES], long stride, double *means,
                     double *data, double *state, vd *sums, vd *values) {
  const int points = reduction->points, doses = reduction->doses;
  vd total = {}, pure = {};
  for (int k = 0; k < doses; k++) sums[k] = (vd){};
  for (int p = 0; p < points; p++) {
    values[p] = v_column(rows, p);
    sums[reduction->places[p]] += values[p];
    total += values[p];
  }
  for (int k = 0; k < doses; k++) sums[k] *= 1 / reduction->replicates[k];
  if (reduction->most_replicates > 1) {
    for (int p = 0; p < points; p++) {
      const vd r = values[p] - sums[reduction->places[p]];
      pure += r * r;
    }
  }
  const int is_centred = reduction->free_plateaus == 2;
  const vd origin = is_centred ? total * (1.0 / points) : v_all(reduction->base);
  const double unit = is_centred ? 1 : 1 / reduction->span;
  vd size = {};
  for (int k = 0; k < doses; k++) {
    const vd mean = (sums[k] - origin) * unit;
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
