// Four-parameter log-logistic fits by GSL's multifit_nlinear on the raw points, with the Jacobian:
// METHOD lm (Levenberg-Marquardt), or lmaccel (with geodesic acceleration, and the second derivative
// along the step).
#include <gsl/gsl_multifit_nlinear.h>

#include "curves.h"

enum { parameters = 4 };

typedef struct {
  const Curves *curves;
  const double *y;
  double *share;
} Fit;

static int residuals(const gsl_vector *at, void *context, gsl_vector *f) {
  Fit *fit = context;
  const double *p = at->data;
  shares(fit->curves, p, fit->share);
  for (int i = 0; i < fit->curves->points; i++)
    f->data[i] = p[1] + (p[2] - p[1]) * fit->share[i] - fit->y[i];
  return GSL_SUCCESS;
}

static int jacobian(const gsl_vector *at, void *context, gsl_matrix *j) {
  Fit *fit = context;
  const double *p = at->data;
  shares(fit->curves, p, fit->share);
  for (int i = 0; i < fit->curves->points; i++) {
    double q = fit->share[i], fall = -(p[2] - p[1]) * q * (1 - q), *row = j->data + i * j->tda;
    row[0] = fall * (fit->curves->log_dose[i] - p[3]);
    row[1] = 1 - q;
    row[2] = q;
    row[3] = -fall * p[0];
  }
  return GSL_SUCCESS;
}

// The second derivative along v of c + (d - c) q(z), z = b (x - ln e).
static int along(const gsl_vector *at, const gsl_vector *v, void *context, gsl_vector *second) {
  Fit *fit = context;
  const double *p = at->data, *u = v->data;
  shares(fit->curves, p, fit->share);
  for (int i = 0; i < fit->curves->points; i++) {
    double q = fit->share[i], first = -q * (1 - q);
    double turn = u[0] * (fit->curves->log_dose[i] - p[3]) - p[0] * u[3];
    second->data[i] = 2 * (u[2] - u[1]) * first * turn +
                      (p[2] - p[1]) * first * ((2 * q - 1) * turn * turn - 2 * u[0] * u[3]);
  }
  return GSL_SUCCESS;
}

int main(int count, char **arguments) {
  if (count != 6) fail("usage: DOSES RESPONSES COUNT SUMS lm|lmaccel");
  Curves raw = read_curves(arguments[1], arguments[2], atol(arguments[3]));
  double mean[raw.levels], share[raw.points], p[parameters];
  Fit fit = {&raw, NULL, share};
  gsl_multifit_nlinear_fdf problem = {residuals, jacobian, along, raw.points, parameters, &fit, 0, 0, 0};
  gsl_multifit_nlinear_parameters options = gsl_multifit_nlinear_default_parameters();
  options.solver = gsl_multifit_nlinear_solver_cholesky;
  if (!strcmp(arguments[5], "lmaccel")) options.trs = gsl_multifit_nlinear_trs_lmaccel;
  gsl_multifit_nlinear_workspace *work =
      gsl_multifit_nlinear_alloc(gsl_multifit_nlinear_trust, &options, raw.points, parameters);
  gsl_vector_view at = gsl_vector_view_array(p, parameters);
  gsl_set_error_handler_off();
  double *sums = malloc(raw.curves * sizeof *sums), begin = seconds();

  for (long curve = 0; curve < raw.curves; curve++) {
    int why;
    fit.y = raw.responses + curve * raw.points;
    dose_means(&raw, fit.y, mean);
    start(&raw, mean, p);
    gsl_multifit_nlinear_init(&at.vector, &problem, work);
    gsl_multifit_nlinear_driver(400, 1e-9, 1e-9, 1e-9, NULL, NULL, &why, work);
    const gsl_vector *left = gsl_multifit_nlinear_residual(work);
    sums[curve] = 0;
    for (int i = 0; i < raw.points; i++) sums[curve] += left->data[i] * left->data[i];
  }
  printf("%ld,%d,%.6f\n", raw.curves, raw.points, seconds() - begin);
  write_npy(arguments[4], sums, raw.curves);
}
