#pragma once

#include "include/curve_kernels.h"
#include "vector_math.h"

/// What is told of the curves of a vector.
typedef struct {
  vd slope, location, base, span;
  vd first_position, last_position;
  vd deviation, critical;
  /// The variances over σ².
  vd slope_slope, slope_location, location_location;
} v_curve;

VECTOR vd v_nan(void) { return v_all(__builtin_nan("")); }

VECTOR void v_put(double *columns, long stride, int column, vd value) {
  if (column >= 0) v_store(columns + column * stride, value);
}

/// An estimate and its standard error, which does not exist where it is `held`.
VECTOR void v_put_estimate(double *columns, long stride, int column, vd value, vd error,
                           vl held) {
  if (column < 0) return;
  v_store(columns + column * stride, value);
  v_store(columns + (column + 1) * stride, v_select(held, v_nan(), error));
}

/// The z of an effect.
VECTOR vd v_argument(const struct curve_effect *effect, vd slope) {
  return v_select(slope > 0, v_all(effect->rising), v_all(effect->falling));
}

/// An effective dose and its limits from its place and the variance of this over σ².
VECTOR void v_put_limits(const struct curve_report *report, const struct curve_effect *effect,
                         const v_curve *c, vd place, vd variance, double *columns, long stride) {
  const vl exists = (c->span != 0) & (v_abs(place) < 700);
  const vd dose = report->is_log_dose ? v_exp(place) : place;
  v_put(columns, stride, effect->dose_column, v_select(exists, dose, v_nan()));
  const vd half = c->critical * c->deviation * v_sqrt(variance);
  vd lower = v_nan(), upper = v_nan();
  if (report->interval == curve_wald) {
    const vd width = report->is_log_dose ? dose * half : half;
    lower = dose - width;
    upper = dose + width;
  } else if (report->interval == curve_wald_log && report->is_log_dose) {
    lower = v_exp(place - half);
    upper = v_select(place + half < 709, v_exp(place + half), v_all(__builtin_inf()));
  }
  const vl has_limits = exists & (half == half);
  v_put(columns, stride, effect->lower_column, v_select(has_limits, lower, v_nan()));
  v_put(columns, stride, effect->lower_column + 1, v_select(has_limits, upper, v_nan()));
}

/// Of u = location + z/slope the variance is V(location) − 2 z/slope² V(slope, location)
/// + z²/slope⁴ V(slope).
VECTOR void v_put_effect(const struct curve_report *report, const struct curve_effect *effect,
                         const v_curve *c, double *columns, long stride) {
  const vd argument = v_argument(effect, c->slope), inverse = 1 / c->slope;
  const vd by_slope = -argument * inverse * inverse;
  const vd variance = c->location_location + 2 * by_slope * c->slope_location
                      + by_slope * by_slope * c->slope_slope;
  v_put_limits(report, effect, c, c->location + argument * inverse, variance, columns, stride);
}

/// The gravest of what is to be said; `half` and `most` of the way are at these places.
VECTOR vd v_status(const struct curve_report *report, const v_curve *c, vd half, vd most, vd done,
                   vd inflation, vl has_near_minimum, vl is_perfect) {
  const vl rises = (c->slope * c->span * (report->share_rises ? 1 : -1)) > 0;
  vd status = v_all(curve_is_converged);
  status = v_select(most > c->last_position,
                    v_select(rises, v_all(curve_has_no_upper_plateau),
                             v_all(curve_has_no_lower_plateau)),
                    status);
  status = v_select((half < c->first_position) | (half > c->last_position),
                    v_all(curve_is_extrapolated), status);
  status = v_select(has_near_minimum, v_all(curve_has_several_minima), status);
  status = v_select(done == 0, v_all(curve_is_not_converged), status);
  status = v_select(~(inflation <= 1e4) | (done > 1), v_all(curve_is_not_identified), status);
  return v_select(is_perfect, v_all(curve_is_perfect_fit), status);
}

