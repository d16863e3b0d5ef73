#pragma once

namespace beta {

/// I(x; a, b) and 1 − I(x; a, b).
long double lower(long double a, long double b, long double x);
long double upper(long double a, long double b, long double x);

/// x^(a − 1) (1 − x)^(b − 1) / B(a, b) at 0 < x < 1.
long double density(long double a, long double b, long double x);

}  // namespace beta
