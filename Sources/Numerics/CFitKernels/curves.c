#include "include/curve_kernels.h"

// The choice among the sets of instructions.

#define REDUCE_ARGUMENTS                                                                      \
  const struct curve_reduction *reduction, long count, long stride, const double *responses, \
      double *means, double *data, double *state, double *scratch
#define START_ARGUMENTS                                                                      \
  const struct curve_design *design, const struct curve_grid *grid, long count, long stride, \
      const double *means, const double *weights, double *state
#define DESCEND_ARGUMENTS                                                          \
  const struct curve_design *design, long count, long stride, const double *means, \
      const double *weights, int evaluations, int gauss, double *state
#define REPORT_ARGUMENTS                                                             \
  const struct curve_report *report, long count, long stride, const double *state,   \
      const double *data, double *scratch, double *results
#define PROFILE_ARGUMENTS                                                                  \
  const struct curve_design *design, const struct curve_outlook *outlook, long count,      \
      long stride, const double *means, const double *weights, const double *state,        \
      const double *data, double *results

#define DECLARED(INSTRUCTIONS)                            \
  void curves_reduce_##INSTRUCTIONS(REDUCE_ARGUMENTS);    \
  void curves_start_##INSTRUCTIONS(START_ARGUMENTS);      \
  void curves_descend_##INSTRUCTIONS(DESCEND_ARGUMENTS);  \
  void curves_report_##INSTRUCTIONS(REPORT_ARGUMENTS);    \
  void curves_profile_##INSTRUCTIONS(PROFILE_ARGUMENTS);

DECLARED(plain)
#if defined(__x86_64__)
DECLARED(avx2)
DECLARED(avx512)
#define CHOSEN(NAME)                                   \
  (instructions == fit_avx512 ? curves_##NAME##_avx512 \
   : instructions == fit_avx2 ? curves_##NAME##_avx2   \
                              : curves_##NAME##_plain)
#else
#define CHOSEN(NAME) curves_##NAME##_plain
#endif

void curves_reduce(int instructions, REDUCE_ARGUMENTS) {
  CHOSEN(reduce)(reduction, count, stride, responses, means, data, state, scratch);
}

void curves_start(int instructions, START_ARGUMENTS) {
  CHOSEN(start)(design, grid, count, stride, means, weights, state);
}

void curves_descend(int instructions, DESCEND_ARGUMENTS) {
  CHOSEN(descend)(design, count, stride, means, weights, evaluations, gauss, state);
}

void curves_report(int instructions, REPORT_ARGUMENTS) {
  CHOSEN(report)(report, count, stride, state, data, scratch, results);
}

void curves_profile(int instructions, PROFILE_ARGUMENTS) {
  CHOSEN(profile)(design, outlook, count, stride, means, weights, state, data, results);
}