#define STATE(row) v_load(state + (row) * stride)
#define DATA(row) v_load(data + (row) * stride)

/// Writes all but the effects and the status.
VECTOR v_curve v_put_curve(const struct curve_report *report, long stride, const double *state,
                           const double *data, vl slope_held, vl location_held, double *columns,
                           long lanes) {
  const vd pure = DATA(curve_pure_error), df = DATA(curve_degrees_of_freedom);
  const vd squares = report->scale * report->unit * report->unit * STATE(curve_squares) + pure;
  const vd variance = squares / df;
  const vd deviation = v_select(df > 0, v_sqrt(variance), v_nan());
  const vd root = deviation * (1 / __builtin_sqrt(report->scale));
  // The state counts in the data's units, and its variances from weights that `scale` multiplies.
  const v_curve c = {.slope = STATE(curve_slope), .location = STATE(curve_location),
                     .span = STATE(curve_span), .deviation = root / report->unit,
                     .critical = DATA(curve_critical_value),
                     .first_position = DATA(curve_first_position),
                     .last_position = DATA(curve_last_position),
                     .slope_slope = STATE(curve_slope_slope),
                     .slope_location = STATE(curve_slope_location),
                     .location_location = STATE(curve_location_location)};
  const vd base = DATA(curve_centre) + report->unit * STATE(curve_base);
  const vd top = base + report->unit * c.span;
  const vd base_error = root * v_sqrt(STATE(curve_base_base));
  const vd top_error = root * v_sqrt(STATE(curve_top_top));
  const vl turned = report->is_mirrored ? c.span < 0 : (vl){};
  const vd slope_sign = v_select(turned, v_all(-report->slope_sign), v_all(report->slope_sign));
  v_put_estimate(columns, lanes, report->slope_column, slope_sign * c.slope,
                 c.deviation * v_sqrt(c.slope_slope), slope_held);
  v_put_estimate(columns, lanes, report->base_column, v_select(turned, top, base),
                 v_select(turned, top_error, base_error), (vl){});
  v_put_estimate(columns, lanes, report->top_column, v_select(turned, base, top),
                 v_select(turned, base_error, top_error), (vl){});
  const vd location_error = c.deviation * v_sqrt(c.location_location);
  const vd location = report->is_log_dose ? v_exp(c.location) : c.location;
  v_put_estimate(columns, lanes, report->location_column, location,
                 report->is_log_dose ? location * location_error : location_error,
                 location_held);
  const int last = report->columns - 4;
  v_put(columns, lanes, last, squares);
  v_put(columns, lanes, last + 1, deviation);
  v_put(columns, lanes, last + 2, df);
  v_put(columns, lanes, last + 3, STATE(curve_evaluations));
  return c;
}

VECTOR void v_put_status(const struct curve_report *report, const v_curve *c, vd half, vd most,
                         long stride, const double *state, const double *data, double *columns,
                         long lanes) {
  const vl is_perfect = (DATA(curve_pure_error) == 0)
                        & (STATE(curve_squares) <= 100 * STATE(curve_enough));
  v_put(columns, lanes, 0,
        v_status(report, c, half, most, STATE(curve_done), STATE(curve_inflation),
                 DATA(curve_has_near_minimum) > 0, is_perfect));
}

VECTOR void v_report(const struct curve_report *report, long stride, const double *state,
                     const double *data, double *columns, long lanes) {
  const vd done = STATE(curve_done);
  const v_curve c = v_put_curve(report, stride, state, data, (done == 2) | (done == 4), done > 2,
                                columns, lanes);
  for (int i = 0; i < report->effects; i++) {
    v_put_effect(report, &report->effect[i], &c, columns, lanes);
  }
  const vd half = c.location + v_argument(&report->half, c.slope) / c.slope;
  const vd most = c.location + v_argument(&report->most, c.slope) / c.slope;
  v_put_status(report, &c, half, most, stride, state, data, columns, lanes);
}
