// The moments of rows by intervals of dose, for one set of instructions: ROWS_NAME(name) gives the
// names that it is called by. Vectors are of eight numbers, as many as there are moments.

#include "rows_tile.h"
#include "vector_math.h"

/// Eight rows of eight numbers from eight columns.
VECTOR void transpose(vd x[8]) {
  vd y[8];
  for (int k = 0; k < 4; k++) {
    y[2 * k] = __builtin_shufflevector(x[2 * k], x[2 * k + 1], 0, 8, 2, 10, 4, 12, 6, 14);
    y[2 * k + 1] = __builtin_shufflevector(x[2 * k], x[2 * k + 1], 1, 9, 3, 11, 5, 13, 7, 15);
  }
  vd z[8];
  for (int half = 0; half < 8; half += 4) {
    for (int k = 0; k < 2; k++) {
      const vd a = y[half + k], b = y[half + 2 + k];
      z[half + k] = __builtin_shufflevector(a, b, 0, 1, 8, 9, 4, 5, 12, 13);
      z[half + 2 + k] = __builtin_shufflevector(a, b, 2, 3, 10, 11, 6, 7, 14, 15);
    }
  }
  for (int k = 0; k < 4; k++) {
    x[k] = __builtin_shufflevector(z[k], z[k + 4], 0, 1, 2, 3, 8, 9, 10, 11);
    x[k + 4] = __builtin_shufflevector(z[k], z[k + 4], 4, 5, 6, 7, 12, 13, 14, 15);
  }
}

VECTOR void bin_tile(
    const double *doses, const double *responses, const double *weights,
    const struct rows_bins *bins, double *moments, int is_by_octave) {
  for (int i = 0; i < TILE; i += VECTOR_LANES) {
    const vd dose = v_load(doses + i), response = v_load(responses + i);
    const vl counts = v_is_finite(response);
    vl index;
    vd t;
    if (is_by_octave) {
      const vl bits = (vl)dose;
      index = (bits >> 46) - bins->first;
      // The last 46 bits as the first of a number between 1 and 2.
      t = (vd)(((bits << 6) & 0x000fffffffffffff) | 0x3ff0000000000000) - 1.5;
    } else {
      const double shift = 0x1.8p52;
      const vd place = (dose - bins->origin) * bins->scale - 0.5;
      const vd shifted = v_min(v_max(place, v_all(-2)), v_all(bins->count + 1)) + shift;
      index = (vl)shifted - 0x4338000000000000;
      t = place - (shifted - shift);
    }
    const vl is_beyond = (index < 0) | (index >= bins->count);
    index = (vl)v_select(is_beyond, (vd)v_whole(bins->count + 1), (vd)index);
    if (is_by_octave) index = (vl)v_select(dose == 0, (vd)v_whole(bins->count), (vd)index);
    t = v_select((index >= bins->count), v_all(0), t);
    vd w = weights ? v_load(weights + i) : v_all(1);
    const vl taken = counts & (w > 0);
    w = v_select(taken, w, v_all(0));
    const vd y = v_select(taken, response - bins->response, v_all(0));
    const vd wt = w * t, wy = w * y;
    vd rows[8] = {
        w, wt, wt * t, wt * t * t, wy, wy * t, wy * y, v_select(taken, v_all(1), v_all(0))};
    transpose(rows);
    for (int k = 0; k < 8; k++) {
      double *const place = moments + ROWS_MOMENTS * index[k];
      v_store(place, v_load(place) + rows[k]);
    }
  }
}

void ROWS_NAME(bin)(
    const struct rows_data *data, const struct rows_bins *bins, double *moments) {
  tile_rows rows;
  for (long first = 0; first < data->count; first += TILE) {
    const double *doses = data->doses + first, *responses = data->responses + first;
    const double *weights = data->weights ? data->weights + first : 0;
    if (first + TILE > data->count) {
      copy_tile(&rows, data, first);
      doses = rows.doses, responses = rows.responses, weights = rows.weights;
    }
    if (bins->is_by_octave)
      bin_tile(doses, responses, weights, bins, moments, 1);
    else
      bin_tile(doses, responses, weights, bins, moments, 0);
  }
}
