#pragma once

namespace saddlepoint {

/// meanᵏ e^−mean / k!, real k ≥ 0.
long double poisson(long double k, long double mean);

/// The binomial probability of k and l = n − k at p = 1 − q, real k and l.
long double binomial(long double k, long double l, long double p, long double q);

/// `tail` with the factor common to it and to `density` replaced by an accurate one.
///
/// The factor is the only part of Boost's large-shape tails that loses digits (2e-13 at 10⁷).
inline long double sharpened(long double tail, long double density, long double accurate) {
  const long double factor = accurate / density;
  if (!(factor > 0.999L && factor < 1.001L)) return tail;
  return tail < 0.5L ? tail * factor : 1 - (1 - tail) * factor;
}

}  // namespace saddlepoint
