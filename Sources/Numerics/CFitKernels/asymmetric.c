#include "include/asymmetric_kernels.h"

// The choice among the sets of instructions.

#define START_ARGUMENTS                                                                       \
  const struct asymmetric_design *design, const struct asymmetric_grid *grid, long count,     \
      long stride, const double *means, const double *weights, double *candidates
#define DESCEND_ARGUMENTS                                                               \
  const struct asymmetric_design *design, long count, long stride, const double *means, \
      const double *weights, int evaluations, double *state
#define REPORT_ARGUMENTS                                                                  \
  const struct asymmetric_report *report, long count, long stride, const double *state,   \
      const double *data, double *scratch, double *results

#define DECLARED(INSTRUCTIONS)                               \
  void asymmetric_start_##INSTRUCTIONS(START_ARGUMENTS);     \
  void asymmetric_descend_##INSTRUCTIONS(DESCEND_ARGUMENTS); \
  void asymmetric_report_##INSTRUCTIONS(REPORT_ARGUMENTS);

DECLARED(plain)
#if defined(__x86_64__)
DECLARED(avx2)
DECLARED(avx512)
#define CHOSEN(NAME)                                       \
  (instructions == fit_avx512 ? asymmetric_##NAME##_avx512 \
   : instructions == fit_avx2 ? asymmetric_##NAME##_avx2   \
                              : asymmetric_##NAME##_plain)
#else
#define CHOSEN(NAME) asymmetric_##NAME##_plain
#endif

void curves_start_asymmetric(int instructions, START_ARGUMENTS) {
  CHOSEN(start)(design, grid, count, stride, means, weights, candidates);
}

void curves_descend_asymmetric(int instructions, DESCEND_ARGUMENTS) {
  CHOSEN(descend)(design, count, stride, means, weights, evaluations, state);
}

void curves_report_asymmetric(int instructions, REPORT_ARGUMENTS) {
  CHOSEN(report)(report, count, stride, state, data, scratch, results);
}
