#include "flow/straightness.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <cmath>

#include "base/errors.h"
#include "curve.h"
#include "exact_flow.h"
#include "flow/exact_field.h"
#include "flow/integrate.h"
#include "gaussian_field.h"

namespace lf::flow {
namespace {

constexpr double kPi = 3.14159265358979323846;

std::vector<double> even_times(int64_t steps) {
  std::vector<double> t;
  for (int64_t k = 0; k <= steps; ++k) t.push_back(double(k) / double(steps));
  return t;
}

/// Points on a circle of that radius from angle 0 to `sweep`, (S, 1, 3).
at::Tensor arc(const std::vector<double>& times, double radius, double sweep) {
  const at::Tensor angle = at::tensor(times, at::kDouble) * sweep;
  return at::stack({radius * angle.cos(), radius * angle.sin(), at::full_like(angle, 7)}, 1).unsqueeze(1);
}

TEST(PathShape, OfAStraightLineIsOneWithoutDeviation) {
  const std::vector<double> times{0, 0.1, 0.5, 0.7, 1};
  at::Generator generator = at::detail::createCPUGenerator(1);
  const at::Tensor from = at::randn({4, 4, 4, 4}, generator), to = at::randn({4, 4, 4, 4}, generator);
  const at::Tensor t = at::tensor(times, at::kFloat).view({5, 1, 1, 1, 1});
  const PathShape shape = path_shape(from + t * (to - from), times);
  const at::Tensor cost = (to - from).to(at::kDouble).square().flatten(1).sum(1);
  EXPECT_LT(largest_difference(shape.ratio, at::ones({4})), 1e-6);
  EXPECT_LT(largest_difference(shape.cost, cost), 1e-4);
  EXPECT_LT(largest_difference(shape.length, cost.sqrt()), 1e-4);
  EXPECT_LT(shape.deviation.max().item<double>(), 1e-4);
}

TEST(PathShape, OfALineAtAChangingSpeedDeviatesByTheVarianceOfItsSpeed) {
  // A third of the time at speed 2, then at 0.5: mean 1, variance 1/3 + 2/3 * 1/4.
  const std::vector<double> times{0, 1.0 / 3, 1};
  const at::Tensor states = at::tensor({0.0, 2.0 / 3, 1.0}, at::kDouble).view({3, 1, 1});
  const PathShape shape = path_shape(states, times);
  EXPECT_NEAR(shape.ratio.item<double>(), 1, 1e-12);
  EXPECT_NEAR(shape.deviation.item<double>(), 1.0 / 3 + 2.0 / 3 * 0.25, 1e-12);
}

TEST(PathShape, OfAnArcIsTheArcOverItsChord) {
  const std::vector<double> times = even_times(400);
  const PathShape shape = path_shape(arc(times, 2, kPi / 2), times);
  EXPECT_NEAR(shape.length.item<double>(), kPi, 1e-5);
  EXPECT_NEAR(shape.chord.item<double>(), 2 * std::sqrt(2), 1e-12);
  EXPECT_NEAR(shape.ratio.item<double>(), kPi / (2 * std::sqrt(2)), 1e-5);
  EXPECT_NEAR(shape.cost.item<double>(), 8, 1e-12);
  EXPECT_NEAR(shape.deviation.item<double>(), kPi * kPi - 8, 1e-4);
}

TEST(PathShape, IsTheSameBackwards) {
  const std::vector<double> times{0, 0.2, 0.3, 1};
  const at::Tensor states = arc(times, 1, 2);
  const PathShape there = path_shape(states, times);
  const PathShape back = path_shape(states.flip(0), {1, 0.3, 0.2, 0});
  EXPECT_LT(largest_difference(there.length, back.length), 1e-12);
  EXPECT_LT(largest_difference(there.deviation, back.deviation), 1e-12);
}

TEST(PathShape, KnowsWhatDoesNotMoveAndWhatComesBack) {
  const at::Tensor states = at::tensor({0.0, 0.0, 0.0, 3.0, 0.0, 0.0}, at::kDouble).view({3, 2, 1});
  const PathShape shape = path_shape(states, {0, 0.5, 1});
  EXPECT_EQ(shape.ratio[0].item<double>(), 1);
  EXPECT_TRUE(std::isinf(shape.ratio[1].item<double>()));
}

TEST(PathShape, OfTheFlowToAPointIsStraightAndToTwoIsNot) {
  const at::Tensor x0 = at::randn({30, 2}, at::detail::createCPUGenerator(2), at::kDouble);
  IntegrateOptions options;
  options.solver = "rk4";
  options.steps = 40;
  options.t1 = 0.99;
  const auto one = integrate(as_velocity(ExactField(at::full({1, 2}, 1.0, at::kDouble), 0)), x0, options);
  const auto two = integrate(
      as_velocity(ExactField(at::tensor({2.0, 0.0, -2.0, 1.0}, at::kDouble).view({2, 2}), 0)), x0, options);
  EXPECT_LT(path_shape(one.x, one.t).deviation.max().item<double>(), 1e-10);
  EXPECT_GT(path_shape(two.x, two.t).deviation.mean().item<double>(), 0.1);
}

TEST(Turning, OfAnArcIsTheSameEverywhere) {
  const std::vector<double> times = even_times(50);
  const Turning turn = turning(arc(times, 3, kPi), times);
  ASSERT_EQ(turn.angle.sizes(), (at::IntArrayRef{49, 1}));
  EXPECT_EQ(turn.t, std::vector<double>(times.begin() + 1, times.end() - 1));
  EXPECT_LT(largest_difference(turn.angle, at::full({49, 1}, kPi / 50, at::kDouble)), 1e-12);
  EXPECT_LT(largest_difference(turn.rate, at::full({49, 1}, kPi, at::kDouble)), 1e-10);
}

TEST(Turning, OfUnevenStepsOnAnArcHasTheSameRate) {
  const std::vector<double> times{0, 0.05, 0.2, 0.25, 0.5, 0.6, 1};
  const Turning turn = turning(arc(times, 1, 1.5), times);
  EXPECT_LT(largest_difference(turn.rate, at::full({5, 1}, 1.5)), 1e-10);
}

TEST(Turning, TellsAKinkFromALineToTheLastDigits) {
  const at::Tensor line = at::tensor({0.0, 0.0, 1.0, 0.0, 1.0, 1.0, 1.0, 0.0}, at::kDouble).view({4, 1, 2});
  const Turning turn = turning(line, {0, 0.1, 0.2, 1});
  EXPECT_NEAR(turn.angle[0].item<double>(), kPi / 2, 1e-14);
  EXPECT_NEAR(turn.angle[1].item<double>(), kPi, 1e-14);  // back the way it came
  const at::Tensor tiny = at::tensor({0.0, 0.0, 1.0, 0.0, 2.0, 1e-10}, at::kDouble).view({3, 1, 2});
  EXPECT_NEAR(turning(tiny, {0, 0.5, 1}).angle.item<double>() / 1e-10, 1, 1e-6);
  const at::Tensor halt = at::tensor({0.0, 0.0, 1.0, 0.0, 1.0, 0.0}, at::kDouble).view({3, 1, 2});
  EXPECT_EQ(turning(halt, {0, 0.5, 1}).angle.item<double>(), 0);
}

TEST(PathShape, RefusesWhatItCannotDo) {
  const at::Tensor states = at::zeros({3, 2, 4});
  EXPECT_THROW(path_shape(states, {0, 1}), InputError);
  EXPECT_THROW(path_shape(states, {0, 0.5, 0.5}), InputError);
  EXPECT_THROW(path_shape(states, {0, 1, 0.5}), InputError);
  EXPECT_THROW(path_shape(std::vector<at::Tensor>{}, {}), InputError);
  EXPECT_THROW(turning(states.slice(0, 0, 2), {0, 1}), InputError);
}

}  // namespace
}  // namespace lf::flow
