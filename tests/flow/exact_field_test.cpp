#include "flow/exact_field.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "base/errors.h"
#include "curve.h"
#include "exact_flow.h"
#include "flow/integrate.h"
#include "gaussian_field.h"

namespace lf::flow {
namespace {

at::Tensor field_noise(at::IntArrayRef shape, uint64_t seed) {
  at::Generator generator = at::detail::createCPUGenerator(seed);
  return at::randn(shape, generator, at::TensorOptions().dtype(at::kDouble));
}

/// The formula as written, without chunks or matrix products. x (B, D), mu and s (N, D).
at::Tensor as_written(const at::Tensor& x, const at::Tensor& mu, const at::Tensor& s, double t,
                      double sigma_min) {
  const double sigma_t = 1 - (1 - sigma_min) * t;
  const at::Tensor variance = t * t * s.square() + sigma_t * sigma_t;
  const at::Tensor from_mean = x.unsqueeze(1) - t * mu;  // (B, N, D)
  const at::Tensor v = mu + (t * s.square() - (1 - sigma_min) * sigma_t) / variance * from_mean;
  const at::Tensor w = at::softmax(-0.5 * (from_mean.square() / variance + variance.log()).sum(2), 1);
  return (w.unsqueeze(2) * v).sum(1);
}

TEST(GaussianField, SolutionFollowsTheVelocity) {
  const GaussianField gauss{at::tensor({0.5, -1.0}, at::kDouble), at::tensor({0.3, 2.0}, at::kDouble), 0.01};
  const at::Tensor x = field_noise({5, 2}, 1);
  const double t = 0.4, h = 1e-4;
  const at::Tensor slope = (gauss.solution(x, t, t + h) - gauss.solution(x, t, t - h)) / (2 * h);
  EXPECT_LT(largest_difference(slope, gauss.velocity(x, t)), 1e-6);
  EXPECT_LT(largest_difference(gauss.solution(gauss.solution(x, 0, 1), 1, 0), x), 1e-12);
  const at::Tensor width = (gauss.deviation.square() + 1e-4).sqrt();  // data and sigma_min
  EXPECT_LT(largest_difference(gauss.solution(x, 0, 1), gauss.mean + width * x), 1e-12);
}

TEST(ExactField, OfOnePointIsTheConditionalField) {
  const at::Tensor x1 = field_noise({1, 4, 2, 2}, 2), x = field_noise({3, 4, 2, 2}, 3);
  for (const double sigma_min : {0.0, 0.001}) {
    for (const double t : {0.0, 0.3, 0.9, 0.999}) {
      const at::Tensor expected = (x1 - (1 - sigma_min) * x) / (1 - (1 - sigma_min) * t);
      const at::Tensor v = ExactField(x1, sigma_min).velocity(x, t);
      EXPECT_LT(largest_difference(v, expected), 1e-9) << t;
      EXPECT_EQ(v.sizes(), x.sizes());
    }
  }
}

TEST(ExactField, OfOnePosteriorIsTheGaussianField) {
  const at::Tensor mean = field_noise({1, 6}, 4), deviation = field_noise({1, 6}, 5).abs();
  const GaussianField gauss{mean[0], deviation[0], 0.01};
  const ExactField exact(mean, deviation, 0.01);
  const at::Tensor x = field_noise({7, 6}, 6);
  for (const double t : {0.0, 0.5, 1.0})
    EXPECT_LT(largest_difference(exact.velocity(x, t), gauss.velocity(x, t)), 1e-9);
}

TEST(ExactField, IsTheFormulaAsWrittenWhateverTheChunks) {
  const at::Tensor mu = field_noise({9000, 5}, 7), s = 0.1 + 0.2 * field_noise({9000, 5}, 8).abs();
  const at::Tensor x = field_noise({6, 5}, 9);
  for (const double t : {0.0, 0.2, 0.8, 0.97}) {
    const at::Tensor expected = as_written(x, mu, s, t, 0.001);
    EXPECT_LT(largest_difference(ExactField(mu, s, 0.001).velocity(x, t), expected), 1e-8) << t;
  }
  // A large batch is split into other chunks than a small one.
  const at::Tensor many = x.repeat({300, 1});
  const at::Tensor small = ExactField(mu, s, 0.001).velocity(x, 0.6);
  const at::Tensor large = ExactField(mu, s, 0.001).velocity(many, 0.6);
  EXPECT_LT(largest_difference(large.slice(0, 0, 6), small), 1e-10);
}

TEST(ExactField, OfAGaussianCloudIsNearlyTheGaussianField) {
  const at::Tensor mean = at::tensor({1.0, -0.5}, at::kDouble),
                   deviation = at::tensor({0.8, 0.4}, at::kDouble);
  const ExactField cloud(mean + deviation * field_noise({200000, 2}, 10), 0);
  const GaussianField gauss{mean, deviation};
  for (const double t : {0.1, 0.5, 0.8}) {
    const at::Tensor x = gauss.solution(0.8 * field_noise({20, 2}, 11), 0, t);
    EXPECT_LT(largest_difference(cloud.velocity(x, t), gauss.velocity(x, t)), 0.1) << t;
  }
}

TEST(ExactField, AtTheStartAimsAtTheMean) {
  const at::Tensor points = field_noise({500, 3}, 12), x = field_noise({4, 3}, 13);
  EXPECT_LT(largest_difference(ExactField(points, 0).velocity(x, 0), points.mean(0) - x), 1e-10);
}

TEST(ExactField, CarriesNoiseOntoTheTrainingPoints) {
  const at::Tensor points = 3 * field_noise({5, 8}, 14);
  IntegrateOptions options;
  options.solver = "dopri5";
  options.t1 = 0.999;
  const at::Tensor end =
      integrate(as_velocity(ExactField(points, 0)), field_noise({10, 8}, 15), options).x.back();
  const at::Tensor nearest = std::get<0>(at::cdist(end, points).min(1));
  EXPECT_LT(nearest.max().item<double>(), 0.02);
}

TEST(ExactField, StaysFiniteInFloat32NearTheEndAndFarAway) {
  const at::Tensor points = field_noise({300, 64}, 16).to(at::kFloat);
  const ExactField exact(points, 0);
  const at::Tensor x = 0.999 * points.slice(0, 0, 8) + 1e-4;
  const at::Tensor v = exact.velocity(x, 0.999);
  EXPECT_EQ(v.scalar_type(), at::kFloat);
  const at::Tensor expected = (points.slice(0, 0, 8).to(at::kDouble) - x.to(at::kDouble)) / 0.001;
  EXPECT_LT(largest_difference(v, expected), 1e-4);
  EXPECT_TRUE(exact.velocity(x * 1e4, 0.999).isfinite().all().item<bool>());
}

TEST(ExactField, OfADigitKnowsOnlyItsSamples) {
  const at::Tensor mu = field_noise({60, 4}, 17), s = field_noise({60, 4}, 18).abs() + 0.1,
                   x = field_noise({5, 4}, 19);
  const at::Tensor labels = at::arange(60).remainder(10);
  const ExactField threes = ExactField(mu, s, 0).of_digit(labels, 3);
  EXPECT_EQ(threes.size(), 6);
  const at::Tensor chosen = at::arange(3, 60, 10);
  const at::Tensor expected = as_written(x, mu.index_select(0, chosen), s.index_select(0, chosen), 0.7, 0);
  EXPECT_LT(largest_difference(threes.velocity(x, 0.7), expected), 1e-9);
  EXPECT_THROW(threes.of_digit(labels.slice(0, 0, 6), 11), InputError);
}

TEST(ExactField, RefusesWhatItCannotDo) {
  const at::Tensor points = field_noise({3, 2}, 20);
  EXPECT_THROW(ExactField(points, 0).velocity(points, 0.9995), InputError);
  EXPECT_NO_THROW(ExactField(points, 0.001).velocity(points, 1));
  EXPECT_NO_THROW(ExactField(points, at::full_like(points, 0.1), 0).velocity(points, 1));
  EXPECT_THROW(ExactField(at::empty({0, 2}), 0), InputError);
  EXPECT_THROW(ExactField(points, at::ones({3, 4}), 0), InputError);
}

TEST(ExactField, InFloat32IsAsGoodAsItSays) {
  const at::Tensor mu = field_noise({20000, 64}, 23).to(at::kFloat),
                   s = (0.1 + 0.3 * field_noise({20000, 64}, 24).abs()).to(at::kFloat);
  const ExactField exact(mu, s, 0);
  at::Generator generator = at::detail::createCPUGenerator(25);
  for (const double t : {0.0, 0.001, 0.3, 0.7, 0.9, 1.0}) {
    // At typical training states, and half-way between two samples, where their weights are nearly
    // equal.
    const at::Tensor between = (mu.slice(0, 0, 20) + mu.slice(0, 20, 40)) * (t / 2);
    const at::Tensor x = at::cat({exact.draw(20, t, generator).x_t.to(at::kFloat), between});
    const at::Tensor in_float64 = exact.velocity(x.to(at::kDouble), t);
    EXPECT_LT(largest_difference(exact.velocity(x, t), in_float64), 1e-3) << t;
  }
}

TEST(ExactField, DrawsPairsAsTrainingDoes) {
  const at::Tensor mu = at::tensor({-1.0, 2.0}, at::kDouble).view({2, 1}),
                   s = at::full({2, 1}, 0.5, at::kDouble);
  at::Generator generator = at::detail::createCPUGenerator(26);
  const double sigma_min = 0.1, t = 0.7, sigma_t = 1 - 0.9 * t;
  const PathSample pairs = ExactField(mu, s, sigma_min).draw(200000, t, generator);
  const double var_x1 = 2.25 + 0.25;  // of two points 3 apart, and of the posterior
  EXPECT_NEAR(pairs.x_t.mean().item<double>(), t * 0.5, 0.01);
  EXPECT_NEAR(pairs.x_t.var().item<double>(), t * t * var_x1 + sigma_t * sigma_t, 0.02);
  EXPECT_NEAR(pairs.target.mean().item<double>(), 0.5, 0.02);
  EXPECT_NEAR(pairs.target.var().item<double>(), var_x1 + 0.81, 0.04);
}

TEST(ExactFieldSum, DoesNotDependOnTheSlices) {
  const at::Tensor mu = field_noise({3000, 6}, 27), s = field_noise({3000, 6}, 28).abs(),
                   x = field_noise({4, 2, 3}, 29);
  const ExactField exact(mu, s, 0.01);
  const std::vector<std::pair<int64_t, int64_t>> slices{{2990, 10}, {1, 1489}, {0, 1}, {1490, 1500}};
  for (const double t : {0.0, 0.4, 0.99}) {
    ExactFieldSum sum(exact, x, t);
    for (const auto& [first, count] : slices) sum.add(first, count);
    EXPECT_EQ(sum.rows(), 3000);
    EXPECT_LT(largest_difference(sum.velocity(), exact.velocity(x, t)), 1e-10) << t;
  }
}

TEST(ExactFieldSum, IsAtAnyMomentTheFieldOfTheRowsSoFar) {
  const at::Tensor mu = field_noise({2000, 3}, 30), s = 0.2 * field_noise({2000, 3}, 31).abs(),
                   x = field_noise({5, 3}, 32);
  ExactFieldSum sum(ExactField(mu, s, 0), x, 0.6);
  EXPECT_THROW(sum.velocity(), InputError);
  for (const int64_t end : {100, 1400, 2000}) {
    sum.add(sum.rows(), end - sum.rows());
    const at::Tensor expected = as_written(x, mu.slice(0, 0, end), s.slice(0, 0, end), 0.6, 0);
    EXPECT_LT(largest_difference(sum.velocity(), expected), 1e-10) << end;
  }
  EXPECT_THROW(sum.add(2000, 1), InputError);
  EXPECT_THROW(sum.add(-1, 5), InputError);
  EXPECT_THROW(sum.add(0, 0), InputError);
}

TEST(ExactField, OfSixtyThousandLatentsTakesSeconds) {
  const at::Tensor mu = field_noise({60000, 64}, 21).to(at::kFloat);
  const ExactField exact(mu, at::full_like(mu, 0.4), 0);
  for (const auto type : {at::kFloat, at::kDouble}) {
    const at::Tensor x = field_noise({256, 64}, 22).to(type);
    const auto begin = std::chrono::steady_clock::now();
    const at::Tensor v = exact.velocity(x, 0.5);
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
    const std::string name = type == at::kFloat ? "milliseconds_float32" : "milliseconds_float64";
    RecordProperty(name, static_cast<int>(seconds.count() * 1000));
    EXPECT_TRUE(v.isfinite().all().item<bool>());
    EXPECT_LT(seconds.count(), 20);
  }
}

}  // namespace
}  // namespace lf::flow
