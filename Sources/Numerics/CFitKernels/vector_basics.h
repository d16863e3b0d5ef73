#pragma once

/// Several numbers of type `real` at a time, which whoever includes this has defined with `whole`, the
/// integer of its size. Eight numbers, unless `VECTOR_LANES` is defined before.

#pragma clang fp contract(fast)

#ifndef VECTOR_LANES
#define VECTOR_LANES 8
#endif

/// Numbers, their bits, and the results of comparisons: 0, or −1 where true.
typedef real vd __attribute__((vector_size(sizeof(real) * VECTOR_LANES)));
typedef whole vl __attribute__((vector_size(sizeof(real) * VECTOR_LANES)));
/// Numbers at any address of one.
typedef real vd_anywhere
    __attribute__((vector_size(sizeof(real) * VECTOR_LANES), aligned(sizeof(real)), may_alias));

/// Asks for doubles that will be read, or written, soon.
#define FETCH_AHEAD(FIRST, COUNT, IS_WRITTEN)                                       \
  for (long line = 0; line < (COUNT); line += 8) __builtin_prefetch((FIRST) + line, IS_WRITTEN, 2)

#define VECTOR static inline __attribute__((always_inline))
// No function with vectors as arguments is called from another file.
#pragma clang diagnostic ignored "-Wpsabi"

VECTOR vd v_all(real x) { return x + (vd){}; }

VECTOR vl v_whole(whole x) { return x + (vl){}; }

VECTOR vd v_load(const real *x) { return *(const vd_anywhere *)x; }

VECTOR void v_store(real *x, vd value) { *(vd_anywhere *)x = value; }

/// `yes` where `condition` is true, else `no`.
VECTOR vd v_select(vl condition, vd yes, vd no) {
  return (vd)((condition & (vl)yes) | (~condition & (vl)no));
}

/// Whether `condition` is true of any.
VECTOR int v_any(vl condition) { return __builtin_reduce_or(condition) != 0; }

/// All bits but that of the sign, which an unsigned shift alone may reach.
VECTOR vd v_abs(vd x) { return (vd)((vl)x & (whole)(~(uint64_t)0 >> (65 - 8 * sizeof(whole)))); }

/// The lesser; of a NaN and a number the number that is `y`.
VECTOR vd v_min(vd x, vd y) { return v_select(x < y, x, y); }

/// The greater; of a NaN and a number the number that is `y`.
VECTOR vd v_max(vd x, vd y) { return v_select(x > y, x, y); }

VECTOR vd v_sqrt(vd x) { return __builtin_elementwise_sqrt(x); }

/// c₀ + c₁ x + … of `count` coefficients: pairs of terms, and of these a polynomial in x², so that
/// fewer steps wait for each other.
VECTOR vd v_polynomial(vd x, const real *c, int count) {
  const vd square = x * x;
  const int last = (count - 1) / 2 * 2;
  vd sum = last + 1 < count ? c[last + 1] * x + c[last] : v_all(c[last]);
#pragma clang loop unroll(full)
  for (int i = last - 2; i >= 0; i -= 2) sum = sum * square + (c[i + 1] * x + c[i]);
  return sum;
}
