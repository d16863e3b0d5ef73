#include <stdint.h>

#include "include/asymmetric_kernels.h"

#define VECTOR_LANES 8
#define CURVES(name) asymmetric_##name##_plain

#include "asymmetric_body.h"
