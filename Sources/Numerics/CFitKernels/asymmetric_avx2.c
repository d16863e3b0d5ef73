#if defined(__x86_64__)
#include <stdint.h>

#include "include/asymmetric_kernels.h"

#define VECTOR_LANES 8
#define CURVES(name) asymmetric_##name##_avx2

#pragma clang attribute push(__attribute__((target("arch=x86-64-v3"))), apply_to = function)
#include "asymmetric_body.h"
#pragma clang attribute pop
#endif
