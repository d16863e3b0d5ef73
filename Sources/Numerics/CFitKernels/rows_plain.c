#include "rows.h"

#define ROWS_NAME(name) rows_##name##_plain
#define ROWS_NARROW 2
#include "rows_body.h"
