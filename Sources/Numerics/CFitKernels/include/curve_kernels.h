#pragma once

#include "fit_kernels.h"

/// The innermost loops of the fits of many curves to data at the same doses.
///
/// f = base + span q(z), z = slope (position − location): base and span in closed form, slope and
/// location by Newton's steps. Arrays are structures of arrays: rows of `stride` numbers, one a curve,
/// of which the first `count`, a multiple of 16, are used, and up to a multiple of 32 read.

/// q(z): 1/(1 + eᶻ), Φ(z), exp(−eᶻ), 1 − exp(−eᶻ).
enum curve_shape { curve_logistic, curve_normal, curve_gumbel, curve_complementary_gumbel };

/// The greatest number of doses.
#define MOST_DOSES 256

struct curve_design {
  int shape;
  /// 2: base and span are free, and the data centred; 1: the data count from the base, which is fixed;
  /// 0: they count from the base in units of the span, and both are fixed.
  int free_plateaus;
  int doses;
  const double *positions;
  /// The distance of neighbouring positions where all, but for a first dose of 0, are equally far
  /// apart; else 0.
  double step;
  /// Whether the first dose is 0; its position is then too low for any slope.
  int starts_at_zero;
  /// Whether a curve with its plateaus exchanged and its slope turned is the same.
  int is_mirrored;
  /// The middle of the positions.
  double middle;
  /// Bounds of the size of the slope, and of the location.
  double least_slope, greatest_slope, least_location, greatest_location;
  /// A search is done once Newton's step promises no more than this part of the sum of squares.
  double tolerance;
};

/// Starts: for each sign of the slope each of some slopes, equally far apart by their logarithms, and
/// for each of these some locations, equally far apart.
struct curve_grid {
  int signs, slopes, locations;
  double first_log_slope, log_slope_step, first_location, location_step;
  /// The locations, where they are not equally far apart.
  const double *places;
  /// Of the two curves that are one upside down only that which rises with q counts.
  int rises;
  /// For each start what is multiplied with the data of each dose. Where all weights are 1: q, with
  /// both plateaus free less its mean, of length 1 unless the span is fixed. Else q.
  const double *shares;
  /// Where all weights are 1 and the span is fixed: Σ q².
  const double *squares;
  /// Both in single precision.
  const float *single_shares, *single_squares;
};

/// The rows of what is known of each curve.
enum curve_row {
  curve_slope,
  curve_location,
  /// What a step may promise besides the design's tolerance for the search to be done: the same part of
  /// the sum of squares that no curve changes, and rounding.
  curve_enough,
  /// Σ w (mean − f)².
  curve_squares,
  /// What the next step promises of it.
  curve_promise,
  /// The inverse of the matrix by which single precision found its last step, by κ and β: z changes by
  /// κ + β (position − location).
  curve_inverse_11,
  curve_inverse_12,
  curve_inverse_22,
  /// 0 where the search goes on, 1 where it is done, 2 where it is done at a bound of the slope, 3 of
  /// the location, 4 of both.
  curve_done,
  /// Base and span, from the origin of the data.
  curve_base,
  curve_span,
  /// (JᵀWJ)⁻¹ by slope and location; its diagonal by the plateaus where q is 0 and 1.
  curve_slope_slope,
  curve_slope_location,
  curve_location_location,
  curve_base_base,
  curve_top_top,
  /// The greatest Cⱼⱼ (JᵀWJ)ⱼⱼ, C = (JᵀWJ)⁻¹: how far parameters make up for each other.
  curve_inflation,
  /// The number of evaluations.
  curve_evaluations,
  curve_row_count
};

/// How responses become the data of the kernels.
struct curve_reduction {
  int points, doses;
  /// The points of the first dose, those of the second and so on.
  const int *points_by_dose;
  /// The number of points of each dose.
  const double *replicates;
  int free_plateaus;
  /// What the data count from, and in which units, where not both plateaus are free.
  double base, span;
  double tolerance;
};

/// Rows that go with the state.
enum curve_data_row {
  /// Degrees of freedom, and the critical value of limits.
  curve_degrees_of_freedom,
  curve_critical_value,
  /// Not 0 where another minimum is within the limits of this one.
  curve_has_near_minimum,
  /// The first and the last dose, as the model sees them.
  curve_first_position,
  curve_last_position,
  /// Where the data are centred.
  curve_centre,
  /// Σ (y − mean)² within doses.
  curve_pure_error,
  /// Not 0 where a response is not finite.
  curve_is_irregular,
  curve_data_row_count
};

