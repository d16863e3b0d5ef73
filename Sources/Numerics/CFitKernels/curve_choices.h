#pragma once

/// Calls CALL(…, FREE, WEIGHTS), `…` what else is given, for the design's number of free plateaus, 0 to
/// 2, with the weights of the curves from i on and without.
#define FOR_PLATEAUS_AND_WEIGHTS(CALL, ...)                                                 \
  switch (design->free_plateaus) {                                                          \
  case 0: FOR_WEIGHTS(CALL, __VA_ARGS__ __VA_OPT__(, ) 0) break;                            \
  case 1: FOR_WEIGHTS(CALL, __VA_ARGS__ __VA_OPT__(, ) 1) break;                            \
  default: FOR_WEIGHTS(CALL, __VA_ARGS__ __VA_OPT__(, ) 2) break;                           \
  }

#define FOR_WEIGHTS(CALL, ...)                                                              \
  if (weights) CALL(__VA_ARGS__, weights + i) else CALL(__VA_ARGS__, (const double *)0)

/// Calls CALL(SHAPE, FREE, WEIGHTS) for the design's shape too.
#define FOR_SHAPES(CALL)                                                                    \
  switch (design->shape) {                                                                  \
  case curve_logistic: FOR_PLATEAUS_AND_WEIGHTS(CALL, curve_logistic) break;                \
  case curve_normal: FOR_PLATEAUS_AND_WEIGHTS(CALL, curve_normal) break;                    \
  case curve_gumbel: FOR_PLATEAUS_AND_WEIGHTS(CALL, curve_gumbel) break;                    \
  default: FOR_PLATEAUS_AND_WEIGHTS(CALL, curve_complementary_gumbel) break;                \
  }
