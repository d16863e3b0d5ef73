#pragma once

#include "curve_outlooks.h"
#include "curve_steps.h"

/// The most evaluations of a search for a limit.
#define MOST_LIMIT_EVALUATIONS 16

/// S's half and its derivatives by the place u of the effective dose and the slope b:
/// z = z_p + b (x − u).
typedef struct {
  vd squares, span;
  vd by_slope, by_place;
  /// The second derivatives; what Gauss and Newton's matrix has for the first.
  vd slope_slope, slope_place, gauss_slope;
} v_slopes;

VECTOR v_slopes v_evaluate_at(int shape, int free_plateaus, const struct curve_design *design,
                              long stride, const double *means, const double *weights, vd argument,
                              vd place, vd slope) {
  const vd shift = argument / slope;
  const v_sums s =
      v_evaluate(shape, free_plateaus, 1, design, stride, means, weights, slope, place - shift);
  const v_matrix gauss = v_gauss_matrix(free_plateaus, &s);
  const v_matrix newton = v_newton_matrix(free_plateaus, &s, gauss);
  const vd g1 = -s.span * s.g1, g2 = -s.span * s.g2;
  // dz = (x − u) db − b du − du db.
  return (v_slopes){
      .squares = s.squares,
      .span = s.span,
      .by_slope = g2 - shift * g1,
      .by_place = -slope * g1,
      .slope_slope = newton.v22 + shift * (shift * newton.v11 - 2 * newton.v12),
      .slope_place = -slope * (newton.v12 - shift * newton.v11) - g1,
      .gauss_slope = gauss.v22 + shift * (shift * gauss.v11 - 2 * gauss.v12)};
}

/// A place at which the sum of squares, all else refitted, is as high as it may be.
typedef struct {
  vd place, slope;
  vl found;
  /// By how much the root of its rise over what is allowed grows there with each unit of the place.
  vd growth;
} v_limit;

/// The limit on one side, −1 or 1, of `centre`, from `place` and `slope` on and beyond `inside`, for
/// the lanes `wanted`.
///
/// Newton's steps for {∂S/∂b = 0, √((S − S_min)/allowed) = 1}, the root being nearly linear in u. Venzon &
/// Moolgavkar (1988), Appl. Statist. 37:87.
VECTOR v_limit v_find_limit(int shape, int free_plateaus, const struct curve_design *design,
                            long stride, const double *means, const double *weights, vd argument,
                            vd span, int side, vd centre, vd least, vd allowed, vd farthest,
                            vd inside, vd inside_slope, vd place, vd slope, vl wanted) {
  v_limit limit = {place, slope, {}, {}};
  for (int n = 0; n < MOST_LIMIT_EVALUATIONS && v_any(wanted & ~limit.found); n++) {
    const v_slopes s = v_evaluate_at(shape, free_plateaus, design, stride, means, weights, argument,
                                     place, slope);
    const vl is_minimum = s.slope_slope > 0.02 * s.gauss_slope;
    const vd curvature = v_select(is_minimum, s.slope_slope, s.gauss_slope);
    const vl is_accepted = (s.squares - least <= allowed) & (s.span * span > 0);
    const vl is_farther = is_accepted & (side * (place - inside) >= 0);
    inside = v_select(is_farther, place, inside);
    inside_slope = v_select(is_farther, slope, inside_slope);
    // The rise with the slope refitted, and its derivative.
    const vd gain = s.by_slope * s.by_slope / curvature;
    const vd rise = v_max(s.squares - least - gain, 1e-3 * allowed);
    const vd change = 2 * (s.by_place - s.by_slope * s.slope_place / curvature);
    const vl is_outwards = side * change > 0, is_near = gain <= 0.5 * allowed;
    const vd width = v_abs(place - centre), size = v_abs(slope);
    const vd raw = 2 * (v_sqrt(allowed * rise) - rise) / change;
    const vd most = v_min(width, farthest);
    const vd ahead = v_clamp(v_select(is_outwards, raw, 0.3 * side * width), -most, most);
    const vl is_inwards = side * (place + ahead - inside) < 0;
    // From where Newton's steps are of no use back towards the last place that is accepted.
    const vl is_lost = (place != inside)
                       & (~is_minimum | ~is_near | (s.squares - least > 4 * allowed) | is_inwards
                          | ~(is_outwards | is_accepted) | ~(s.span * span > 0));
    const vd back = 0.5 * (inside - place), back_turn = 0.5 * (inside_slope - slope);
    const vd own = v_select(is_lost, back, v_select(is_near, ahead, (vd){}));
    const vd newton_turn =
        v_clamp(-(s.by_slope + s.slope_place * own) / curvature, -0.5 * size, size);
    const vd turn = v_select(is_lost, back_turn, newton_turn);
    const vl now = ~is_lost & is_minimum & is_outwards & (gain <= 1e-8 * allowed) & (v_abs(own) <= 1e-5 * width)
                   & (v_abs(turn) <= 1e-4 * size) & (s.span * span > 0) & wanted & ~limit.found;
    limit.growth = v_select(now, v_abs(change) / (2 * allowed), limit.growth);
    place += own;
    slope += turn;
    limit.place = v_select(now, place, limit.place);
    limit.slope = v_select(now, slope, limit.slope);
    limit.found |= now;
  }
  return limit;
}

