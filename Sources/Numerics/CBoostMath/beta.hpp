#pragma once

/// The beta distribution at x = 1 − y. Both are passed, so that neither end loses digits.
namespace beta {

struct Point {
  long double x;
  long double y;
};

/// x^(a − 1) y^(b − 1) / B(a, b), x and y positive.
long double density(long double a, long double b, Point at);

/// I(x; a, b) and 1 − I(x; a, b).
long double lower(long double a, long double b, Point at);
long double upper(long double a, long double b, Point at);

/// The point with a given lower or upper tail, neither 0 nor 1.
Point lowerQuantile(long double a, long double b, long double p);
Point upperQuantile(long double a, long double b, long double q);

}  // namespace beta
