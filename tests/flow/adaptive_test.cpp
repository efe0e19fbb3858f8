#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "base/errors.h"
#include "curve.h"
#include "flow/integrate.h"

namespace lf::flow {
namespace {

IntegrateOptions adaptive(const char* solver, double tolerance = 1e-6) {
  IntegrateOptions options;
  options.solver = solver;
  options.atol = options.rtol = tolerance;
  return options;
}

/// A rotation that accelerates towards t = 1: needs short steps at the end, and some attempts fail.
VelocityField whirl() {
  return [](const at::Tensor& x, double t) {
    const double speed = 60 * std::pow(t, 6);
    return at::stack({-speed * x.select(1, 1), speed * x.select(1, 0)}, 1);
  };
}

at::Tensor whirl_start() { return at::tensor({1.0, 0.0, 0.3, -0.4}, at::kDouble).view({2, 2}); }

const char* const kBoth[] = {"dopri5", "dopri5-reference"};

TEST(Adaptive, ReachesItsTolerance) {
  for (const char* solver : kBoth) {
    double previous = 1;
    for (const double tolerance : {1e-4, 1e-6, 1e-8, 1e-10}) {
      const Trajectory way = integrate(curve(), curve_start(), adaptive(solver, tolerance));
      const double error = largest_difference(way.x.back(), curve_at(curve_start(), 0, 1));
      EXPECT_LT(error, 10 * tolerance) << solver;
      EXPECT_LT(error, previous) << solver;
      previous = error;
    }
  }
}

TEST(Adaptive, EndsExactlyAtTheEndBothWays) {
  for (const char* solver : kBoth) {
    for (const bool back : {false, true}) {
      IntegrateOptions options = adaptive(solver);
      options.t0 = back ? 0.9 : 0.1;
      options.t1 = back ? 0.1 : 0.9;
      EXPECT_EQ(integrate(curve(), curve_start(), options).t.back(), options.t1) << solver;
    }
  }
}

int64_t rejections(const Trajectory& way) {
  return std::count_if(way.attempts.begin(), way.attempts.end(),
                       [](const OdeStep& a) { return !a.accepted; });
}

TEST(Adaptive, ReferenceFollowsItsRuleAtEveryAttempt) {
  const Trajectory way = integrate(whirl(), whirl_start(), adaptive("dopri5-reference", 1e-5));
  EXPECT_GT(rejections(way), 2);
  EXPECT_EQ(way.nfe, 7 * static_cast<int64_t>(way.attempts.size()));
  double t = 0, h = 1;  // the whole interval first
  for (const OdeStep& attempt : way.attempts) {
    EXPECT_EQ(attempt.t_from, t);
    EXPECT_NEAR(attempt.t_to, std::min(1.0, t + h), 1e-12);
    EXPECT_EQ(attempt.accepted, attempt.error < 1);
    const double factor = 0.9 * std::pow(std::max(attempt.error, 1e-9), -0.2);
    h = (attempt.t_to - attempt.t_from) * std::min(10.0, std::max(0.1, factor));
    if (attempt.accepted) t = attempt.t_to;
  }
  EXPECT_EQ(t, 1);
}

// On x' = z x a step of length 1 is a polynomial in z; known for both orders of Dormand-Prince.
TEST(Adaptive, ReferenceTakesTheLargestErrorOfTheBatch) {
  const double z = -1.5, x0 = 2;
  const auto power = [z](int n) { return std::pow(z, n); };
  const double taylor4 = 1 + z + power(2) / 2 + power(3) / 6 + power(4) / 24;
  const double fifth = taylor4 + power(5) / 120 + power(6) / 600;
  const double fourth = taylor4 + 1097 * power(5) / 120000 + 161 * power(6) / 120000 + power(7) / 24000;
  const VelocityField decay = [z](const at::Tensor& x, double) { return x * z; };
  IntegrateOptions options = adaptive("dopri5-reference");
  options.atol = 1e-3;
  options.rtol = 1e-2;
  const at::Tensor start = at::tensor({0.1, x0, -0.5, 0.0}, at::kDouble).view({2, 2});
  const Trajectory way = integrate(decay, start, options);
  const double expected = std::abs(fifth - fourth) * x0 / (1e-3 + 1e-2 * x0);
  EXPECT_NEAR(way.attempts[0].error, expected, 1e-9 * expected);
}

TEST(Adaptive, PerSampleErrorIsTheRmsOfTheWorstSample) {
  // One coordinate per sample: the RMS is the error itself, so both rules have the same first
  // attempt; with a second, constant coordinate the RMS is smaller by sqrt(2).
  const VelocityField decay = [](const at::Tensor& x, double) { return x * -5; };
  IntegrateOptions options = adaptive("dopri5", 1e-9);
  const at::Tensor alone = at::tensor({1.0, 0.1}, at::kDouble).view({2, 1});
  const at::Tensor paired = at::tensor({1.0, 0.0, 0.1, 0.0}, at::kDouble).view({2, 2});
  const double error = integrate(decay, alone, options).attempts[0].error;
  EXPECT_GT(error, 1e-3);
  EXPECT_NEAR(integrate(decay, paired, options).attempts[0].error, error / std::sqrt(2.0), 1e-9 * error);
}

TEST(Adaptive, ReusesTheLastStage) {
  const Trajectory way = integrate(whirl(), whirl_start(), adaptive("dopri5", 1e-5));
  EXPECT_GT(rejections(way), 0);
  EXPECT_EQ(way.nfe, 1 + 6 * static_cast<int64_t>(way.attempts.size()));
  // Rotation by the integral of the speed, 60/7.
  const double angle = 60.0 / 7;
  EXPECT_NEAR(way.x.back()[0][0].item<double>(), std::cos(angle), 1e-3);
  EXPECT_NEAR(way.x.back()[0][1].item<double>(), std::sin(angle), 1e-3);
}

TEST(Adaptive, StopsAtTheMinimumStep) {
  const VelocityField jump = [](const at::Tensor& x, double t) {
    return at::full_like(x, t < 0.3 ? 0 : 1e6);
  };
  for (const char* solver : kBoth) {
    IntegrateOptions options = adaptive(solver, 1e-9);
    options.min_step = 1e-5;
    try {
      integrate(jump, curve_start(), options);
      FAIL() << solver << " went on";
    } catch (const RunError& error) {
      EXPECT_NE(std::string(error.what()).find("below the minimum of 1e-05"), std::string::npos)
          << error.what();
    }
  }
}

TEST(Adaptive, SaysThatTheVelocityIsNotFinite) {
  const VelocityField broken = [](const at::Tensor& x, double t) { return t > 0.5 ? x * NAN : x; };
  for (const char* solver : kBoth) {
    try {
      integrate(broken, curve_start(), adaptive(solver));
      FAIL() << solver << " went on";
    } catch (const RunError& error) {
      EXPECT_NE(std::string(error.what()).find("not finite"), std::string::npos) << error.what();
    }
  }
}

TEST(Adaptive, StopsAtTheCapOfEvaluations) {
  IntegrateOptions options = adaptive("dopri5", 1e-10);
  options.max_nfe = 50;
  EXPECT_THROW(integrate(whirl(), whirl_start(), options), RunError);
}

}  // namespace
}  // namespace lf::flow
