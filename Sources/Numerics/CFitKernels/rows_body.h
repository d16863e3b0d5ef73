// The sums over rows for one set of instructions: ROWS_NAME(name) gives the names that it is called
// by, ROWS_NARROW the number of doubles in a register.

#include "vector_math.h"

#define TILE 256

/// As many doubles as a register has.
typedef double vn __attribute__((vector_size(8 * ROWS_NARROW)));

/// The columns of a tile.
typedef struct {
  double value[ROWS_COLUMNS][TILE] __attribute__((aligned(64)));
} tile_columns;

/// p, q, ∂q/∂z and −∂q/∂asymmetry.
typedef struct {
  vd p;
  vd q;
  vd change;
  vd by_asymmetry;
} shares;

VECTOR shares shares_at(vd z, int shape, double asymmetry) {
  if (shape == rows_normal) {
    const v_normal_tail normal = v_normal(z);
    const vl above = z > 0;
    const vd rest = 1 - normal.tail;
    return (shares){
        v_select(above, normal.tail, rest), v_select(above, rest, normal.tail), normal.density,
        v_all(0)};
  }
  if (shape == rows_gumbel) {
    // exp(−700) is nothing.
    const vd hazard = v_exp(v_min(z, v_all(6.55)));
    const v_scaled_exp e = v_exp_parts(-hazard);
    const vd q = e.power + e.power * e.rest;
    return (shares){(1 - e.power) - e.power * e.rest, q, -hazard * q, v_all(0)};
  }
  const vd odds = v_exp(v_min(z, v_all(700)));
  const vd q = 1 / (1 + odds);
  const vd p = odds * q;
  if (shape == rows_logistic) return (shares){p, q, -p * q, v_all(0)};
  const vd logarithm = v_log1p(odds);
  const v_scaled_exp e = v_exp_parts(v_max(-asymmetry * logarithm, v_all(-708)));
  const vd power = e.power + e.power * e.rest;
  return (shares){
      (1 - e.power) - e.power * e.rest, power, -asymmetry * power * p, logarithm * power};
}

/// Computes the columns of a tile; √w of each row is in `roots`, or is 1. Returns whether all columns
/// are finite.
VECTOR int fill_tile(
    tile_columns *columns, const double *doses, const double *responses, const double *roots,
    const struct rows_curve *curve, int shape, int is_log_dose) {
  // At dose 0 the curve is at its limit, unless it has no slope.
  const double limit = curve->slope > 0 ? -800 : curve->slope < 0 ? 800 : 0;
  vl finite = (vl){} - 1;
  for (int i = 0; i < TILE; i += VECTOR_LANES) {
    const vd dose = v_load(doses + i), response = v_load(responses + i);
    const vd u = is_log_dose ? v_log(v_max(dose, v_all(0x1p-1022))) : dose;
    const vd distance = u - curve->location;
    vd z = curve->slope * distance;
    if (is_log_dose) z = v_select(dose == 0, v_all(limit), z);
    const shares at = shares_at(z, shape, curve->asymmetry);
    const vd residual = response - (curve->lower * at.p + curve->upper * at.q);
    finite &= v_is_finite(residual);
    const vd root = roots ? v_load(roots + i) : v_all(1);
    const vd all[] = {at.p, at.q, at.change, at.change * distance, at.by_asymmetry, residual};
#pragma clang loop unroll(full)
    for (int k = 0; k < ROWS_COLUMNS; k++) {
      if (k == 4 && shape != rows_asymmetric) continue;
      v_store(columns->value[k] + i, roots ? all[k] * root : all[k]);
    }
  }
  int64_t every = -1;
  for (int lane = 0; lane < VECTOR_LANES; lane++) every &= finite[lane];
  return every != 0;
}

#define FILL(name, shape, is_log_dose)                                                       \
  static __attribute__((noinline)) int name(                                                 \
      tile_columns *columns, const double *doses, const double *responses,                   \
      const double *roots, const struct rows_curve *curve) {                                 \
    return roots ? fill_tile(columns, doses, responses, roots, curve, shape, is_log_dose)    \
                 : fill_tile(columns, doses, responses, 0, curve, shape, is_log_dose);       \
  }
FILL(fill_logistic_of_log, rows_logistic, 1)
FILL(fill_logistic, rows_logistic, 0)
FILL(fill_asymmetric_of_log, rows_asymmetric, 1)
FILL(fill_asymmetric, rows_asymmetric, 0)
FILL(fill_normal_of_log, rows_normal, 1)
FILL(fill_normal, rows_normal, 0)
FILL(fill_gumbel_of_log, rows_gumbel, 1)
FILL(fill_gumbel, rows_gumbel, 0)

/// The products with the rounding of their sums.
typedef struct {
  vn sum[ROWS_PRODUCTS];
  vn rounding[ROWS_PRODUCTS];
} compensated;

