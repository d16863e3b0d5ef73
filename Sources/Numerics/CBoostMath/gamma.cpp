#include <boost/math/special_functions/gamma.hpp>

#include "CBoostMath.h"
#include "guarded.hpp"
#include "saddlepoint.hpp"

using Real = long double;

/// Sharpens a tail of shape `a` at `x`, except near the centre, where Boost uses Temme's series.
static Real sharp(Real tail, Real a, Real x) {
  const Real sigma = (x - a) / a;
  if (a < 1000 || sigma * sigma * a < 20 || !(x > 0)) return tail;
  return saddlepoint::sharpened(
      tail, boost::math::gamma_p_derivative(a, x, Quiet()), a / x * saddlepoint::poisson(a, x));
}

double boost_gamma_p(double a, double rate, double t) noexcept {
  return guarded([=] {
    const Real x = Real(rate) * t;
    return sharp(boost::math::gamma_p(Real(a), x, Quiet()), a, x);
  });
}

double boost_gamma_q(double a, double rate, double t) noexcept {
  return guarded([=] {
    const Real x = Real(rate) * t;
    return sharp(boost::math::gamma_q(Real(a), x, Quiet()), a, x);
  });
}

double boost_gamma_p_inverse(double a, double rate, double p) noexcept {
  return guarded([=] { return boost::math::gamma_p_inv(Real(a), Real(p), Quiet()) / rate; });
}

double boost_gamma_q_inverse(double a, double rate, double q) noexcept {
  return guarded([=] { return boost::math::gamma_q_inv(Real(a), Real(q), Quiet()) / rate; });
}
