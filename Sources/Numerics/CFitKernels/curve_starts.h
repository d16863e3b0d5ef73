#pragma once

#include "curve_sums.h"

/// The greatest number of starts, a multiple of 4.
#define MOST_STARTS 1024

/// What part of Σ w m² each of `count` starts explains, but for a constant of the curve where the span
/// is fixed.
/// Four at a time, so that the data are loaded once for four.
VECTOR void v_scores(int free_plateaus, const struct curve_design *design,
                     const struct curve_grid *grid, int first, int count, long stride,
                     const double *means, const double *weights, vd *scores) {
  const int doses = design->doses;
  for (int j = 0; j < count; j += 4) {
    const double *shares = grid->shares + (long)(first + j) * doses;
    vd products[4] = {}, sums[4] = {}, squares[4] = {}, weight = {};
    for (int k = 0; k < doses; k++) {
      const vd m = v_load(means + k * stride);
      if (!weights) {
        for (int i = 0; i < 4; i++) products[i] += shares[i * doses + k] * m;
        continue;
      }
      const vd w = v_load(weights + k * stride), wm = w * m;
      weight += w;
      for (int i = 0; i < 4; i++) {
        const double q = shares[i * doses + k];
        const vd wq = q * w;
        products[i] += q * wm;
        sums[i] += wq;
        squares[i] += q * wq;
      }
    }
    for (int i = 0; i < 4; i++) {
      if (free_plateaus == 0) {
        scores[j + i] = 2 * products[i] - (weights ? squares[i] : v_all(grid->squares[first + j + i]));
        continue;
      }
      vd product = grid->rises ? v_max(products[i], v_all(0)) : products[i];
      product *= product;
      if (weights) {
        vd norm = squares[i];
        if (free_plateaus == 2) norm -= sums[i] * sums[i] / weight;
        // A start that is flat on these doses explains nothing.
        product = v_select(norm > 1e-9 * weight, product / norm, v_all(0));
      }
      scores[j + i] = product;
    }
  }
}

/// The place of the extreme of the parabola through values at −1, 0 and 1, the middle one greatest.
VECTOR vd v_vertex(vd before, vd middle, vd after) {
  const vd curvature = before - 2 * middle + after;
  const vd place = 0.5 * (before - after) / curvature;
  return v_select((curvature < 0) & (v_abs(place) <= 0.6), place, v_all(0));
}

/// The lanes of `scores` at `places`.
VECTOR vd v_gather(const vd *scores, vl places) {
  const double *first = (const double *)scores;
  vd values;
  for (int i = 0; i < VECTOR_LANES; i++) values[i] = first[places[i] * VECTOR_LANES + i];
  return values;
}

/// The integer that is the quotient of small positive integers.
VECTOR vd v_quotient(vd numerator, double denominator) {
  const double shift = 0x1.8p52;
  return ((numerator + 0.5) * (1 / denominator) - 0.5 + shift) - shift;
}

VECTOR vl v_integer(vd x) { return (vl)(x + 0x1.8p52) - (vl)v_all(0x1.8p52); }

VECTOR void v_start(int free_plateaus, const struct curve_design *design,
                    const struct curve_grid *grid, long stride, const double *means,
                    const double *weights, double *state) {
  vd scores[MOST_STARTS];
  const int starts = grid->signs * grid->slopes * grid->locations;
  v_scores(free_plateaus, design, grid, 0, starts, stride, means, weights, scores);
  vd best = scores[0], place = {};
  for (int j = 1; j < starts; j++) {
    const vl better = scores[j] > best;
    best = v_select(better, scores[j], best);
    place = v_select(better, v_all(j), place);
  }
  const double locations = grid->locations, slopes = grid->slopes;
  vd row = v_quotient(place, locations);
  vd column = place - row * locations;
  const vd turned = v_quotient(row, slopes);
  row -= turned * slopes;
  // At an edge of the grid the neighbours are the start itself, and the parabola is none.
  const vd above = v_select((row > 0) & (row < slopes - 1), v_all(locations), v_all(0));
  const vd beside = v_select((column > 0) & (column < locations - 1), v_all(1), v_all(0));
  row += v_vertex(v_gather(scores, v_integer(place - above)), best,
                  v_gather(scores, v_integer(place + above)));
  column += v_vertex(v_gather(scores, v_integer(place - beside)), best,
                     v_gather(scores, v_integer(place + beside)));
  v_store(state + curve_slope * stride,
          (1 - 2 * turned) * v_exp(grid->first_log_slope + row * grid->log_slope_step));
  v_store(state + curve_location * stride, grid->first_location + column * grid->location_step);
}
