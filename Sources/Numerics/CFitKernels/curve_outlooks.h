#pragma once

#include "curve_starts.h"

/// How much the sum of squares rises at a place of the effective dose, all else refitted, over what it
/// may rise.
typedef struct {
  /// At most, by the best of the slopes looked at, and about, by a parabola between it and its neighbour.
  vd most, about;
  /// That slope, negative where the curve is turned.
  vd slope;
} v_rise;

/// Where what is looked at is accepted.
VECTOR vl v_is_accepted(const v_rise *rise) { return rise->most <= 1; }

/// The best of `count` scores, and how high a parabola goes that leads through it and the better of its
/// neighbours, as bent as the scores are around the less bent of the two.
VECTOR void v_peak(const vd *scores, int count, const double *slopes, vd *best, vd *peak, vd *slope) {
  vd top = scores[0], place = v_all(slopes[0]);
  for (int j = 1; j < count; j++) {
    const vl better = scores[j] > top;
    top = v_select(better, scores[j], top);
    place = v_select(better, v_all(slopes[j]), place);
  }
  vd more = {};
  for (int j = 0; j + 1 < count; j++) {
    // Between j and j + 1.
    const vd fall = v_abs(scores[j + 1] - scores[j]), none = v_all(__builtin_inf());
    const vd left = j > 0 ? 2 * scores[j] - scores[j - 1] - scores[j + 1] : none;
    const vd right = j + 2 < count ? 2 * scores[j + 1] - scores[j] - scores[j + 2] : none;
    const vd bend = v_min(left, right), way = 0.5 - fall / bend;
    const vl is_here = ((scores[j] == top) | (scores[j + 1] == top)) & (bend > 0) & (way > 0)
                       & (bend < none);
    more = v_max(more, v_select(is_here, 0.5 * bend * way * way, (vd){}));
  }
  *best = top;
  *peak = top + more;
  *slope = place;
}

VECTOR v_rise v_choose_rise(vl condition, v_rise yes, v_rise no) {
  return (v_rise){v_select(condition, yes.most, no.most), v_select(condition, yes.about, no.about),
                  v_select(condition, yes.slope, no.slope)};
}

/// What is looked at of a curve: its data, turned so that its span is positive where both plateaus are
/// free, the sum of squares that a flat curve leaves, the least one and by how much it may rise.
typedef struct {
  const double *means, *weights;
  vl falls;
  vd total, least, allowed;
} v_subject;

/// The rises at places or steps, of each of which `count` starts are looked at.
VECTOR void v_look(int free_plateaus, const struct curve_design *design,
                   const struct curve_grid *grid, int places, int count, const double *slopes,
                   const v_subject *subject, v_rise *rises) {
  vd scores[MOST_OUTLOOK_SLOPES];
  const vd inverse = 1 / subject->allowed;
  for (int sign = 0; sign < grid->signs; sign++) {
    const vl own = sign ? subject->falls : ~subject->falls;
    if (!v_any(own)) continue;
    for (int i = 0; i < places; i++) {
      v_scores(free_plateaus, design, grid, (sign * places + i) * count, count, VECTOR_LANES,
               subject->means, subject->weights, scores);
      vd best, peak, slope;
      v_peak(scores, count, slopes + i * count, &best, &peak, &slope);
      const vd rest = subject->total - subject->least;
      const v_rise rise = {(rest - best) * inverse, (rest - peak) * inverse,
                           sign ? -slope : slope};
      rises[i] = v_choose_rise(own, rise, rises[i]);
    }
  }
}

