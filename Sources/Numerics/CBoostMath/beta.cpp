#include "beta.hpp"

#include <boost/math/special_functions/beta.hpp>
#include <cmath>

#include "CBoostMath.h"
#include "guarded.hpp"
#include "saddlepoint.hpp"

using Real = long double;
using beta::Point;

static Point mirrored(Point at) { return {at.y, at.x}; }

Real beta::density(Real a, Real b, Point at) {
  return a / (a + b) * b / at.x / at.y * saddlepoint::binomial(a, b, at.x, at.y);
}

/// x^a y^b / (B(a, b) I(x; a, b)) at x ≤ a / (a + b), by a continued fraction.
///
/// DiDonato & Morris (1992), ACM Trans. Math. Softw. 18:360, equation 9; NaN if it is too slow.
static Real fraction(Real a, Real b, Point at) {
  const Real first = a * (a * at.y - b * at.x + 1) / (a + 1);
  Real value = first, c = first, d = 0;
  for (int m = 1; m < 20000; ++m) {
    const Real odd = a + 2 * m - 1;
    const Real numerator = (a + m - 1) * (a + b + m - 1) / odd * m * (b - m) / odd * at.x * at.x;
    const Real denominator = m + m * (b - m) * at.x / odd
                             + (a + m) * (a * at.y - b * at.x + 1 + m * (1 + at.y)) / (odd + 2);
    d = 1 / (denominator + numerator * d);
    c = denominator + numerator / c;
    value *= c * d;
    if (std::fabs(c * d - 1) < std::numeric_limits<Real>::epsilon()) return value;
  }
  return std::numeric_limits<Real>::quiet_NaN();
}

/// I(x; a, b) at x ≤ a / (a + b).
///
/// Boost's power of x loses digits with the size of the shapes, 3e-13 at 10⁷.
static Real lowerBelowMean(Real a, Real b, Point at) {
  if (a + b > 1000 && at.x > 0) {
    const Real tail = beta::density(a, b, at) * at.x * at.y / fraction(a, b, at);
    if (std::isfinite(tail)) return tail;
  }
  return boost::math::ibeta(a, b, at.x, Quiet());
}

Real beta::lower(Real a, Real b, Point at) {
  if (at.x * b <= at.y * a) return lowerBelowMean(a, b, at);
  const Real upper = lowerBelowMean(b, a, mirrored(at));
  return upper < 0.9L ? 1 - upper : boost::math::ibetac(b, a, at.y, Quiet());
}

Real beta::upper(Real a, Real b, Point at) { return lower(b, a, mirrored(at)); }

/// Where Boost's inverse, in doubles, says that the quantile lies.
static Point roughLowerQuantile(double a, double b, double p) {
  double y = 1;
  const double x = boost::math::ibeta_inv(a, b, p, &y, Fast());
  if (x > std::numeric_limits<double>::min() && y > 0 && x < 1 && y < 1)
    return x < y ? Point{x, 1 - Real(x)} : Point{1 - Real(y), y};
  Point at;
  at.x = boost::math::ibeta_inv(Real(a), Real(b), Real(p), &at.y, Quiet());
  return at;
}

/// Boost's inverse stops short in far tails and with large shapes, and its promotion to extended
/// precision costs much: so Newton's steps on the logarithm of the tail, which is nearly linear
/// in log x there, finish what it does in doubles.
Point beta::lowerQuantile(Real a, Real b, Real p) {
  Point at = roughLowerQuantile(a, b, p);
  for (int count = 0; count < 50 && at.x > 0 && at.y > 0; ++count) {
    const Real tail = lower(a, b, at);
    const Real step = std::log(p / tail) * tail / (at.x * density(a, b, at));
    if (!std::isfinite(step) || at.x * std::expm1(step) >= at.y) break;
    at = {at.x * std::exp(step), at.y - at.x * std::expm1(step)};
    if (std::fabs(step) < 1e-11L) break;
  }
  return at;
}

Point beta::upperQuantile(Real a, Real b, Real q) { return mirrored(lowerQuantile(b, a, q)); }

static Point at(double x) { return {x, 1 - Real(x)}; }

double boost_beta_density(double a, double b, double x) noexcept {
  return guarded([=] { return beta::density(a, b, at(x)); });
}

double boost_ibeta(double a, double b, double x) noexcept {
  return guarded([=] { return beta::lower(a, b, at(x)); });
}

double boost_ibetac(double a, double b, double x) noexcept {
  return guarded([=] { return beta::upper(a, b, at(x)); });
}

double boost_ibeta_inverse(double a, double b, double p) noexcept {
  return guarded([=] { return beta::lowerQuantile(a, b, p).x; });
}

double boost_ibetac_inverse(double a, double b, double q) noexcept {
  return guarded([=] { return beta::upperQuantile(a, b, q).x; });
}