/// The rise over what is allowed at a place, from a slope on; NaN where it is not certain.
VECTOR vd v_refit(int shape, int free_plateaus, const struct curve_design *design, long stride,
                  const double *means, const double *weights, vd argument, vd span, vd least,
                  vd allowed, double place, vd slope) {
  vd rise = v_nan();
  for (int n = 0; n < 5; n++) {
    const v_slopes s = v_evaluate_at(shape, free_plateaus, design, stride, means, weights, argument,
                                     v_all(place), slope);
    const vl is_minimum = s.slope_slope > 0.02 * s.gauss_slope;
    const vd curvature = v_select(is_minimum, s.slope_slope, s.gauss_slope);
    const vd gain = s.by_slope * s.by_slope / curvature, size = v_abs(slope);
    const vl is_there = is_minimum & (s.span * span > 0) & (gain <= 1e-3 * allowed);
    rise = v_select(is_there, (s.squares - gain - least) / allowed, rise);
    slope += v_clamp(-s.by_slope / curvature, -0.5 * size, size);
  }
  return rise;
}

/// The limit on one side as a place: infinite where all is accepted, NaN where it is not certain.
VECTOR vd v_profile_side(int shape, int free_plateaus, const struct curve_design *design,
                         const struct curve_outlook *outlook, long stride, const double *means,
                         const double *weights, int side, vd argument, vd span,
                         const v_subject *subject, v_rise *rises, const v_rise *steps,
                         v_outpost estimate, vd start, vd start_slope, vl bad) {
  const vd least = subject->least, allowed = subject->allowed;
  // Far above all doses q is 1 but for rounding, and turned 0.
  const double turned = side > 0 && outlook->is_mirrored ? -1 : 1;
  argument *= turned;
  span *= turned;
  v_rise *end = &rises[side < 0 ? 0 : outlook->places - 1];
  const vl is_doubtful_end = ~(end->most <= 1) & ~(end->about > 1.2) & ~bad;
  if (v_any(is_doubtful_end)) {
    const vd rise = v_refit(shape, free_plateaus, design, stride, means, weights, argument, span, least,
                            allowed, outlook->place[side < 0 ? 0 : outlook->places - 1],
                            turned * end->slope);
    end->most = v_select(is_doubtful_end, rise, end->most);
    end->about = v_select(is_doubtful_end, rise + 1, end->about);
  }
  const vl is_open = end->most <= 1;
  const v_outpost post = v_outermost(outlook, side, rises, steps, estimate);
  const vl is_near = side * (start - post.place) > 0;
  const vl wanted = ~bad & ~is_open & ~post.is_step & (is_near | ~post.is_beyond_step);
  const v_limit found = v_find_limit(
      shape, free_plateaus, design, stride, means, weights, argument, span, side, estimate.place,
      least, allowed, v_all(outlook->first_step), post.place, turned * post.slope,
      v_select(is_near, start, post.place),
      turned * v_select(is_near, start_slope, post.slope), wanted);
  const vd size = v_abs(found.slope);
  vl is_sound = (wanted & found.found & (side * (found.place - post.place) > 0)
                 & (size > design->least_slope) & (size < design->greatest_slope))
                | post.is_step;
  const vd limit = v_select(post.is_step, post.place, found.place);
  is_sound &= ~v_is_stepped_over(outlook, side, steps, limit, post.is_step);
  // Where something beyond may be accepted: nearly is, though less than the profile rises.
  for (int i = 0; i < outlook->places; i++) {
    const vd distance = side * (outlook->place[i] - limit), root = 1 + found.growth * distance;
    const vl is_beyond = (distance > 0) | (post.is_step & (distance == 0));
    const vd enough =
        v_select(post.is_step, v_all(1.2), v_min(v_all(1.2), 0.5 + 0.5 * root * root));
    const vl doubtful = is_sound & ~is_open & ~bad & is_beyond & ~(rises[i].about >= enough);
    // Beside a step a flatter curve may just be accepted, too.
    is_sound &= ~(post.is_step & (distance == 0)) | (rises[i].about > 1.6);
    if (!v_any(doubtful)) continue;
    const vd rise = v_refit(shape, free_plateaus, design, stride, means, weights, argument, span, least,
                            allowed, outlook->place[i], turned * rises[i].slope);
    is_sound &= ~doubtful | (rise > 1);
  }
  return v_select(is_open, v_all(side * __builtin_inf()), v_select(is_sound, limit, v_nan()));
}

