#pragma once

#include <boost/math/policies/policy.hpp>
#include <limits>

namespace policies = boost::math::policies;

/// Errors come back as NaN, infinity or the best value found.
using Quiet = policies::policy<
    policies::domain_error<policies::ignore_error>, policies::pole_error<policies::ignore_error>,
    policies::overflow_error<policies::ignore_error>,
    policies::underflow_error<policies::ignore_error>,
    policies::denorm_error<policies::ignore_error>,
    policies::rounding_error<policies::ignore_error>,
    policies::evaluation_error<policies::ignore_error>,
    policies::indeterminate_result_error<policies::ignore_error>>;

/// The same without Boost's promotion of doubles, for values that only have to be near.
using Fast = policies::normalise<Quiet, policies::promote_double<false>>::type;

/// The value of `body`, computed in extended precision; NaN if it throws all the same.
template <class Body>
double guarded(Body body) noexcept {
  try {
    return static_cast<double>(body());
  } catch (...) {
    return std::numeric_limits<double>::quiet_NaN();
  }
}
