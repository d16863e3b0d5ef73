#include <stdint.h>

#include "include/curve_kernels.h"

#define VECTOR_LANES 8
#define CURVES(name) curves_##name##_plain

#include "curves_single_body.h"