/// Adds the products of the columns `indices` of a tile.
VECTOR void add_products(compensated *total, const tile_columns *columns, const int *indices, int count) {
  vn sums[ROWS_PRODUCTS];
#pragma clang loop unroll(full)
  for (int k = 0; k < count * (count + 1) / 2; k++) sums[k] = (vn){0};
  for (int i = 0; i < TILE; i += ROWS_NARROW) {
    vn c[ROWS_COLUMNS];
#pragma clang loop unroll(full)
    for (int j = 0; j < count; j++) c[j] = *(const vn *)(columns->value[indices[j]] + i);
#pragma clang loop unroll(full)
    for (int j = 0; j < count; j++) {
#pragma clang loop unroll(full)
      for (int k = 0; k <= j; k++) sums[j * (j + 1) / 2 + k] += c[j] * c[k];
    }
  }
#pragma clang loop unroll(full)
  for (int j = 0; j < count; j++) {
#pragma clang loop unroll(full)
    for (int k = 0; k <= j; k++) {
      const int place = indices[j] * (indices[j] + 1) / 2 + indices[k];
      const vn a = total->sum[place], b = sums[j * (j + 1) / 2 + k];
      // Knuth's sum with its rounding.
      const vn s = a + b, t = s - a;
      total->sum[place] = s;
      total->rounding[place] += (a - (s - t)) + (b - t);
    }
  }
}

static __attribute__((noinline)) void add_products_of_five(
    compensated *total, const tile_columns *columns) {
  static const int indices[] = {0, 1, 2, 3, 5};
  add_products(total, columns, indices, 5);
}

static __attribute__((noinline)) void add_products_of_six(
    compensated *total, const tile_columns *columns) {
  static const int indices[] = {0, 1, 2, 3, 4, 5};
  add_products(total, columns, indices, 6);
}

/// The first five columns times a matrix.
static __attribute__((noinline)) void transform_columns(
    tile_columns *columns, const double *transform, int shape) {
  for (int i = 0; i < TILE; i += VECTOR_LANES) {
    if (shape != rows_asymmetric) v_store(columns->value[4] + i, v_all(0));
    vd before[5];
    for (int k = 0; k < 5; k++) before[k] = v_load(columns->value[k] + i);
    for (int j = 0; j < 5; j++) {
      vd sum = v_all(0);
      for (int k = 0; k < 5; k++) sum += transform[5 * j + k] * before[k];
      v_store(columns->value[j] + i, sum);
    }
  }
}

/// A tile of its own of at most that many rows, the rest missing.
typedef struct {
  double doses[TILE];
  double responses[TILE];
  /// 1 where there are none.
  double weights[TILE];
} tile_rows;

static void copy_tile(tile_rows *tile, const struct rows_data *data, long first) {
  const long count = data->count - first < TILE ? data->count - first : TILE;
  for (long i = 0; i < TILE; i++) {
    tile->doses[i] = i < count ? data->doses[first + i] : 1;
    tile->responses[i] = i < count ? data->responses[first + i] : __builtin_nan("");
    tile->weights[i] = i < count && data->weights ? data->weights[first + i] : 1;
  }
}

/// Makes of the weights their roots, and harmless rows of those that count for nothing.
static void clean_tile(tile_rows *tile) {
  for (int i = 0; i < TILE; i += VECTOR_LANES) {
    const vd response = v_load(tile->responses + i), weight = v_load(tile->weights + i);
    const vl counts = v_is_finite(response) & (weight > 0);
    v_store(tile->responses + i, v_select(counts, response, v_all(0)));
    v_store(tile->doses + i, v_select(counts, v_load(tile->doses + i), v_all(1)));
    v_store(
        tile->weights + i,
        __builtin_elementwise_sqrt(v_select(counts, weight, v_all(0))));
  }
}

typedef int fill(
    tile_columns *, const double *doses, const double *responses, const double *roots,
    const struct rows_curve *);

static fill *fill_for(const struct rows_curve *curve) {
  static fill *const fills[][2] = {
      {fill_logistic, fill_logistic_of_log},
      {fill_asymmetric, fill_asymmetric_of_log},
      {fill_normal, fill_normal_of_log},
      {fill_gumbel, fill_gumbel_of_log}};
  return fills[curve->shape][curve->is_log_dose != 0];
}

void ROWS_NAME(products)(
    const struct rows_data *data, const struct rows_curve *curve, const double *transform,
    double *products) {
  fill *const fill = fill_for(curve);
  tile_columns columns;
  tile_rows rows;
  compensated total = {0};
  for (long first = 0; first < data->count; first += TILE) {
    const int is_plain = !data->weights && first + TILE <= data->count;
    if (!is_plain || !fill(&columns, data->doses + first, data->responses + first, 0, curve)) {
      copy_tile(&rows, data, first);
      clean_tile(&rows);
      fill(&columns, rows.doses, rows.responses, rows.weights, curve);
    }
    if (transform) transform_columns(&columns, transform, curve->shape);
    if (curve->shape == rows_asymmetric)
      add_products_of_six(&total, &columns);
    else
      add_products_of_five(&total, &columns);
  }
  for (int k = 0; k < ROWS_PRODUCTS; k++) {
    double sum = 0, rounding = 0;
    for (int lane = 0; lane < ROWS_NARROW; lane++) {
      const double b = total.sum[k][lane], s = sum + b, t = s - sum;
      rounding += (sum - (s - t)) + (b - t) + total.rounding[k][lane];
      sum = s;
    }
    products[k] = sum + rounding;
  }
}

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
    vd all[8] = {
        w, wt, wt * t, wt * t * t, wy, wy * t, wy * y, v_select(taken, v_all(1), v_all(0))};
    transpose(all);
    for (int k = 0; k < VECTOR_LANES; k++) {
      double *const place = moments + ROWS_MOMENTS * index[k];
      v_store(place, v_load(place) + all[k]);
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
