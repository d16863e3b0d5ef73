#if defined(__x86_64__)
#include <stdint.h>

#include "include/curve_kernels.h"

#define VECTOR_LANES 16
#define CURVES(name) curves_##name##_avx2

#pragma clang attribute push(__attribute__((target("arch=x86-64-v3"))), apply_to = function)
#include "curves_single_body.h"
#pragma clang attribute pop
#endif
