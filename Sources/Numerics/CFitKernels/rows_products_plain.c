#include <stdint.h>

#include "rows.h"

#define ROWS_NAME(name) rows_##name##_plain
#define VECTOR_LANES 16
#define ROWS_NARROW 2

#include "rows_products.h"
