// What the compiled peers share: curves from `.npy` files, the start of a fit, and what they write.
//
// PROGRAM DOSES RESPONSES COUNT SUMS METHOD
// fits the first COUNT rows of RESPONSES (curves x points), prints `curves,points,seconds` of the
// processor and writes the residual sum of squares of each curve to SUMS, another `.npy`.
#ifndef CURVES_H
#define CURVES_H

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef struct {
  int points;
  long curves;
  const double *responses;
  // The logarithm of each point's dose, and the square root of its weight.
  double *log_dose, *root_weight;
  // The distinct doses, ascending, and where each point belongs.
  int levels;
  double *level;
  int *level_of, *replicates;
} Curves;

static inline void fail(const char *what) {
  fprintf(stderr, "%s\n", what);
  exit(65);
}

// A C-ordered array of doubles of one or two dimensions.
static inline double *read_npy(const char *path, long *rows, long *columns) {
  FILE *file = fopen(path, "rb");
  unsigned char start[10];
  char header[65536];
  if (!file || fread(start, 1, 10, file) != 10 || memcmp(start, "\x93NUMPY\x01", 7)) fail(path);
  size_t length = start[8] + 256 * start[9];
  if (fread(header, 1, length, file) != length) fail(path);
  header[length] = 0;
  char *shape = strstr(header, "'shape': (");
  if (!shape || !strstr(header, "'<f8'") || !strstr(header, "False")) fail(path);
  *columns = 1;
  if (sscanf(shape, "'shape': (%ld, %ld", rows, columns) < 1) fail(path);
  size_t count = (size_t)*rows * *columns;
  double *values = (double *)malloc(count * sizeof *values);
  if (!values || fread(values, sizeof *values, count, file) != count) fail(path);
  fclose(file);
  return values;
}

static inline void write_npy(const char *path, const double *values, long count) {
  char header[119];
  snprintf(header, sizeof header, "{'descr': '<f8', 'fortran_order': False, 'shape': (%ld,), }", count);
  FILE *file = fopen(path, "wb");
  if (!file) fail(path);
  fprintf(file, "\x93NUMPY\x01%c\x76%c%-117s\n", 0, 0, header);
  if (fwrite(values, sizeof *values, count, file) != (size_t)count || fclose(file)) fail(path);
}

static inline int ascending(const void *one, const void *other) {
  double a = *(const double *)one, b = *(const double *)other;
  return (a > b) - (a < b);
}

static inline Curves read_curves(const char *doses, const char *responses, long count) {
  Curves c;
  long rows, columns, width;
  double *dose = read_npy(doses, &rows, &columns);
  c.points = (int)rows;
  c.responses = read_npy(responses, &c.curves, &width);
  if (width != rows) fail("as many doses as points are wanted");
  if (count < c.curves) c.curves = count;
  size_t size = rows * sizeof(double);
  c.log_dose = (double *)malloc(size);
  c.root_weight = (double *)malloc(size);
  c.level = (double *)malloc(size);
  c.level_of = (int *)malloc(rows * sizeof(int));
  c.replicates = (int *)calloc(rows, sizeof(int));
  for (int i = 0; i < c.points; i++) {
    c.log_dose[i] = c.level[i] = log(dose[i]);
    c.root_weight[i] = 1;
  }
  qsort(c.level, rows, sizeof(double), ascending);
  c.levels = 0;
  for (int i = 0; i < c.points; i++)
    if (!c.levels || c.level[i] > c.level[c.levels - 1]) c.level[c.levels++] = c.level[i];
  for (int i = 0; i < c.points; i++) {
    int k = 0;
    while (c.level[k] < c.log_dose[i]) k++;
    c.level_of[i] = k;
    c.replicates[k]++;
  }
  free(dose);
  return c;
}

static inline void dose_means(const Curves *c, const double *y, double *mean) {
  for (int k = 0; k < c->levels; k++) mean[k] = 0;
  for (int i = 0; i < c->points; i++) mean[c->level_of[i]] += y[i];
  for (int k = 0; k < c->levels; k++) mean[k] /= c->replicates[k];
}

// The curve with a point for each dose, its mean, with the weight of its replicates.
static inline Curves on_means(const Curves *c) {
  Curves m = *c;
  m.points = c->levels;
  m.log_dose = c->level;
  m.root_weight = (double *)malloc(c->levels * sizeof(double));
  m.level_of = (int *)malloc(c->levels * sizeof(int));
  m.replicates = (int *)malloc(c->levels * sizeof(int));
  for (int k = 0; k < c->levels; k++) {
    m.root_weight[k] = sqrt(c->replicates[k]);
    m.level_of[k] = k;
    m.replicates[k] = 1;
  }
  return m;
}

// Slope, lower and upper plateau, logarithm of the ED50: the extreme means, the dose at which the
// curve passes half-way between them, and a slope of 1 that falls or rises as the ends do.
static inline void start(const Curves *c, const double *mean, double *p) {
  double lower = mean[0], upper = mean[0];
  int last = c->levels - 1;
  for (int k = 1; k <= last; k++) {
    if (mean[k] < lower) lower = mean[k];
    if (mean[k] > upper) upper = mean[k];
  }
  double half = (lower + upper) / 2;
  p[0] = mean[0] >= mean[last] ? 1 : -1;
  p[1] = lower;
  p[2] = upper;
  p[3] = (c->level[0] + c->level[last]) / 2;
  for (int k = 1; k <= last; k++)
    if ((mean[k - 1] - half) * p[0] >= 0 && (mean[k] - half) * p[0] < 0) {
      double share = (mean[k - 1] - half) / (mean[k - 1] - mean[k]);
      p[3] = c->level[k - 1] + share * (c->level[k] - c->level[k - 1]);
      return;
    }
}

// 1/(1 + exp(b (x - ln e))) of each point.
static inline void shares(const Curves *c, const double *p, double *q) {
  for (int i = 0; i < c->points; i++) q[i] = 1 / (1 + exp(p[0] * (c->log_dose[i] - p[3])));
}

static inline double seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return now.tv_sec + 1e-9 * now.tv_nsec;
}

#endif
