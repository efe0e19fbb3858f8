#include "loss_floor.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <cmath>

#include "base/errors.h"
#include "flow/loss.h"

namespace lf::flow {
namespace {

at::Generator generator(uint64_t seed) { return at::detail::createCPUGenerator(seed); }

at::Tensor floor_noise(at::IntArrayRef shape, uint64_t seed) {
  return at::randn(shape, generator(seed), at::TensorOptions().dtype(at::kDouble));
}

// x_t and u are jointly Gaussian: Var(u | x_t) = s^2 + a^2 - (t s^2 - a sigma_t)^2 / D = s^2 / D.
TEST(LossFloor, OfOnePosteriorIsTheConditionalVariance) {
  const at::Tensor mean = floor_noise({1, 4}, 1), deviation = floor_noise({1, 4}, 2).abs() + 0.2;
  for (const double sigma_min : {0.0, 0.05}) {
    for (const double t : {0.0, 0.4, 0.9, 1.0}) {
      at::Generator draws = generator(3);
      const LossFloor floor = loss_floor(ExactField(mean, deviation, sigma_min), t, 40000, draws);
      const double sigma_t = 1 - (1 - sigma_min) * t;
      const at::Tensor s2 = deviation.square();
      const double expected = (s2 / (t * t * s2 + sigma_t * sigma_t)).mean().item<double>();
      EXPECT_NEAR(floor.mean, expected, 4 * floor.standard_error) << t;
      EXPECT_LT(floor.standard_error, 0.02 * expected);
    }
  }
}

TEST(LossFloor, AtTheStartIsTheVarianceOfTheData) {
  const at::Tensor points = 2 * floor_noise({300, 8}, 4);
  at::Generator draws = generator(5);
  const LossFloor floor = loss_floor(ExactField(points, 0), 0, 20000, draws);
  EXPECT_NEAR(floor.mean, points.var(0, false).mean().item<double>(), 4 * floor.standard_error);
}

TEST(LossFloor, OfOnePointIsNothing) {
  at::Generator draws = generator(6);
  EXPECT_LT(loss_floor(ExactField(floor_noise({1, 8}, 7), 0), 0.5, 100, draws).mean, 1e-10);
}

TEST(LossFloor, ItsStandardErrorIsTheSpreadOverSeeds) {
  const ExactField field(floor_noise({50, 4}, 8), 0.3 * at::ones({50, 4}, at::kDouble), 0);
  std::vector<double> means;
  double claimed = 0;
  for (uint64_t seed = 0; seed < 100; ++seed) {
    at::Generator draws = generator(100 + seed);
    const LossFloor floor = loss_floor(field, 0.5, 200, draws);
    means.push_back(floor.mean);
    claimed += floor.standard_error / 100;
  }
  EXPECT_NEAR(at::tensor(means, at::kDouble).std().item<double>() / claimed, 1, 0.25);
}

// Two separate classes: with the label the irreducible loss is smaller, and hidden labels increase
// it in proportion.
TEST(LossFloor, WithLabelsMixesTheDigitsAndTheWhole) {
  const at::Tensor labels = at::arange(40).remainder(4).eq(0).to(at::kLong) * 3;  // thirty 0s, ten 3s
  const at::Tensor centre = (labels.unsqueeze(1) - 1).to(at::kDouble);
  const ExactField field(centre + floor_noise({40, 6}, 9) * (1 + centre.abs()),
                         0.2 * at::ones({40, 6}, at::kDouble), 0);
  at::Generator draws = generator(10);
  const double t = 0.3, hidden = 0.1;
  const LossFloor mixed = conditional_loss_floor(field, labels, t, 4000, hidden, draws);
  const LossFloor zeros = loss_floor(field.of_digit(labels, 0), t, 20000, draws);
  const LossFloor threes = loss_floor(field.of_digit(labels, 3), t, 20000, draws);
  const LossFloor all = loss_floor(field, t, 20000, draws);
  const double expected = 0.9 * (0.75 * zeros.mean + 0.25 * threes.mean) + 0.1 * all.mean;
  EXPECT_NEAR(mixed.mean, expected, 5 * mixed.standard_error);
  EXPECT_LT(mixed.mean, all.mean);
}

TEST(LossFloor, NoOtherFieldIsBetterNotEvenTheMixedOne) {
  const at::Tensor labels = at::arange(60).remainder(2);
  const ExactField all(floor_noise({60, 4}, 11) + 2 * labels.unsqueeze(1),
                       0.3 * at::ones({60, 4}, at::kDouble), 0);
  const ExactField own = all.of_digit(labels, 1);
  at::Generator draws = generator(12);
  const PathSample pairs = own.draw(5000, 0.3, draws);
  const at::Tensor best = own.velocity(pairs.x_t, 0.3);
  const at::Tensor mixed = 0.9 * best + 0.1 * all.velocity(pairs.x_t, 0.3);
  const LossFloor floor = floor_from(best, pairs.target);
  EXPECT_LT(floor.mean, floor_from(mixed, pairs.target).mean);
  EXPECT_NEAR(floor.mean, (best - pairs.target).square().mean().item<double>(), 1e-12);
}

TEST(LossFloor, RefusesWhatItCannotDo) {
  at::Generator draws = generator(13);
  EXPECT_THROW(loss_floor(ExactField(floor_noise({3, 2}, 14), 0), 0.5, 1, draws), InputError);
  EXPECT_THROW(combined_floor({LossFloor{}}, {0.5, 0.5}), InputError);
}

}  // namespace
}  // namespace lf::flow
