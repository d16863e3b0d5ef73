#include "include/fit_kernels.h"

int fit_best_instructions(void) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("x86-64-v4")) return fit_avx512;
  if (__builtin_cpu_supports("x86-64-v3")) return fit_avx2;
#endif
  return fit_plain;
}
