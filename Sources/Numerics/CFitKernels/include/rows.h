#pragma once

/// Sums over the rows of one large data set, for curves between two plateaus.

/// How a curve passes from one plateau to the other as z = slope (u − location) runs from −∞ to ∞;
/// q is the share of `upper`, p = 1 − q that of `lower`.
enum rows_shape {
  /// q = (1 + eᶻ)⁻¹
  rows_logistic = 0,
  /// q = (1 + eᶻ)^(−asymmetry)
  rows_asymmetric = 1,
  /// q = Φ(z)
  rows_normal = 2,
  /// q = exp(−eᶻ)
  rows_gumbel = 3,
};

/// A curve: lower p + upper q.
struct rows_curve {
  int shape;
  /// Whether u is the logarithm of the dose, else the dose.
  int is_log_dose;
  double slope;
  /// A value of u.
  double location;
  double asymmetry;
  double lower;
  double upper;
};

/// Rows of doses and responses, weighted or, where `weights` is null, not.
///
/// A row whose response is not finite or whose weight is 0 counts for nothing. Doses are finite, and
/// not negative where their logarithm is taken; one below the normal numbers is taken as the least.
struct rows_data {
  const double *doses;
  const double *responses;
  const double *weights;
  long count;
};

/// The columns of a linearisation: p, q, ∂q/∂z, (u − location) ∂q/∂z, −∂q/∂asymmetry, y − f.
#define ROWS_COLUMNS 6

/// The products of these columns, each with itself and those before it.
#define ROWS_PRODUCTS 21

/// Σ w cᵢ cⱼ, i ≤ j, at j (j + 1)/2 + i.
///
/// Where `transform` is not null, of the first five columns times this matrix, given by columns. Rows
/// are taken in tiles of 256, whose sums are added with their rounding kept: the error is a few 10⁻¹⁶
/// of Σ |w cᵢ cⱼ| however many rows there are.
void rows_products(
    int instructions, const struct rows_data *data, const struct rows_curve *curve,
    const double *transform, double products[ROWS_PRODUCTS]);

/// Intervals of doses.
struct rows_bins {
  /// Whether each octave is cut into 2⁶ intervals, and the index of an interval is that of the number
  /// itself, less `first`: doses above 0. Else the intervals from `origin` are 1/`scale` wide.
  int is_by_octave;
  long first;
  double origin;
  double scale;
  /// The number of intervals.
  long count;
  /// What is subtracted from every response.
  double response;
};

/// The moments of an interval: Σ w, Σ wt, Σ wt², Σ wt³, Σ wy, Σ wyt, Σ wy², and the number of rows;
/// t from −½ to ½ is where in the interval the dose lies.
#define ROWS_MOMENTS 8

/// Adds the rows to the moments of their intervals, after which there are two places more: for dose 0,
/// which by octave is in no interval, and for the number of rows beyond all intervals.
void rows_bin(
    int instructions, const struct rows_data *data, const struct rows_bins *bins, double *moments);

/// What may be said of the doses of all rows that count.
struct rows_extent {
  double least;
  double greatest;
  /// The least above 0.
  double least_positive;
  int is_finite;
};

/// The extent of the rows added to that of others.
void rows_extend(const struct rows_data *data, struct rows_extent *extent);

/// The rows of one dose.
struct rows_group {
  double dose;
  long count;
  /// The first response, from which the others are measured.
  double origin;
  /// Σ w, Σ w (y − origin), Σ w (y − origin)².
  double sums[3];
  double rounding[3];
  /// The same of the last rows, up to 256, not yet added.
  double latest[3];
};

/// The number of places for groups.
#define ROWS_GROUP_PLACES 16384

/// Adds the rows to the groups of their doses, in `places`, all zeros at first; a place with count 0
/// is empty. Returns the number of groups, or −1 as soon as it would pass `limit`.
long rows_group_by_dose(const struct rows_data *data, struct rows_group *places, long limit);