/// Reduces `count` rows of responses of equal weight to means, each centred or counted from the base;
/// a mean stands for all its points where these are equally many at all doses, and for `weights`
/// otherwise. Beyond the rows there are, up to a multiple of 16, the last is repeated.
void curves_reduce(int instructions, const struct curve_reduction *, long count, long stride,
                   const double *responses, double *means, double *data, double *state,
                   double *scratch);

/// Sets slope and location of each curve to where a descent as that of `curves_descend` leads to, all in
/// single precision: from the best of the grid's starts, moved to where a parabola through its
/// neighbours is lowest, or where there is no grid from the slope and location of the state. `weights`,
/// doses × stride, is null where all are 1. Meanwhile `ahead`, if not null, what will be read next, is
/// fetched, `width` numbers a curve.
void curves_approach(int instructions, const struct curve_design *, const struct curve_grid *,
                     long count, long stride, const double *means, const double *weights,
                     int evaluations, int gauss, double *state, const double *ahead, long width);

/// The greatest number of candidates of a curve.
#define MOST_CANDIDATES 8

/// The best `candidates` of the grid's starts that explain no less than their neighbours, from the
/// best on: slopes, locations and scores, each as many rows. Where there are fewer a start is repeated,
/// with score −1.
void curves_candidates(int instructions, const struct curve_design *, const struct curve_grid *,
                       long count, long stride, const double *means, const double *weights,
                       int candidates, double *slopes, double *locations, double *scores);

/// Slope and location of the best curve so steep that at most one dose lies on its flank. Of a mirrored
/// curve one sign of the slope is looked at. `limits` is 1 where all curves a little less steep are worse,
/// −1 where some are better, 0 where that is not told.
void curves_jump(int instructions, const struct curve_design *, long count, long stride,
                 const double *means, const double *weights, double *slopes, double *locations,
                 double *limits);

/// Evaluates each curve `evaluations` times from its slope and location on, the first `gauss` times
/// followed by Gauss and Newton's step.
void curves_descend(int instructions, const struct curve_design *, long count, long stride,
                    const double *means, const double *weights, int evaluations, int gauss,
                    double *state);

/// Ends searches that `curves_approach` has led as far as single precision leads, by two evaluations,
/// each followed by a step with its matrix; leaves a search that this does not end where it was.
void curves_finish(int instructions, const struct curve_design *, long count, long stride,
                   const double *means, const double *weights, double *state);

/// What is said of a curve, as FitVerdict's codes.
enum curve_status {
  curve_is_converged,
  curve_has_no_upper_plateau,
  curve_has_no_lower_plateau,
  curve_is_extrapolated,
  curve_has_several_minima,
  curve_is_not_converged,
  curve_is_not_identified,
  curve_is_at_bound,
  curve_is_perfect_fit
};

enum curve_interval { curve_no_interval, curve_wald, curve_wald_log };

/// An effective dose: the z that is reached where the argument rises with the dose and where it falls.
struct curve_effect {
  double rising, falling;
  /// Columns of the dose, or −1, and of its lower limit, which the upper one follows.
  int dose_column, lower_column;
};

/// The rows of results.
struct curve_report {
  int columns;
  /// Columns of estimates, which their standard errors follow, or −1. At base q is 0, at top 1.
  int slope_column, base_column, top_column, location_column;
  /// Σ w r² is so many times that of the state.
  double scale;
  /// The data's unit in responses.
  double unit;
  /// −1 where the model's slope is the kernel's with the sign turned, else 1.
  double slope_sign;
  /// Whether a curve with its plateaus exchanged and its slope turned is the same.
  int is_mirrored;
  int is_log_dose;
  /// Whether q rises with z.
  int share_rises;
  int interval;
  int effects;
  const struct curve_effect *effect;
  /// Half and nine tenths of the way.
  struct curve_effect half, most;
};

/// Writes the rows of results of `count` curves, `columns` numbers each.
void curves_report(int instructions, const struct curve_report *, long count, long stride,
                   const double *state, const double *data, double *scratch, double *results);
