#pragma once

#include "asymmetric_kernels.h"
#include "curve_kernels.h"
#include "fit_kernels.h"
#include "rows.h"