/// The rises with steps: for each dose that has a position the best curve on whose flank it alone lies,
/// with the effective dose just below it, and with it just above.
///
/// With p = Σ w m q and the norm N of q of all doses but one, of share s and weight w: explained is
/// (p + w m s)²/N(s), N quadratic, which is greatest where its derivative, linear in s, is 0.
VECTOR void v_look_at_steps(int free_plateaus, const struct curve_design *design,
                            const struct curve_outlook *outlook, const v_subject *subject,
                            v_rise *steps) {
  const int doses = design->doses;
  const vd *means = (const vd *)subject->means, *weights = (const vd *)subject->weights;
  const vd inverse = 1 / subject->allowed, rest = subject->total - subject->least;
  vd weight = {}, sum = {}, below = {}, below_weight = {};
  for (int k = 0; k < doses; k++) {
    const vd w = weights ? weights[k] : v_all(1);
    weight += w;
    sum += w * means[k];
  }
  const vd at_start = v_select(subject->falls, v_all(outlook->share_after), v_all(outlook->share_before));
  const vd own = v_select(subject->falls, v_all(outlook->share_falling), v_all(outlook->share_rising));
  for (int k = 0; k < doses; k++) {
    const vd w = weights ? weights[k] : v_all(1), wm = w * means[k];
    const vd above = sum - below - wm, above_weight = weight - below_weight - w;
    // q is 1 on one side of the dose.
    const vl starts_at_one = at_start > 0.5;
    const vd product = v_select(starts_at_one, below, above);
    const vd ones = v_select(starts_at_one, below_weight, above_weight);
    below += wm;
    below_weight += w;
    if (k < doses - outlook->step_doses) continue;
    // N = ones + w s² − (ones + w s)²/W.
    const vd part = free_plateaus == 2 ? 1 / weight : (vd){};
    const vd constant = ones - ones * ones * part, linear = -2 * ones * w * part;
    const vd square = w - w * w * part;
    const vd best = free_plateaus == 0
                        ? means[k]
                        : (product * linear - 2 * wm * constant) / (wm * linear - 2 * product * square);
    for (int side = 0; side < 2; side++) {
      // Just below a dose the share there lies between the effective dose's and that of higher doses.
      const vd end = side == 0 ? 1 - at_start : at_start;
      const vd inside = v_min(v_max(best, v_min(own, end)), v_max(own, end));
      vd most = {};
      for (int i = 0; i < 3; i++) {
        const vd s = i == 0 ? inside : i == 1 ? own : end;
        vd p = product + wm * s;
        const vd norm = constant + linear * s + square * s * s;
        if (outlook->grid.rises) p = v_max(p, v_all(0));
        const vd explained = free_plateaus == 0
                                 ? 2 * p - norm
                                 : v_select(norm > 1e-9 * weight, p * p / norm, v_all(0));
        most = i == 0 ? explained : v_max(most, explained);
      }
      const vd rise = (rest - most) * inverse;
      steps[2 * (k - doses + outlook->step_doses) + side] = (v_rise){rise, rise, {}};
    }
  }
}

/// How far out curves are accepted.
typedef struct {
  vd place, slope;
  /// Where that is on the inner side of a dose, up to which steps are accepted.
  vl is_step;
  /// Where it is on its outer side.
  vl is_beyond_step;
} v_outpost;

VECTOR void v_move(v_outpost *post, vl condition, double place, vd slope, vl is_step,
                   vl is_beyond_step) {
  post->place = v_select(condition, v_all(place), post->place);
  post->slope = v_select(condition, slope, post->slope);
  post->is_step = (condition & is_step) | (~condition & post->is_step);
  post->is_beyond_step = (condition & is_beyond_step) | (~condition & post->is_beyond_step);
}

/// The outermost place or step on one side, −1 or 1, that is accepted; else where `post` stands.
VECTOR v_outpost v_outermost(const struct curve_outlook *outlook, int side, const v_rise *rises,
                             const v_rise *steps, v_outpost post) {
  const vd centre = post.place;
  const vl no = {}, yes = ~no;
  // Whether the place before is accepted, or the estimate lies beyond it.
  vl was_accepted = yes;
  for (int n = 0; n < outlook->places; n++) {
    const int i = side < 0 ? outlook->places - 1 - n : n, dose = outlook->dose[i];
    const double place = outlook->place[i];
    const vl is_outside = side < 0 ? place < centre : place > centre;
    if (dose >= 0) {
      // A step that stands alone may be no more than one dose's outlier.
      const v_rise *inner = &steps[2 * dose + (side < 0)];
      v_move(&post, is_outside & v_is_accepted(inner), place, post.slope, was_accepted,
             ~was_accepted);
    }
    was_accepted = v_is_accepted(&rises[i]) | ~is_outside;
    v_move(&post, is_outside & v_is_accepted(&rises[i]), place, rises[i].slope, no, no);
    if (dose >= 0) {
      const v_rise *outer = &steps[2 * dose + (side > 0)];
      v_move(&post, is_outside & v_is_accepted(outer), place, post.slope, no, yes);
    }
  }
  return post;
}

/// Where a step beyond `limit` is accepted.
VECTOR vl v_is_stepped_over(const struct curve_outlook *outlook, int side, const v_rise *steps,
                            vd limit, vl is_step) {
  vl found = {};
  for (int i = 0; i < outlook->places; i++) {
    const int dose = outlook->dose[i];
    if (dose < 0) continue;
    const vd distance = side * (outlook->place[i] - limit);
    const v_rise *inner = &steps[2 * dose + (side < 0)], *outer = &steps[2 * dose + (side > 0)];
    found |= (distance > 0) & ~(inner->most > 1);
    found |= ((distance > 0) | (is_step & (distance == 0))) & ~(outer->most > 1);
  }
  return found;
}
