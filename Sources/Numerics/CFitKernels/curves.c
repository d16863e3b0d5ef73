#include "include/curve_kernels.h"

// The choice among the sets of instructions.

#define REDUCE_ARGUMENTS                                                                      \
  const struct curve_reduction *reduction, long count, long stride, const double *responses, \
      double *means, double *data, double *state, double *scratch
#define APPROACH_ARGUMENTS                                                                   \
  const struct curve_design *design, const struct curve_grid *grid, long count, long stride, \
      const double *means, const double *weights, int evaluations, int gauss, double *state, \
      const double *ahead, long width
#define CANDIDATES_ARGUMENTS                                                                 \
  const struct curve_design *design, const struct curve_grid *grid, long count, long stride, \
      const double *means, const double *weights, int candidates, double *slopes,            \
      double *locations, double *scores
#define JUMP_ARGUMENTS                                                             \
  const struct curve_design *design, long count, long stride, const double *means, \
      const double *weights, double *slopes, double *locations, double *limits
#define DESCEND_ARGUMENTS                                                          \
  const struct curve_design *design, long count, long stride, const double *means, \
      const double *weights, int evaluations, int gauss, double *state
#define FINISH_ARGUMENTS                                                           \
  const struct curve_design *design, long count, long stride, const double *means, \
      const double *weights, double *state
#define REPORT_ARGUMENTS                                                             \
  const struct curve_report *report, long count, long stride, const double *state,   \
      const double *data, double *scratch, double *results

#define DECLARED(INSTRUCTIONS)                            \
  void curves_reduce_##INSTRUCTIONS(REDUCE_ARGUMENTS);    \
  void curves_candidates_##INSTRUCTIONS(CANDIDATES_ARGUMENTS); \
  void curves_jump_##INSTRUCTIONS(JUMP_ARGUMENTS);        \
  void curves_approach_##INSTRUCTIONS(APPROACH_ARGUMENTS); \
  void curves_descend_##INSTRUCTIONS(DESCEND_ARGUMENTS);  \
  void curves_finish_##INSTRUCTIONS(FINISH_ARGUMENTS);    \
  void curves_report_##INSTRUCTIONS(REPORT_ARGUMENTS);

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

void curves_candidates(int instructions, CANDIDATES_ARGUMENTS) {
  CHOSEN(candidates)(design, grid, count, stride, means, weights, candidates, slopes, locations,
                     scores);
}

void curves_jump(int instructions, JUMP_ARGUMENTS) {
  CHOSEN(jump)(design, count, stride, means, weights, slopes, locations, limits);
}

void curves_approach(int instructions, APPROACH_ARGUMENTS) {
  CHOSEN(approach)(design, grid, count, stride, means, weights, evaluations, gauss, state, ahead,
                   width);
}

void curves_descend(int instructions, DESCEND_ARGUMENTS) {
  CHOSEN(descend)(design, count, stride, means, weights, evaluations, gauss, state);
}

void curves_finish(int instructions, FINISH_ARGUMENTS) {
  CHOSEN(finish)(design, count, stride, means, weights, state);
}

void curves_report(int instructions, REPORT_ARGUMENTS) {
  CHOSEN(report)(report, count, stride, state, data, scratch, results);
}
