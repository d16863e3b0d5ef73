#pragma once

/// The innermost loops of the fits of many curves and of many rows, in C for the choice of
/// instructions at run time.

/// A set of instructions that the loops are compiled for. Elsewhere than on x86-64 there is the plain
/// one alone.
enum fit_instructions { fit_plain = 0, fit_avx2 = 1, fit_avx512 = 2 };

/// The best that this processor has.
int fit_best_instructions(void);
