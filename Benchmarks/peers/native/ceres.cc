// Four-parameter log-logistic fits by Ceres with the Jacobian: METHOD problem (the whole solver on the
// raw points, one problem whose data change), tiny (TinySolver on them) or tiny-means (on the dose means
// weighted by their replicates). TinySolver's sizes are known to the compiler for 24 and 8 points.
#include <ceres/ceres.h>
#include <ceres/tiny_solver.h>

#include "curves.h"

namespace {

constexpr int parameters = 4;

struct Model {
  const Curves *curves;
  const double *y;

  // Entry (i, k) of the Jacobian stands at i * row + k * column.
  bool evaluate(const double *p, double *residual, double *jacobian, int row, int column) const {
    for (int i = 0; i < curves->points; i++) {
      const double x = curves->log_dose[i] - p[3], q = 1 / (1 + std::exp(p[0] * x));
      const double weight = curves->root_weight[i];
      residual[i] = weight * (p[1] + (p[2] - p[1]) * q - y[i]);
      if (!jacobian) continue;
      const double fall = -weight * (p[2] - p[1]) * q * (1 - q);
      double *to = jacobian + i * row;
      to[0] = fall * x;
      to[column] = weight * (1 - q);
      to[2 * column] = weight * q;
      to[3 * column] = -fall * p[0];
    }
    return true;
  }
};

struct Cost : ceres::CostFunction {
  Model *model;
  explicit Cost(Model *of) : model(of) {
    set_num_residuals(of->curves->points);
    mutable_parameter_block_sizes()->push_back(parameters);
  }
  bool Evaluate(double const *const *p, double *residual, double **jacobians) const override {
    return model->evaluate(p[0], residual, jacobians ? jacobians[0] : nullptr, parameters, 1);
  }
};

template <int Points>
struct Tiny {
  using Scalar = double;
  enum { NUM_RESIDUALS = Points, NUM_PARAMETERS = parameters };
  const Model *model;
  int NumResiduals() const { return model->curves->points; }
  bool operator()(const double *p, double *residual, double *jacobian) const {
    return model->evaluate(p, residual, jacobian, 1, model->curves->points);
  }
};

// Fits every curve by `solve`, on its raw points or its means as `model` has them.
template <typename Solve>
void fit_all(const Curves &raw, Model &model, double *sums, Solve solve) {
  std::vector<double> mean(raw.levels), residual(raw.points);
  double p[parameters];
  for (long curve = 0; curve < raw.curves; curve++) {
    const double *y = raw.responses + curve * raw.points;
    dose_means(&raw, y, mean.data());
    start(&raw, mean.data(), p);
    model.y = model.curves == &raw ? y : mean.data();
    solve(p);
    Model{&raw, y}.evaluate(p, residual.data(), nullptr, 0, 0);
    sums[curve] = 0;
    for (double r : residual) sums[curve] += r * r;
  }
}

void by_problem(const Curves &raw, double *sums) {
  Model model{&raw, nullptr};
  double at[parameters];
  ceres::Problem problem;
  problem.AddResidualBlock(new Cost(&model), nullptr, at);
  ceres::Solver::Options options;
  options.linear_solver_type = ceres::DENSE_QR;
  options.function_tolerance = 1e-9;
  options.parameter_tolerance = 1e-9;
  options.max_num_iterations = 400;
  options.num_threads = 1;
  options.logging_type = ceres::SILENT;
  ceres::Solver::Summary summary;
  fit_all(raw, model, sums, [&](double *p) {
    std::copy(p, p + parameters, at);
    ceres::Solve(options, &problem, &summary);
    std::copy(at, at + parameters, p);
  });
}

template <int Points>
void by_tiny(const Curves &raw, const Curves &fitted, double *sums) {
  Model model{&fitted, nullptr};
  const Tiny<Points> function{&model};
  ceres::TinySolver<Tiny<Points>> solver;
  solver.options.max_num_iterations = 400;
  solver.options.parameter_tolerance = 1e-9;
  fit_all(raw, model, sums, [&](double *p) {
    // Its tolerance of the cost is not relative: about 1e-9 of what noise of 4 % of the range leaves.
    const double range = p[2] - p[1];
    solver.options.function_tolerance = 1e-10 * range * range;
    Eigen::Vector4d x(p[0], p[1], p[2], p[3]);
    solver.Solve(function, &x);
    std::copy(x.data(), x.data() + parameters, p);
  });
}

void by_tiny(const Curves &raw, const Curves &fitted, double *sums) {
  if (fitted.points == 24) by_tiny<24>(raw, fitted, sums);
  else if (fitted.points == 8) by_tiny<8>(raw, fitted, sums);
  else by_tiny<Eigen::Dynamic>(raw, fitted, sums);
}

}  // namespace

int main(int count, char **arguments) {
  if (count != 6) fail("usage: DOSES RESPONSES COUNT SUMS problem|tiny|tiny-means");
  google::InitGoogleLogging(arguments[0]);
  const Curves raw = read_curves(arguments[1], arguments[2], atol(arguments[3]));
  const Curves means = on_means(&raw);
  std::vector<double> sums(raw.curves);
  const double begin = seconds();
  if (!strcmp(arguments[5], "problem")) by_problem(raw, sums.data());
  else by_tiny(raw, strcmp(arguments[5], "tiny") ? means : raw, sums.data());
  printf("%ld,%d,%.6f\n", raw.curves, raw.points, seconds() - begin);
  write_npy(arguments[4], sums.data(), raw.curves);
}
