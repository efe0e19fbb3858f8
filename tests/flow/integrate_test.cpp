#include "flow/integrate.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include "base/errors.h"
#include "curve.h"

namespace lf::flow {
namespace {

IntegrateOptions integrated_with(const std::string& solver, int steps = 8) {
  IntegrateOptions options;
  options.solver = solver;
  options.steps = steps;
  return options;
}

bool same_bytes(const Trajectory& a, const Trajectory& b) {
  if (a.t != b.t || a.nfe != b.nfe || a.x.size() != b.x.size()) return false;
  for (size_t i = 0; i < a.x.size(); ++i) {
    if (!at::equal(a.x[i], b.x[i])) return false;
  }
  return true;
}

TEST(Integrate, KeepsEveryAcceptedStep) {
  const Trajectory way = integrate(curve(), curve_start(), integrated_with("midpoint", 4));
  EXPECT_EQ(way.t, (std::vector<double>{0, 0.25, 0.5, 0.75, 1}));
  ASSERT_EQ(way.x.size(), 5u);
  EXPECT_TRUE(at::equal(way.x.front(), curve_start()));
  ASSERT_EQ(way.attempts.size(), 4u);
  EXPECT_EQ(way.attempts[2].t_from, 0.5);
  EXPECT_EQ(way.attempts[2].t_to, 0.75);
  EXPECT_TRUE(way.attempts[2].accepted);
}

TEST(Integrate, GoesForthAndBack) {
  for (const SolverInfo& solver : solvers()) {
    IntegrateOptions forth = integrated_with(solver.id, 4000);
    forth.max_nfe = 20000;
    forth.atol = forth.rtol = 1e-8;
    IntegrateOptions back = forth;
    std::swap(back.t0, back.t1);
    const at::Tensor end = integrate(curve(), curve_start(), forth).x.back();
    const at::Tensor start = integrate(curve(), end, back).x.back();
    EXPECT_GT(largest_difference(start, end), 0.05) << solver.id;
    EXPECT_LT(largest_difference(start, curve_start()), solver.order == 1 ? 2e-3 : 2e-5) << solver.id;
  }
}

// Two integrations advanced in turn by a field that returns one reused buffer.
TEST(Integration, InSlicesGivesTheSameBytes) {
  for (const SolverInfo& solver : solvers()) {
    at::Tensor buffer = at::empty_like(curve_start());
    Integration one(curve_start(), integrated_with(solver.id)),
        other(curve_start() * 0.5, integrated_with(solver.id));
    while (!one.done() || !other.done()) {
      for (Integration* run : {&one, &other}) {
        if (!run->done()) run->supply(buffer.copy_(curve()(run->wanted_x(), run->wanted_t())));
      }
    }
    EXPECT_TRUE(same_bytes(one.trajectory(), integrate(curve(), curve_start(), integrated_with(solver.id))))
        << solver.id;
    EXPECT_TRUE(
        same_bytes(other.trajectory(), integrate(curve(), curve_start() * 0.5, integrated_with(solver.id))));
  }
}

TEST(Integration, ShowsItsWayWhileItGoes) {
  Integration run(curve_start(), integrated_with("rk4", 2));
  for (int i = 0; i < 4; ++i) run.supply(curve()(run.wanted_x(), run.wanted_t()));
  EXPECT_FALSE(run.done());
  EXPECT_EQ(run.trajectory().t.back(), 0.5);
  EXPECT_EQ(run.trajectory().nfe, 4);
}

TEST(Integrate, WorksInTheTypeOfItsStart) {
  for (const SolverInfo& solver : solvers()) {
    const Trajectory way = integrate(curve(), curve_start().to(at::kFloat), integrated_with(solver.id, 16));
    EXPECT_EQ(way.x.back().scalar_type(), at::kFloat) << solver.id;
  }
  // A float32 network may drive a float64 integration.
  const VelocityField narrow = [](const at::Tensor& x, double t) { return curve()(x, t).to(at::kFloat); };
  EXPECT_EQ(integrate(narrow, curve_start(), integrated_with("rk4")).x.back().scalar_type(), at::kDouble);
}

TEST(Integrate, FollowsItsOwnBoundaries) {
  IntegrateOptions options = integrated_with("euler");
  options.grid = {0.9, 0.5, 0.1};
  const VelocityField one = [](const at::Tensor& x, double) { return at::ones_like(x); };
  const Trajectory way = integrate(one, at::zeros({1, 1}, at::kDouble), options);
  EXPECT_EQ(way.t, options.grid);
  EXPECT_NEAR(way.x.back().item<double>(), -0.8, 1e-12);
}

TEST(Integrate, AnEmptyIntervalNeedsNoVelocity) {
  for (const SolverInfo& solver : solvers()) {
    IntegrateOptions options = integrated_with(solver.id);
    options.t0 = options.t1 = 0.5;
    const Trajectory way = integrate(curve(), curve_start(), options);
    EXPECT_EQ(way.nfe, 0) << solver.id;
    EXPECT_EQ(way.x.size(), 1u) << solver.id;
  }
}

TEST(Integrate, StopsAtTheCapOfEvaluations) {
  IntegrateOptions options = integrated_with("rk4", 100);
  options.max_nfe = 10;
  Integration run(curve_start(), options);
  int supplied = 0;
  try {
    for (; !run.done(); ++supplied) run.supply(curve()(run.wanted_x(), run.wanted_t()));
    FAIL() << "went on";
  } catch (const RunError& error) {
    EXPECT_EQ(supplied + 1, 10);
    EXPECT_STREQ(
        error.what(),
        "the integration with rk4 stopped at t = 0.02 after 10 function evaluations, the limit is 10; "
        "allow more evaluations, looser tolerances or fewer steps");
  }
}

TEST(Integrate, RefusesBadOptions) {
  const auto refused = [](IntegrateOptions options) {
    EXPECT_THROW(integrate(curve(), curve_start(), options), InputError);
  };
  refused(integrated_with("rk5"));
  refused(integrated_with("rk4", 0));
  IntegrateOptions options = integrated_with("rk4");
  options.grid = {0, 0.5, 0.4, 1};
  refused(options);
  options.grid = {0, 0.5, 0.5, 1};
  refused(options);
  options.grid = {0, NAN, 1};
  refused(options);
  options = integrated_with("dopri5");
  options.grid = {0, 1};
  refused(options);
  options = integrated_with("dopri5");
  options.atol = -1;
  refused(options);
  options.atol = options.rtol = 0;
  refused(options);
  options = integrated_with("euler");
  options.max_nfe = 0;
  refused(options);
}

TEST(Integrate, RefusesAVelocityOfAnotherShape) {
  const VelocityField wrong = [](const at::Tensor& x, double) { return x.sum(); };
  EXPECT_THROW(integrate(wrong, curve_start(), integrated_with("euler")), InputError);
  EXPECT_THROW(integrate(curve(), at::zeros({2, 2}, at::kLong), integrated_with("euler")), InputError);
}

}  // namespace
}  // namespace lf::flow
