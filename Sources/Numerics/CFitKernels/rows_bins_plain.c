#include <stdint.h>

#include "rows.h"

#define ROWS_NAME(name) rows_##name##_plain

#include "rows_bins.h"
