#pragma once

#include "curve_starts.h"
#include "include/asymmetric_kernels.h"

VECTOR vd v_gather_numbers(const double *numbers, vl places) {
  vd values;
  for (int i = 0; i < VECTOR_LANES; i++) values[i] = numbers[places[i]];
  return values;
}

VECTOR vl v_select_places(vl condition, vl yes, vl no) {
  return (condition & yes) | (~condition & no);
}

/// Whether start `j` explains no less than its neighbours in slope and location, and more than the one
/// before it.
VECTOR vl v_is_peak(const struct asymmetric_grid *grid, const vd *scores, int j) {
  const int locations = grid->locations, column = j % locations, row = j / locations % grid->slopes;
  const vd own = scores[j];
  vl peak = own > 0;
  if (column > 0) peak &= own > scores[j - 1];
  if (column < locations - 1) peak &= own >= scores[j + 1];
  if (row > 0) peak &= own > scores[j - locations];
  if (row < grid->slopes - 1) peak &= own >= scores[j + locations];
  return peak;
}

/// The best starts of each asymmetry, into rows of `candidates`.
VECTOR void v_start3(int free_plateaus, const struct asymmetric_design *design,
                     const struct asymmetric_grid *grid, long stride, const double *means,
                     const double *weights, double *candidates) {
  vd scores[MOST_STARTS];
  const int starts = grid->signs * grid->slopes * grid->locations;
  v_scores(free_plateaus, &design->curve, &grid->scores, 0, grid->asymmetries * starts, stride,
           means, weights, scores);
  double *rows = candidates;
  for (int a = 0; a < grid->asymmetries; a++) {
    const vd *own = scores + a * starts;
    vd best[ASYMMETRIC_CANDIDATES];
    vl places[ASYMMETRIC_CANDIDATES] = {};
    for (int c = 0; c < ASYMMETRIC_CANDIDATES; c++) best[c] = v_all(-1);
    for (int j = 0; j < starts; j++) {
      // A start that is no peak is behind all; one that is moves those behind it on.
      vd score = v_select(v_is_peak(grid, own, j), own[j], v_all(-2));
      vl place = (vl){} + j;
      for (int c = 0; c < ASYMMETRIC_CANDIDATES; c++) {
        const vl ahead = score > best[c];
        const vd passed = best[c];
        const vl passed_place = places[c];
        best[c] = v_select(ahead, score, passed);
        places[c] = v_select_places(ahead, place, passed_place);
        score = v_select(ahead, passed, score);
        place = v_select_places(ahead, passed_place, place);
      }
    }
    for (int c = 0; c < ASYMMETRIC_CANDIDATES; c++) {
      v_store(rows + asymmetric_candidate_slope * stride,
              v_gather_numbers(grid->slopes_of + a * starts, places[c]));
      v_store(rows + asymmetric_candidate_location * stride,
              v_gather_numbers(grid->locations_of + a * starts, places[c]));
      v_store(rows + asymmetric_candidate_score * stride, best[c]);
      rows += asymmetric_candidate_row_count * stride;
    }
  }
}
