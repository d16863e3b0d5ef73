#include "rows.h"

#if defined(__x86_64__)
#include <stdint.h>

#pragma clang attribute push(__attribute__((target("arch=x86-64-v4"))), apply_to = function)
#define ROWS_NAME(name) rows_##name##_avx512
#define ROWS_NARROW 8
#include "rows_body.h"
#pragma clang attribute pop
#endif
