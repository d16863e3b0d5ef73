#pragma once

#include "curve_kernels.h"
#include "fit_kernels.h"
#include "rows.h"
