#include "flow/solvers.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <numeric>

#include "base/command_words.h"
#include "base/errors.h"
#include "curve.h"
#include "flow/integrate.h"
#include "gaussian_field.h"

namespace lf::flow {
namespace {

IntegrateOptions with(const char* solver, int steps) {
  IntegrateOptions options;
  options.solver = solver;
  options.steps = steps;
  return options;
}

constexpr double kBand = 0.05;  // of the measured order, at 128 and 256 steps

double curve_error(const IntegrateOptions& options) {
  const Trajectory way = integrate(curve(), curve_start(), options);
  return largest_difference(way.x.back(), curve_at(curve_start(), way.t.front(), way.t.back()));
}

double measured_order(double coarse, double fine) { return std::log2(coarse / fine); }

TEST(Solvers, FixedStepsConvergeWithTheirOrder) {
  for (const SolverInfo& solver : solvers()) {
    if (solver.adaptive) continue;
    const double order = measured_order(curve_error(with(solver.id, 128)), curve_error(with(solver.id, 256)));
    EXPECT_NEAR(order, solver.order, kBand) << solver.id;
  }
}

TEST(Solvers, FixedStepsConvergeBackwards) {
  for (const SolverInfo& solver : solvers()) {
    if (solver.adaptive) continue;
    IntegrateOptions coarse = with(solver.id, 128), fine = with(solver.id, 256);
    coarse.t0 = fine.t0 = 1;
    coarse.t1 = fine.t1 = 0.4;
    EXPECT_NEAR(measured_order(curve_error(coarse), curve_error(fine)), solver.order, kBand) << solver.id;
  }
}

TEST(Solvers, FixedStepsConvergeOnTheGaussianField) {
  const GaussianField gauss{at::tensor({0.5, -1.0, 2.0}, at::kDouble),
                            at::tensor({0.3, 1.0, 2.0}, at::kDouble)};
  const VelocityField field = [&](const at::Tensor& x, double t) { return gauss.velocity(x, t); };
  const at::Tensor x0 = at::tensor({1.0, -0.4, 0.7}, at::kDouble).view({1, 3});
  for (const SolverInfo& solver : solvers()) {
    if (solver.adaptive) continue;
    double errors[2];
    for (const int i : {0, 1}) {
      const Trajectory way = integrate(field, x0, with(solver.id, i == 0 ? 128 : 256));
      errors[i] = largest_difference(way.x.back(), gauss.solution(x0, 0, 1));
    }
    // Midpoint is one order better here: with x = sqrt(D_t), D_t quadratic, its h^3 error of a step is 0.
    const int order = std::string(solver.id) == "midpoint" ? 3 : solver.order;
    EXPECT_NEAR(measured_order(errors[0], errors[1]), order, kBand) << solver.id;
  }
}

// With unequal steps, a multistep method with constant weights would fall to first order.
TEST(Solvers, KeepTheirOrderOnUnequalSteps) {
  for (const SolverInfo& solver : solvers()) {
    if (solver.adaptive) continue;
    double errors[2];
    for (const int i : {0, 1}) {
      IntegrateOptions options = with(solver.id, 1);
      const int steps = i == 0 ? 128 : 256;
      for (int k = 0; k <= steps; ++k) options.grid.push_back(std::pow(k / double(steps), 2));
      errors[i] = curve_error(options);
    }
    EXPECT_NEAR(measured_order(errors[0], errors[1]), solver.order, kBand) << solver.id;
  }
}

double dormand_prince_error(int steps, double* estimate) {
  at::Tensor x = curve_start();
  for (int i = 0; i < steps; ++i) {
    RungeKuttaStep step(dopri5_reference(), i / double(steps), (i + 1) / double(steps), x, {});
    while (!step.complete()) step.supply(curve()(step.wanted_x(), step.wanted_t()));
    if (i == 0) *estimate = step.error().abs().max().item<double>();
    x = step.solution();
  }
  return largest_difference(x, curve_at(curve_start(), 0, 1));
}

TEST(Solvers, DormandPrinceIsOfFifthOrderWithAnEstimateOfOneStepToTheFifth) {
  double coarse_estimate = 0, fine_estimate = 0;
  const double coarse = dormand_prince_error(32, &coarse_estimate);
  const double fine = dormand_prince_error(64, &fine_estimate);
  EXPECT_NEAR(measured_order(coarse, fine), 5, 0.25);
  EXPECT_NEAR(measured_order(coarse_estimate, fine_estimate), 5, 0.25);
}

TEST(Solvers, TableausAreConsistent) {
  for (const SolverInfo& solver : solvers()) {
    const Tableau table = solver.tableau(0);
    EXPECT_NEAR(std::accumulate(table.b.begin(), table.b.end(), 0.0), 1, 1e-14) << solver.id;
    EXPECT_NEAR(std::accumulate(table.e.begin(), table.e.end(), 0.0), 0, 1e-14) << solver.id;
    for (size_t i = 0; i < table.c.size(); ++i) {
      EXPECT_EQ(table.a[i].size(), i) << solver.id;
      EXPECT_NEAR(std::accumulate(table.a[i].begin(), table.a[i].end(), 0.0), table.c[i], 1e-14) << solver.id;
    }
  }
}

TEST(Solvers, CostWhatTheTableSays) {
  for (const SolverInfo& solver : solvers()) {
    if (solver.adaptive) continue;
    const int64_t extra = std::string(solver.id) == "ab2" ? 1 : 0;  // its first step is a midpoint step
    EXPECT_EQ(integrate(curve(), curve_start(), with(solver.id, 8)).nfe,
              8 * solver.evaluations_per_step + extra);
  }
}

TEST(Solvers, StepsForABudgetNeverSpendMore) {
  for (const SolverInfo& solver : solvers()) {
    if (solver.adaptive) continue;
    for (const int nfe : {8, 9, 50}) {
      const int steps = steps_for_nfe(solver, nfe);
      EXPECT_LE(integrate(curve(), curve_start(), with(solver.id, steps)).nfe, nfe) << solver.id;
      EXPECT_GT(integrate(curve(), curve_start(), with(solver.id, steps + 1)).nfe, nfe) << solver.id;
    }
    EXPECT_EQ(steps_for_nfe(solver, 0), 1);
  }
}

TEST(Solvers, AreFoundByIdAndUnknownOnesListTheKnown) {
  for (const SolverInfo& solver : solvers()) EXPECT_EQ(&solver_from_name(solver.id), &solver);
  try {
    solver_from_name("rk5");
    FAIL() << "accepted";
  } catch (const InputError& error) {
    EXPECT_EQ(error.what(), "unknown solver 'rk5'; known: " + joined_names(solver_ids()));
  }
}

}  // namespace
}  // namespace lf::flow
