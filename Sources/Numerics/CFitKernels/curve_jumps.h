#pragma once

#include "curve_sums.h"

/// A curve so steep that it jumps: q is 1 on one side and 0 on the other of a dose on its flank, where q
/// is `level`, or of a gap between doses.
typedef struct {
  /// What part of Σ w m² it explains, but for what is the same for all jumps.
  vd explained;
  /// The flank, or the first dose beyond the gap.
  vd dose;
  vd level, is_flank, is_one_below;
} v_jump;

VECTOR v_jump v_better(v_jump one, v_jump other, vl is_possible) {
  const vl better = is_possible & (other.explained > one.explained);
  return (v_jump){v_select(better, other.explained, one.explained),
                  v_select(better, other.dose, one.dose), v_select(better, other.level, one.level),
                  v_select(better, other.is_flank, one.is_flank),
                  v_select(better, other.is_one_below, one.is_one_below)};
}

/// Sums over the doses of one side.
typedef struct {
  vd weight, sum;
} v_side;

/// What a jump with `one` where q is 1 and `zero` where it is 0 explains.
VECTOR vd v_explained(int free_plateaus, v_side one, v_side zero) {
  switch (free_plateaus) {
  case 0: return 2 * one.sum - one.weight;
  case 1: return one.sum * one.sum / one.weight;
  default:
    return one.sum * one.sum / one.weight + zero.sum * zero.sum / zero.weight;
  }
}

/// The jump at dose `k`, or into the gap before it, with q = 1 below or above.
VECTOR v_jump v_jumps_at(int free_plateaus, int k, vd weight, vd mean, v_side below, v_side above,
                         int is_one_below, v_jump best) {
  const v_side from = {above.weight + weight, above.sum + weight * mean};
  const v_side one = is_one_below ? below : from, zero = is_one_below ? from : below;
  const vd sense = v_all(is_one_below), dose = v_all(k);
  const v_jump gap = {v_explained(free_plateaus, one, zero), dose, v_all(0), v_all(0), sense};
  best = v_better(best, gap, (below.weight > 0) & (from.weight > 0));
  const v_side high = is_one_below ? below : above, low = is_one_below ? above : below;
  const vd top = free_plateaus == 0 ? v_all(1) : high.sum / high.weight;
  const vd base = free_plateaus == 2 ? low.sum / low.weight : v_all(0);
  const vd level = (mean - base) / (top - base);
  const v_jump flank = {v_explained(free_plateaus, high, low) + weight * mean * mean, dose, level,
                        v_all(1), sense};
  return v_better(best, flank, (level > 0) & (level < 1) & (weight > 0));
}

/// z where q is `level`, for the normal shape to two digits.
static inline double curve_argument(int shape, double level) {
  switch (shape) {
  case curve_logistic: return __builtin_log((1 - level) / level);
  case curve_normal:
    return 4.91 * (__builtin_pow(level, 0.14) - __builtin_pow(1 - level, 0.14));
  case curve_gumbel: return __builtin_log(-__builtin_log(level));
  default: return __builtin_log(-__builtin_log1p(-level));
  }
}

