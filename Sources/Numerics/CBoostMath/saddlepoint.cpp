#include <array>
#include <boost/math/constants/constants.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>

#include "CBoostMath.h"
#include "guarded.hpp"
#include "saddlepoint.hpp"

// Loader's saddle-point form: every factorial is written as x! = S(x) xˣ e⁻ˣ, so that a density
// is a quotient of S times exp(−Σ D(x, M)) over the cells x with means M, and no large
// logarithms cancel. Loader (2000), Fast and accurate computation of binomial probabilities.

using Real = long double;
using saddlepoint::binomial;
using saddlepoint::poisson;

static Real smallStirlingFactor(Real x) {
  return boost::math::tgamma(x + 1, Quiet()) * std::exp(x) * std::pow(x, -x);
}

/// S at 0, 1, …, 15, where most counts of a safety table lie.
static const std::array<Real, 16> wholeStirlingFactors = [] {
  std::array<Real, 16> factors = {1};
  for (int k = 1; k < 16; ++k) factors[k] = smallStirlingFactor(k);
  return factors;
}();

/// S(x) = x! eˣ / xˣ, by Stirling's series from 16 on.
static Real stirlingFactor(Real x) {
  if (x <= 0) return 1;
  if (x < 16) return x == int(x) ? wholeStirlingFactors[int(x)] : smallStirlingFactor(x);
  const Real y = 1 / (x * x);
  const Real delta =
      (1 / 12.0L - y * (1 / 360.0L - y * (1 / 1260.0L - y * (1 / 1680.0L - y * (1 / 1188.0L
      - y * (691 / 360360.0L - y * (1 / 156.0L - y * 3617 / 122400.0L))))))) / x;
  return std::sqrt(boost::math::constants::two_pi<Real>() * x) * std::exp(delta);
}

/// D(x, M) = x log(x / M) + M − x, without cancellation where x is close to M.
static Real deviance(Real x, Real mean) {
  if (x <= 0) return mean;
  const Real difference = x - mean;
  const Real v = difference / (x + mean);
  if (std::fabs(v) > 0.1L) return x * std::log(x / mean) - difference;
  Real sum = difference * v;
  Real power = 2 * x * v;
  for (int j = 3; j < 100; j += 2) {
    power *= v * v;
    const Real next = sum + power / j;
    if (next == sum) break;
    sum = next;
  }
  return sum;
}

Real saddlepoint::poisson(Real k, Real mean) {
  return std::exp(-deviance(k, mean)) / stirlingFactor(k);
}

Real saddlepoint::binomial(Real k, Real l, Real p, Real q) {
  const Real n = k + l;
  return std::exp(-deviance(k, n * p) - deviance(l, n * q)) * stirlingFactor(n)
         / (stirlingFactor(k) * stirlingFactor(l));
}

double saddlepoint_poisson(double k, double mean) noexcept {
  return guarded([=] { return poisson(k, mean); });
}

double saddlepoint_gamma(double shape, double rate, double t) noexcept {
  return guarded([=] { return shape / Real(t) * poisson(shape, Real(rate) * t); });
}

double saddlepoint_binomial(double k, double n, double p) noexcept {
  return guarded([=] { return binomial(k, Real(n) - k, p, 1 - Real(p)); });
}

double saddlepoint_negative_binomial(double k, double size, double p) noexcept {
  return guarded([=] { return size / (size + Real(k)) * binomial(size, k, p, 1 - Real(p)); });
}

/// The mean of the cell with row total r and column total c in a table of n with odds ratio
/// ψ = up / down: the root M of down · M (n − r − c + M) = up · (r − M)(c − M).
static Real cellMean(Real r, Real c, Real n, Real up, Real down) {
  if (r == 0 || c == 0) return 0;
  const Real b = up * (r + c) + down * (n - r - c);
  const Real root = std::sqrt(
      up * up * (r - c) * (r - c) + down * down * (n - r - c) * (n - r - c)
      + 2 * up * down * (r * (n - r) + c * (n - c)));
  return b > 0 ? 2 * up * r * c / (b + root) : (root - b) / (2 * (down - up));
}

/// exp(−Σ D) / Π S over the four cells: C(n₁, u) C(n₂, m − u) ψᵘ but for a factor without u.
static Real tableWeight(Real u, Real n1, Real n2, Real m, Real up, Real down) {
  const Real n = n1 + n2, v = m - u;
  const Real exponent = deviance(u, cellMean(n1, m, n, up, down))
                        + deviance(n1 - u, cellMean(n1, n - m, n, down, up))
                        + deviance(v, cellMean(n2, m, n, down, up))
                        + deviance(n2 - v, cellMean(n2, n - m, n, up, down));
  return std::exp(-exponent)
         / (stirlingFactor(u) * stirlingFactor(n1 - u) * stirlingFactor(v)
            * stirlingFactor(n2 - v));
}

double saddlepoint_hypergeometric(double u, double n1, double n2, double m) noexcept {
  return guarded([=] {
    const Real n = Real(n1) + n2;
    return tableWeight(u, n1, n2, m, 0.5L, 0.5L) * stirlingFactor(n1) * stirlingFactor(n2)
           * stirlingFactor(m) * stirlingFactor(n - m) / stirlingFactor(n);
  });
}

double saddlepoint_table_weight(
    double u, double mode, double n1, double n2, double m, double oddsRatio) noexcept {
  return guarded([=] {
    const Real down = 1 / (1 + Real(oddsRatio)), up = oddsRatio > 1 ? 1 - down : oddsRatio * down;
    return tableWeight(u, n1, n2, m, up, down) / tableWeight(mode, n1, n2, m, up, down);
  });
}
