#include <boost/math/constants/constants.hpp>
#include <boost/math/special_functions/erf.hpp>

#include "CBoostMath.h"
#include "guarded.hpp"

using boost::math::constants::root_two;

double boost_normal_lower_tail(double x) noexcept {
  return guarded([=] { return boost::math::erfc(-x / root_two<long double>(), Quiet()) / 2; });
}

double boost_normal_quantile(double p) noexcept {
  return guarded([=] {
    return -root_two<long double>() * boost::math::erfc_inv(2.0L * p, Quiet());
  });
}
