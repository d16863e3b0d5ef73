#include <boost/math/constants/constants.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>

#include "CBoostMath.h"
#include "beta.hpp"
#include "guarded.hpp"

using Real = long double;
using beta::Point;

/// t² / ν = y / x.
static Point studentPoint(Real df, Real t) {
  const Real square = t * t;
  return {df / (df + square), square / (df + square)};
}

double boost_student_t_density(double df, double t) noexcept {
  return guarded([=] {
    const Real half = Real(df) / 2;
    const Real ratio = 1 / boost::math::tgamma_delta_ratio(half, 0.5L, Quiet());
    return ratio / std::sqrt(df * boost::math::constants::pi<Real>())
           * std::exp(-(half + 0.5L) * std::log1p(Real(t) * t / df));
  });
}

double boost_student_t_upper_tail(double df, double t) noexcept {
  return guarded([=] { return beta::lower(Real(df) / 2, 0.5L, studentPoint(df, t)) / 2; });
}

double boost_student_t_upper_quantile(double df, double q) noexcept {
  return guarded([=] {
    if (q == 0.5) return Real(0);
    const Point at = beta::lowerQuantile(Real(df) / 2, 0.5L, 2 * Real(q));
    return std::sqrt(df * at.y / at.x);
  });
}

/// d₁ f / d₂ = x / y.
static Point fPoint(Real df1, Real df2, Real f) {
  const Real sum = df2 + df1 * f;
  return {df1 * f / sum, df2 / sum};
}

double boost_f_density(double df1, double df2, double f) noexcept {
  return guarded([=] {
    const Point at = fPoint(df1, df2, f);
    return Real(df1) / df2 * at.y * at.y * beta::density(Real(df1) / 2, Real(df2) / 2, at);
  });
}

double boost_f_lower_tail(double df1, double df2, double f) noexcept {
  return guarded([=] { return beta::lower(Real(df1) / 2, Real(df2) / 2, fPoint(df1, df2, f)); });
}

double boost_f_upper_tail(double df1, double df2, double f) noexcept {
  return guarded([=] { return beta::upper(Real(df1) / 2, Real(df2) / 2, fPoint(df1, df2, f)); });
}

double boost_f_lower_quantile(double df1, double df2, double p) noexcept {
  return guarded([=] {
    const Point at = beta::lowerQuantile(Real(df1) / 2, Real(df2) / 2, p);
    return df2 * at.x / (df1 * at.y);
  });
}

double boost_f_upper_quantile(double df1, double df2, double q) noexcept {
  return guarded([=] {
    const Point at = beta::upperQuantile(Real(df1) / 2, Real(df2) / 2, q);
    return df2 * at.x / (df1 * at.y);
  });
}
