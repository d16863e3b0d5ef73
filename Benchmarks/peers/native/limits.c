// What one core can do at most: multiplications with additions a second with each width of vectors,
// and bytes copied a second. Prints `limit,value`, of a value 1e9 operations or bytes a second; a
// multiplication with an addition is two operations, a byte is counted once read and once written.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return now.tv_sec + 1e-9 * now.tv_nsec;
}

enum { chains = 12, rounds = 8000000 };

// As many independent chains as hide the latency of two units, each in a register.
#define EACH(DO) DO(a) DO(b) DO(c) DO(d) DO(e) DO(f) DO(g) DO(h) DO(i) DO(j) DO(k) DO(l)
#define BEGIN(v) vector v = y + (__COUNTER__ & 15);
#define STEP(v) v = v * x + y;
#define END(v) y += v;
#define KERNEL(name, width, attributes)                                  \
  attributes static double name(double start) {                          \
    typedef double vector __attribute__((vector_size(8 * width)));       \
    vector x = (vector){} + (1 - 1e-9 * start), y = x - 1 + 1e-9 * start; \
    EACH(BEGIN)                                                          \
    for (long round = 0; round < rounds; round++) { EACH(STEP) }         \
    EACH(END)                                                            \
    return y[0] + y[width - 1];                                          \
  }

KERNEL(plain, 2, )
#ifdef __x86_64__
KERNEL(avx2, 4, __attribute__((target("avx2,fma"))))
KERNEL(avx512, 8, __attribute__((target("avx512f,fma"))))
#endif

static volatile double result;

static void report(const char *name, int width, double (*kernel)(double)) {
  double best = 1e9;
  for (int r = 0; r < 5; r++) {
    double begin = seconds();
    result = kernel(1 + r);
    double taken = seconds() - begin;
    if (taken < best) best = taken;
  }
  printf("%s,%.2f\n", name, 2e-9 * chains * width * rounds / best);
}

static void report_copy(void) {
  const size_t bytes = (size_t)256 << 20;
  char *from = malloc(bytes), *to = malloc(bytes);
  double best = 1e9;
  memset(from, 1, bytes);
  memset(to, 2, bytes);
  for (int r = 0; r < 7; r++) {
    double begin = seconds();
    memcpy(to, from, bytes);
    double taken = seconds() - begin;
    result = to[r];
    if (taken < best) best = taken;
  }
  printf("copy,%.2f\n", 2e-9 * bytes / best);
}

int main(void) {
  report("plain", 2, plain);
#ifdef __x86_64__
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) report("avx2", 4, avx2);
  if (__builtin_cpu_supports("avx512f")) report("avx512", 8, avx512);
#endif
  report_copy();
}
