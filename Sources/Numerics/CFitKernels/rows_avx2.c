#include "rows.h"

#if defined(__x86_64__)
#include <stdint.h>

#pragma clang attribute push(__attribute__((target("arch=x86-64-v3"))), apply_to = function)
#define ROWS_NAME(name) rows_##name##_avx2
#define ROWS_NARROW 4
#include "rows_body.h"
#pragma clang attribute pop
#endif