/// 1 where curves a little less steep than the jump are worse, wherever their middle is, −1 where some are
/// better, 0 where that is not told.
///
/// A curve less steep is nearer to the other plateau at the doses beside the jump, and nowhere else: worse
/// where neither mean there lies on that side of its own plateau. Where one does, and a dose is on the
/// flank, how much nearer at each of them follows for a logistic curve from the level of the flank.
VECTOR vd v_limit(int shape, int free_plateaus, int doses, const double *x, long stride,
                  const double *means, const double *weights, v_jump jump) {
  v_side below = {}, above = {};
  vd last = {}, first = {}, last_weight = {}, first_weight = {}, last_place = {}, first_place = {};
  vd flank_place = {};
  for (int k = 0; k < doses; k++) {
    const vd w = v_weight(weights, k * stride), m = v_load(means + k * stride);
    const vl is_below = k < jump.dose, is_flank = (k == jump.dose) & (jump.is_flank > 0);
    const vd under = v_select(is_below, w, v_all(0));
    const vd over = v_select(is_below | is_flank, v_all(0), w);
    const vl is_first = (over > 0) & (above.weight == 0);
    last = v_select(under > 0, m, last);
    last_weight = v_select(under > 0, w, last_weight);
    last_place = v_select(under > 0, v_all(x[k]), last_place);
    first = v_select(is_first, m, first);
    first_weight = v_select(is_first, w, first_weight);
    first_place = v_select(is_first, v_all(x[k]), first_place);
    flank_place = v_select(is_flank, v_all(x[k]), flank_place);
    below = (v_side){below.weight + under, below.sum + under * m};
    above = (v_side){above.weight + over, above.sum + over * m};
  }
  const vl is_one_below = jump.is_one_below > 0;
  vd low = below.sum / below.weight, high = above.sum / above.weight;
  if (free_plateaus < 2) {
    low = v_select(is_one_below, free_plateaus == 0 ? v_all(1) : low, v_all(0));
    high = v_select(is_one_below, v_all(0), free_plateaus == 0 ? v_all(1) : high);
  }
  // By how much Σ w r² rises for each part of the span that the curve gives way.
  const vd rise = high - low, rounding = 1e-10 * rise * rise;
  const vd before = (low - last) * rise * last_weight, after = (first - high) * rise * first_weight;
  const vl is_worse = (before >= -rounding) & (after >= -rounding);
  if (shape != curve_logistic) return v_select(is_worse, v_all(1), v_all(0));
  const vl is_better = (before < -rounding) | (after < -rounding);
  const vd odds = jump.level / (1 - jump.level);
  const vd part = v_select(is_one_below, 1 / odds, odds);
  const vd near = flank_place - last_place, far = first_place - flank_place;
  const vd inverse = 1 / v_min(near, far);
  vl is_up = ~(vl){}, is_down = is_up;
  // From 6 units of z to the nearer dose on to 24, where all but ten digits are gone.
  for (int z = 6; z <= 24; z += 18) {
    const vd all = before * part * v_exp(z * (1 - near * inverse))
                   + after / part * v_exp(z * (1 - far * inverse));
    is_up &= all > rounding;
    is_down &= all < -rounding;
  }
  const vd flank = v_select(is_up, v_all(1), v_select(is_down, v_all(-1), v_all(0)));
  return v_select(is_worse, v_all(1),
                  v_select(jump.is_flank > 0, flank, v_select(is_better, v_all(-1), v_all(0))));
}

/// Slope and location of the best jump of each curve, and what `v_limit` tells.
VECTOR void v_find_jump(int free_plateaus, const struct curve_design *design, long stride,
                        const double *means, const double *weights, double *slopes,
                        double *locations, double *limits) {
  const int doses = design->doses, is_mirrored = design->is_mirrored, shape = design->shape;
  const int share_rises = shape == curve_normal || shape == curve_complementary_gumbel;
  const double *x = design->positions;
  v_side above = {}, below = {};
  for (int k = 0; k < doses; k++) {
    const vd w = v_weight(weights, k * stride);
    above.weight += w;
    above.sum += w * v_load(means + k * stride);
  }
  v_jump best = {.explained = v_all(-__builtin_inf())};
  for (int k = 0; k < doses; k++) {
    const vd w = v_weight(weights, k * stride), m = v_load(means + k * stride);
    above.weight -= w;
    above.sum -= w * m;
    if (k > 0 || !design->starts_at_zero) {
      // A mirrored curve is searched with one sign of the slope alone.
      if (!is_mirrored || !share_rises) {
        best = v_jumps_at(free_plateaus, k, w, m, below, above, 1, best);
      }
      if (!is_mirrored || share_rises) {
        best = v_jumps_at(free_plateaus, k, w, m, below, above, 0, best);
      }
    }
    below.weight += w;
    below.sum += w * m;
  }
  v_store(limits, v_limit(shape, free_plateaus, doses, x, stride, means, weights, best));
  for (int l = 0; l < VECTOR_LANES; l++) {
    const int k = (int)best.dose[l];
    const double slope = (best.is_one_below[l] > 0) == share_rises ? -design->greatest_slope
                                                                    : design->greatest_slope;
    const double before = k > 0 ? x[k - 1] : x[0] - 1;
    const double gap = before > x[k] - 1e3 ? (before + x[k]) / 2 : x[k] - 1;
    slopes[l] = slope;
    locations[l] = best.is_flank[l] > 0 ? x[k] - curve_argument(shape, best.level[l]) / slope : gap;
  }
}
