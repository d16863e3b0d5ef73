// Four-parameter log-logistic fits by MINPACK's lmder in C (cminpack), with the Jacobian: on the raw
// points, residuals and derivatives each from the parameters as MINPACK asks for them (METHOD raw) or
// derivatives from what the residuals have left (METHOD kept), or so on the dose means weighted by
// their replicates (METHOD means).
#include <cminpack.h>

#include "curves.h"

enum { parameters = 4 };

typedef struct {
  const Curves *curves;
  const double *y;
  double *share;
  // lmder wants derivatives only where it has just wanted residuals: the shares are still those.
  int keeps_shares;
} Fit;

static int evaluate(void *context, int m, int n, const double *p, double *residual, double *jacobian,
                    int stride, int flag) {
  Fit *fit = context;
  const double *q = fit->share, *w = fit->curves->root_weight, *x = fit->curves->log_dose;
  (void)n;
  if (flag == 1) {
    shares(fit->curves, p, fit->share);
    for (int i = 0; i < m; i++) residual[i] = w[i] * (p[1] + (p[2] - p[1]) * q[i] - fit->y[i]);
    return 0;
  }
  if (!fit->keeps_shares) shares(fit->curves, p, fit->share);
  for (int i = 0; i < m; i++) {
    double fall = -w[i] * (p[2] - p[1]) * q[i] * (1 - q[i]);
    jacobian[i] = fall * (x[i] - p[3]);
    jacobian[i + stride] = w[i] * (1 - q[i]);
    jacobian[i + 2 * stride] = w[i] * q[i];
    jacobian[i + 3 * stride] = -fall * p[0];
  }
  return 0;
}

int main(int count, char **arguments) {
  if (count != 6) fail("usage: DOSES RESPONSES COUNT SUMS raw|kept|means");
  Curves raw = read_curves(arguments[1], arguments[2], atol(arguments[3]));
  Curves means = on_means(&raw);
  const int on_mean = !strcmp(arguments[5], "means");
  const int m = on_mean ? means.points : raw.points;
  double mean[m], share[m], residual[m], jacobian[parameters * m], transformed[parameters];
  double scale[parameters], w1[parameters], w2[parameters], w3[parameters], w4[m], p[parameters];
  int pivots[parameters], evaluations, derivatives;
  Fit fit = {on_mean ? &means : &raw, NULL, share, strcmp(arguments[5], "raw") != 0};
  double *sums = malloc(raw.curves * sizeof *sums), begin = seconds();

  for (long curve = 0; curve < raw.curves; curve++) {
    const double *y = raw.responses + curve * raw.points;
    dose_means(&raw, y, mean);
    start(&raw, mean, p);
    fit.y = on_mean ? mean : y;
    lmder(evaluate, &fit, m, parameters, p, residual, jacobian, m, 1e-9, 1e-9, 0, 400, scale, 1, 100, 0,
          &evaluations, &derivatives, pivots, transformed, w1, w2, w3, w4);
    sums[curve] = 0;
    for (int i = 0; i < m; i++) sums[curve] += residual[i] * residual[i];
    // What is left of the raw points is that of the means and what replicates differ by.
    if (on_mean)
      for (int i = 0; i < raw.points; i++) {
        double apart = y[i] - mean[raw.level_of[i]];
        sums[curve] += apart * apart;
      }
  }
  printf("%ld,%d,%.6f\n", raw.curves, raw.points, seconds() - begin);
  write_npy(arguments[4], sums, raw.curves);
}
