// The sums of products over rows for one set of instructions: ROWS_NAME(name) gives the names that it is called
// by, ROWS_NARROW the number of doubles in a register.

#include "rows_tile.h"
#include "vector_math.h"

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
