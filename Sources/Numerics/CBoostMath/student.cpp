#include <boost/math/constants/constants.hpp>
#include <boost/math/special_functions/erf.hpp>
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

/// Both tails beyond t > 0 together, and minus their derivative by t.
struct Tails {
  Real value;
  Real density;
};

/// For a few whole degrees of freedom, from the finite sum for P(|T| ≤ t).
///
/// Good where the tails are not small. Abramowitz & Stegun (1964), 26.7.3 and 26.7.4.
static Tails centralTails(int df, Real t) {
  const Point at = studentPoint(df, t);
  const Real sine = std::sqrt(at.y), cosine = std::sqrt(at.x);
  const bool isOdd = df % 2 == 1;
  Real sum = 0, term = 1;
  for (int j = isOdd ? 2 : 1; j < df; j += 2) {
    sum += term;
    term *= at.x * j / (j + 1);
  }
  const Real slope = std::sqrt(Real(df)) * term * cosine;
  if (!isOdd) return {1 - sine * sum, slope};
  const Real factor = boost::math::constants::two_div_pi<Real>();
  return {1 - factor * (std::atan2(sine, cosine) + sine * cosine * sum), factor * slope * cosine};
}

static constexpr Real leastCentralTails = 1e-3L;

static bool hasCentralTails(double df) { return df <= 40 && df == std::floor(df); }

/// The t with these tails, by Newton's steps, which ascend as the tails are convex in t.
static Real centralQuantile(int df, Real tails) {
  const Real z = boost::math::erfc_inv(double(tails), Fast())
                 * boost::math::constants::root_two<Real>();
  Real t = z + (z * z + 1) * z / (4 * df);
  for (int count = 0; count < 50; ++count) {
    const Tails at = centralTails(df, t);
    const Real step = (at.value - tails) / at.density;
    t += step;
    if (std::fabs(step) < 1e-11L * t) break;
  }
  return t;
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
  return guarded([=] {
    if (hasCentralTails(df)) {
      const Real tails = centralTails(int(df), t).value;
      if (tails > leastCentralTails) return tails / 2;
    }
    return beta::lower(Real(df) / 2, 0.5L, studentPoint(df, t)) / 2;
  });
}

double boost_student_t_upper_quantile(double df, double q) noexcept {
  return guarded([=] {
    if (q == 0.5) return Real(0);
    if (hasCentralTails(df) && 2 * q > leastCentralTails && q < 0.49)
      return centralQuantile(int(df), 2 * Real(q));
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
