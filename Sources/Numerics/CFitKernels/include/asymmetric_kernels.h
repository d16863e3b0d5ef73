#pragma once

#include "curve_kernels.h"

/// The same loops for curves whose ways to the two plateaus differ: q = (1 + eᶻ)^(−f), f > 0 besides
/// slope and location.

struct asymmetric_design {
  /// Doses, plateaus and bounds; the shape is not read.
  struct curve_design curve;
  /// Whether of two curves that are one upside down only that which rises with q is meant.
  int rises;
  /// The bound of |ln f|.
  double greatest_log_asymmetry;
};

/// Starts of searches: some for each of some asymmetries.
struct asymmetric_grid {
  int asymmetries;
  /// Of each asymmetry as many starts, a multiple of 4: for each sign of the slope each of some slopes,
  /// and for each of these some locations.
  int signs, slopes, locations;
  /// Slope and location of each start.
  const double *slopes_of, *locations_of;
  const double *log_asymmetries;
  /// The scores' numbers of all starts.
  struct curve_grid scores;
};

/// Rows of a state after those of `curve_row`. A search that is done has as its code 1, and 1, 2 and 4
/// more where slope, location and asymmetry are at a bound.
enum asymmetric_row {
  asymmetric_log_asymmetry = curve_row_count,
  /// (JᵀWJ)⁻¹ by ln f.
  asymmetric_slope_asymmetry,
  asymmetric_location_asymmetry,
  asymmetric_asymmetry_asymmetry,
  asymmetric_row_count
};

/// The number of starts of each asymmetry where searches may begin.
#define ASYMMETRIC_CANDIDATES 2

/// Rows of a candidate.
enum asymmetric_candidate_row {
  asymmetric_candidate_slope,
  asymmetric_candidate_location,
  /// What part of Σ w m² it explains; −1 where there is none.
  asymmetric_candidate_score,
  asymmetric_candidate_row_count
};

/// Writes the best starts that explain no less than their neighbours into rows of `candidates`,
/// asymmetry after asymmetry, the best first.
void curves_start_asymmetric(int instructions, const struct asymmetric_design *,
                             const struct asymmetric_grid *, long count, long stride,
                             const double *means, const double *weights, double *candidates);

/// Evaluates each curve `evaluations` times from its slope, location and asymmetry on.
void curves_descend_asymmetric(int instructions, const struct asymmetric_design *, long count,
                               long stride, const double *means, const double *weights,
                               int evaluations, double *state);

/// An effect's `rising` and `falling` are −ln q, and `half` and `most` too.
struct asymmetric_report {
  struct curve_report curve;
  int asymmetry_column;
};

/// Writes the rows of results of `count` curves.
void curves_report_asymmetric(int instructions, const struct asymmetric_report *, long count,
                              long stride, const double *state, const double *data,
                              double *scratch, double *results);
