#if defined(__x86_64__)
#include <stdint.h>

#include "rows.h"

#define ROWS_NAME(name) rows_##name##_avx512
#define VECTOR_LANES 16
#define ROWS_NARROW 8

#pragma clang attribute push(__attribute__((target("arch=x86-64-v4"))), apply_to = function)
#include "rows_products.h"
#pragma clang attribute pop
#endif
