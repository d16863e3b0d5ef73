#pragma once

#include "curve_singles.h"

/// The greatest number of locations of a grid whose candidates are looked for, a multiple of 4.
#define MOST_LOCATIONS 512

/// The best starts so far, best first.
typedef struct {
  vd score[MOST_CANDIDATES], place[MOST_CANDIDATES];
} v_candidates;

VECTOR void v_insert(v_candidates *list, int count, vd score, vd place) {
  for (int c = 0; c < count; c++) {
    const vl better = score > list->score[c];
    const vd old_score = list->score[c], old_place = list->place[c];
    list->score[c] = v_select(better, score, old_score);
    list->place[c] = v_select(better, place, old_place);
    score = v_select(better, old_score, score);
    place = v_select(better, old_place, place);
  }
}

/// Inserts those of a row of starts that score more than the neighbours before them and no less than
/// those after. What rounding tells apart is equal.
VECTOR void v_insert_row(v_candidates *list, int count, int first, int locations, const vd *below,
                         const vd *row, const vd *above) {
  const vd none = v_all(-__builtin_inff());
  for (int j = 0; j < locations; j++) {
    const vd score = row[j], more = score * (1 + (real)1e-6), less = score * (1 - (real)1e-6);
    const vd left = j > 0 ? row[j - 1] : none, right = j + 1 < locations ? row[j + 1] : none;
    const vd before = below ? v_max(left, below[j]) : left;
    const vd after = above ? v_max(right, above[j]) : right;
    const vl is_peak = (less > before) & (more >= after) & (score > list->score[count - 1]);
    if (v_any(is_peak)) {
      v_insert(list, count, v_select(is_peak, score, none), v_all(first + j));
    }
  }
}

VECTOR void v_find_candidates(int free_plateaus, const struct curve_design *design,
                              const struct curve_grid *grid, const v_scaled_design *scaled,
                              long stride, const double *means, const double *weights, int count,
                              double *slopes, double *locations, double *scores) {
  const int width = grid->locations;
  vd data[MOST_DOSES], counts[MOST_DOSES], rows[3][MOST_LOCATIONS];
  v_narrow_data(free_plateaus, design, stride, means, weights, data, counts);
  const real *first = (const real *)data, *first_count = weights ? (const real *)counts : 0;
  v_candidates list;
  for (int c = 0; c < count; c++) {
    list.score[c] = v_all(-__builtin_inff());
    list.place[c] = v_all(-1);
  }
  for (int sign = 0; sign < grid->signs; sign++) {
    const int start = sign * grid->slopes;
    for (int r = 0; r <= grid->slopes; r++) {
      if (r < grid->slopes) {
        v_scores(free_plateaus, &scaled->design, &scaled->grid, (start + r) * width, width,
                 VECTOR_LANES, first, first_count, rows[r % 3]);
      }
      if (r == 0) continue;
      v_insert_row(&list, count, (start + r - 1) * width, width, r > 1 ? rows[(r - 2) % 3] : 0,
                   rows[(r - 1) % 3], r < grid->slopes ? rows[r % 3] : 0);
    }
  }
  for (int c = 0; c < count; c++) {
    for (int l = 0; l < VECTOR_LANES; l++) {
      const int found = (int)list.place[c][l], best = (int)list.place[0][l];
      const int place = found >= 0 ? found : best >= 0 ? best : 0, row = place / width;
      const double slope = __builtin_exp(grid->first_log_slope
                                         + row % grid->slopes * grid->log_slope_step);
      slopes[c * stride + l] = row < grid->slopes ? slope : -slope;
      locations[c * stride + l] = grid->places[place % width];
      scores[c * stride + l] = found < 0 ? -1 : list.score[c][l];
    }
  }
}