/// Both limits of an effective dose as places.
VECTOR void v_profile(int shape, int free_plateaus, const struct curve_design *design,
                      const struct curve_outlook *outlook, long stride, const double *means,
                      const double *weights, const double *state, const double *data, vd *lower,
                      vd *upper) {
#define STATE(row) v_load(state + (row) * stride)
#define DATA(row) v_load(data + (row) * stride)
  // A mirrored curve in the way that counts its slope up.
  const vd way = design->is_mirrored && outlook->is_mirrored
                     ? v_select(STATE(curve_slope) < 0, v_all(-1), v_all(1))
                     : v_all(1);
  const vd slope = way * STATE(curve_slope), span = way * STATE(curve_span);
  const vd covariance = way * STATE(curve_slope_location);
  const vd critical = DATA(curve_critical_value);
  const vd squares = STATE(curve_squares);
  const vd allowed = critical * critical * (squares + outlook->pure_scale * DATA(curve_pure_error))
                     / DATA(curve_degrees_of_freedom);
  const vd argument = v_select(slope > 0, v_all(outlook->rising), v_all(outlook->falling));
  const vd shift = argument / slope, place = STATE(curve_location) + shift;
  vd own[MOST_DOSES], own_weights[MOST_DOSES], total = {};
  const vd turn = outlook->is_mirrored ? v_select(span < 0, v_all(-1), v_all(1)) : v_all(1);
  for (int k = 0; k < design->doses; k++) {
    own[k] = turn * v_load(means + k * stride);
    if (weights) own_weights[k] = v_load(weights + k * stride);
    total += weights ? own_weights[k] * own[k] * own[k] : own[k] * own[k];
  }
  const v_subject subject = {(double *)own, weights ? (double *)own_weights : 0, slope < 0, total,
                             squares, allowed};
  v_rise rises[MOST_OUTLOOK_PLACES], steps[2 * MOST_DOSES];
  v_look(free_plateaus, design, &outlook->grid, outlook->places, outlook->slopes, outlook->slope,
         &subject, rises);
  v_look_at_steps(free_plateaus, design, outlook, &subject, steps);
  // A lower minimum anywhere, and what rounding may hide.
  vl bad = (STATE(curve_done) != 1) | ~(allowed > 1e-11 * total)
           | (outlook->grid.rises ? turn * span < 0 : (vl){})
           | ~((place > outlook->place[0]) & (place < outlook->place[outlook->places - 1]));
  for (int i = 0; i < outlook->places; i++) bad |= rises[i].most < -1e-6;
  for (int i = 0; i < 2 * outlook->step_doses; i++) bad |= steps[i].most < -1e-6;
  // The ellipse's limits, and its slopes there.
  const vd c = shift / slope, cross = covariance - c * STATE(curve_slope_slope);
  const vd variance = STATE(curve_location_location) - c * covariance - c * cross;
  const vd half = v_min(v_sqrt(allowed * variance), v_all(outlook->first_step));
  const vd bend = v_clamp(half * cross / variance, -0.5 * v_abs(slope), 0.5 * v_abs(slope));
  const v_outpost estimate = {place, slope, {}, {}};
  *lower = v_profile_side(shape, free_plateaus, design, outlook, stride, means, weights, -1,
                          argument, span, &subject, rises, steps, estimate, place - half,
                          slope - bend, bad);
  *upper = v_profile_side(shape, free_plateaus, design, outlook, stride, means, weights, 1,
                          argument, span, &subject, rises, steps, estimate, place + half,
                          slope + bend, bad);
  *lower = v_select(bad, v_nan(), *lower);
  *upper = v_select(bad, v_nan(), *upper);
#undef STATE
#undef DATA
}

/// The dose at a place that may be infinite.
VECTOR vd v_dose(const struct curve_outlook *outlook, vd place) {
  if (!outlook->is_log_dose) return place;
  const vd dose = v_select(place < 709, v_exp(place), v_all(__builtin_inf()));
  return v_select(place < -708, v_all(0), v_select(place == place, dose, place));
}
