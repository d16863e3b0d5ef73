#pragma once

#include "curve_reports.h"
#include "include/asymmetric_kernels.h"

/// What is told of the curves of a vector besides v_curve: f, its variance and covariances over σ².
typedef struct {
  v_curve curve;
  vd asymmetry, slope_asymmetry, location_asymmetry, asymmetry_asymmetry;
} v_curve3;

/// The z where q is e^(−y), ln(e^(y/f) − 1), and ∂z/∂ln f.
typedef struct {
  vd z, by_log_asymmetry;
} v_reached;

VECTOR v_reached v_reached_at(const struct curve_effect *effect, const v_curve3 *c) {
  const vd x = v_argument(effect, c->curve.slope) / c->asymmetry, rest = -v_expm1(-x);
  return (v_reached){x + v_log(rest), -x / rest};
}

VECTOR vd v_place_of(const struct curve_effect *effect, const v_curve3 *c) {
  return c->curve.location + v_reached_at(effect, c).z / c->curve.slope;
}

/// An effective dose and its limits, from u = location + z/slope.
VECTOR void v_put_effect3(const struct curve_report *report, const struct curve_effect *effect,
                          const v_curve3 *all, double *columns, long stride) {
  const v_curve *c = &all->curve;
  const v_reached reached = v_reached_at(effect, all);
  const vd inverse = 1 / c->slope, place = c->location + reached.z * inverse;
  const vd b = -reached.z * inverse * inverse, f = reached.by_log_asymmetry * inverse;
  const vd variance = c->location_location + b * (2 * c->slope_location + b * c->slope_slope)
                      + f * (2 * all->location_asymmetry + 2 * b * all->slope_asymmetry
                             + f * all->asymmetry_asymmetry);
  v_put_limits(report, effect, c, place, v_max(variance, v_all(0)), columns, stride);
}

VECTOR void v_report3(const struct asymmetric_report *own, long stride, const double *state,
                      const double *data, double *columns, long lanes) {
  const struct curve_report *report = &own->curve;
  // The code counts what is held by powers of 2.
  const vl held = (vl)(STATE(curve_done) - 1 + 0x1.8p52);
  const vl slope_held = (held & 1) != 0, location_held = (held & 2) != 0;
  const vl asymmetry_held = (held & 4) != 0;
  const v_curve3 c = {.curve = v_put_curve(report, stride, state, data, slope_held, location_held,
                                           columns, lanes),
                      .asymmetry = v_exp(STATE(asymmetric_log_asymmetry)),
                      .slope_asymmetry = STATE(asymmetric_slope_asymmetry),
                      .location_asymmetry = STATE(asymmetric_location_asymmetry),
                      .asymmetry_asymmetry = STATE(asymmetric_asymmetry_asymmetry)};
  const vd error = c.curve.deviation * v_sqrt(c.asymmetry_asymmetry);
  v_put_estimate(columns, lanes, own->asymmetry_column, c.asymmetry, c.asymmetry * error,
                 asymmetry_held);
  for (int i = 0; i < report->effects; i++) {
    v_put_effect3(report, &report->effect[i], &c, columns, lanes);
  }
  const vd half = v_place_of(&report->half, &c), most = v_place_of(&report->most, &c);
  v_put_status(report, &c.curve, half, most, stride, state, data, columns, lanes);
}
