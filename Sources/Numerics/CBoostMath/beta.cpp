#include "CBoostMath.h"

#include <boost/math/special_functions/beta.hpp>

#include "beta.hpp"
#include "guarded.hpp"
#include "saddlepoint.hpp"

using Real = long double;

Real beta::density(Real a, Real b, Real x) {
  return a / (a + b) * b / x / (1 - x) * saddlepoint::binomial(a, b, x, 1 - x);
}

/// Sharpens a tail of Beta(`a`, `b`) at `x` where both shapes are large.
static Real sharp(Real tail, Real a, Real b, Real x) {
  if (a < 40 || b < 40 || a + b < 1000 || !(x > 0 && x < 1)) return tail;
  return saddlepoint::sharpened(
      tail, boost::math::ibeta_derivative(a, b, x, Quiet()), beta::density(a, b, x));
}

Real beta::lower(Real a, Real b, Real x) {
  return sharp(boost::math::ibeta(a, b, x, Quiet()), a, b, x);
}

Real beta::upper(Real a, Real b, Real x) {
  return sharp(boost::math::ibetac(a, b, x, Quiet()), a, b, x);
}

double boost_ibeta(double a, double b, double x) noexcept {
  return guarded([=] { return beta::lower(a, b, x); });
}

double boost_ibetac(double a, double b, double x) noexcept {
  return guarded([=] { return beta::upper(a, b, x); });
}

double boost_ibeta_inverse(double a, double b, double p) noexcept {
  return guarded([=] { return boost::math::ibeta_inv(Real(a), Real(b), Real(p), Quiet()); });
}

double boost_ibetac_inverse(double a, double b, double q) noexcept {
  return guarded([=] { return boost::math::ibetac_inv(Real(a), Real(b), Real(q), Quiet()); });
}

double boost_beta_density(double a, double b, double x) noexcept {
  return guarded([=] { return beta::density(a, b, x); });
}
