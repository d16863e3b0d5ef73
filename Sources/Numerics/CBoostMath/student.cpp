#include "CBoostMath.h"

#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>

#include "beta.hpp"
#include "guarded.hpp"

using Real = long double;

// Both distributions are incomplete beta ratios of x or of y = 1 − x. The smaller of the two is
// the argument, so that the subtraction 1 − x inside loses nothing.

double boost_student_t_density(double df, double t) noexcept {
  return guarded([=] {
    const Real half = Real(df) / 2;
    const Real ratio = 1 / boost::math::tgamma_delta_ratio(half, 0.5L, Quiet());
    return ratio / std::sqrt(df * boost::math::constants::pi<Real>())
           * std::exp(-(half + 0.5L) * std::log1p(Real(t) * t / df));
  });
}

double boost_student_t_upper_tail(double df, double t) noexcept {
  return guarded([=] {
    const Real half = Real(df) / 2, square = Real(t) * t;
    return square < df ? beta::upper(0.5L, half, square / (df + square)) / 2
                       : beta::lower(half, 0.5L, df / (df + square)) / 2;
  });
}

double boost_student_t_upper_quantile(double df, double q) noexcept {
  return guarded([=] {
    Real y = 0;
    const Real x = boost::math::ibeta_inv(Real(df) / 2, 0.5L, 2 * Real(q), &y, Quiet());
    return std::sqrt(df * y / x);
  });
}

double boost_f_density(double df1, double df2, double f) noexcept {
  return guarded([=] {
    const Real a = Real(df1) / 2, b = Real(df2) / 2;
    const Real sum = df2 + Real(df1) * f;
    const Real slope = Real(df1) / sum * df2 / sum;
    return slope
           * (Real(df1) * f < df2
                  ? beta::density(a, b, df1 * Real(f) / sum)
                  : beta::density(b, a, df2 / sum));
  });
}

double boost_f_lower_tail(double df1, double df2, double f) noexcept {
  return guarded([=] {
    const Real a = Real(df1) / 2, b = Real(df2) / 2;
    const Real sum = df2 + Real(df1) * f;
    return Real(df1) * f < df2 ? beta::lower(a, b, df1 * Real(f) / sum)
                               : beta::upper(b, a, df2 / sum);
  });
}

double boost_f_upper_tail(double df1, double df2, double f) noexcept {
  return guarded([=] {
    const Real a = Real(df1) / 2, b = Real(df2) / 2;
    const Real sum = df2 + Real(df1) * f;
    return Real(df1) * f < df2 ? beta::upper(a, b, df1 * Real(f) / sum)
                               : beta::lower(b, a, df2 / sum);
  });
}

double boost_f_lower_quantile(double df1, double df2, double p) noexcept {
  return guarded([=] {
    Real y = 0;
    const Real x = boost::math::ibeta_inv(Real(df1) / 2, Real(df2) / 2, Real(p), &y, Quiet());
    return df2 * x / (df1 * y);
  });
}

double boost_f_upper_quantile(double df1, double df2, double q) noexcept {
  return guarded([=] {
    Real y = 0;
    const Real x = boost::math::ibetac_inv(Real(df1) / 2, Real(df2) / 2, Real(q), &y, Quiet());
    return df2 * x / (df1 * y);
  });
}
