#include "metrics/frechet.h"

#include <ATen/ATen.h>
#include <ATen/CPUGeneratorImpl.h>
#include <gtest/gtest.h>

#include <cmath>

#include "base/errors.h"

namespace lf::metrics {
namespace {

at::Tensor row(std::vector<double> values) { return at::tensor(values, at::kDouble); }

GaussianStats diagonal(std::vector<double> mean, std::vector<double> variance) {
  return {row(mean), at::diag(row(variance)), 1000};
}

at::Tensor random_features(int64_t n, uint64_t seed) {
  at::Generator generator = at::detail::createCPUGenerator(seed);
  at::Tensor mix = at::randn({8, 8}, generator);
  return at::randn({n, 8}, generator).matmul(mix) + 3;
}

TEST(Frechet, OfDiagonalGaussiansIsTheClosedForm) {
  // |Δμ|² + Σ (σ1 - σ2)²
  GaussianStats a = diagonal({0, 1, -2}, {1, 4, 9}), b = diagonal({1, 1, 0}, {4, 1, 9});
  EXPECT_NEAR(frechet_distance(a, b), (1 + 0 + 4) + (1 + 1 + 0), 1e-12);
}

TEST(Frechet, OfAShiftedMeanIsTheSquaredShift) {
  GaussianStats a = gaussian_stats(random_features(500, 1)), b = a;
  b.mean = a.mean + 0.5;
  EXPECT_NEAR(frechet_distance(a, b), 8 * 0.25, 1e-9);
}

TEST(Frechet, OfARotatedGaussianIsTheClosedForm) {
  // In two dimensions tr(M^½) = √(tr M + 2 √det M) with M = Σ1 Σ2.
  double angle = 0.7, c = std::cos(angle), s = std::sin(angle);
  at::Tensor turn = row({c, -s, s, c}).reshape({2, 2});
  GaussianStats a = diagonal({0, 0}, {4, 1}), b = a;
  b.covariance = turn.matmul(a.covariance).matmul(turn.t());
  at::Tensor product = a.covariance.matmul(b.covariance);
  double root = std::sqrt(product.trace().item<double>() + 2 * std::sqrt(16.0));
  EXPECT_NEAR(frechet_distance(a, b), 5 + 5 - 2 * root, 1e-10);
  EXPECT_GT(frechet_distance(a, b), 0.1);
}

TEST(Frechet, OfASetAndItselfIsZero) {
  GaussianStats stats = gaussian_stats(random_features(300, 2));
  EXPECT_NEAR(fd_percent(stats, stats), 0, 1e-9);
}

TEST(Frechet, IsSymmetricAndKnowsDegenerateCovariances) {
  GaussianStats a = diagonal({0, 0}, {1, 0}), b = diagonal({0, 0}, {0, 1});
  EXPECT_NEAR(frechet_distance(a, b), 2, 1e-12);
  GaussianStats c = gaussian_stats(random_features(300, 3)), d = gaussian_stats(random_features(300, 4));
  EXPECT_NEAR(frechet_distance(c, d), frechet_distance(d, c), 1e-9 * frechet_distance(c, d));
}

TEST(Frechet, OfNonFiniteFeaturesIsNaN) {
  GaussianStats a = diagonal({0, 0}, {1, 1}), b = diagonal({0, NAN}, {1, 1});
  EXPECT_TRUE(std::isnan(frechet_distance(a, b)));
  EXPECT_EQ(grade(frechet_distance(a, b), 0.15), '-');
}

TEST(FeatureStats, MatchTheTextbookAndDoNotDependOnOrderOrBlocks) {
  at::Tensor features = random_features(1000, 5).to(at::kFloat);
  at::Tensor exact = features.to(at::kDouble);
  GaussianStats whole = gaussian_stats(features);
  EXPECT_TRUE(at::allclose(whole.mean, exact.mean(0), 1e-12, 1e-12));
  EXPECT_TRUE(at::allclose(whole.covariance, at::cov(exact.t()), 1e-10, 1e-10));

  FeatureStats blocks(8);
  for (const at::Tensor& block : features.flip(0).split(77)) blocks.add(block);
  EXPECT_EQ(blocks.count(), 1000);
  EXPECT_NEAR(fd_percent(blocks.finish(), whole), 0, 1e-9);
  EXPECT_TRUE(at::allclose(blocks.finish().covariance, whole.covariance, 1e-10, 1e-10));
}

TEST(FeatureStats, OfOneImageAreRefused) {
  FeatureStats stats(8);
  stats.add(at::zeros({1, 8}));
  EXPECT_THROW(stats.finish(), RunError);
}

TEST(FdFloor, IsPositiveFallsWithTheCountAndRepeats) {
  at::Tensor features = random_features(20000, 6);
  GaussianStats train = gaussian_stats(features);
  double few = fd_floor(features, train, 200, 1), many = fd_floor(features, train, 2000, 1);
  EXPECT_GT(few, 0);
  // The noise floor of a finite sample falls like 1/n.
  EXPECT_NEAR(few / many, 10, 5);
  EXPECT_EQ(few, fd_floor(features, train, 200, 1));
}

TEST(Grade, FollowsTheLimitsAndTheJudgesScale) {
  EXPECT_EQ(grade(0.2, 0.15), 'S');
  EXPECT_EQ(grade(0.9, 0.15), 'A');
  EXPECT_EQ(grade(2.9, 0.15), 'B');
  EXPECT_EQ(grade(5.9, 0.15), 'C');
  EXPECT_EQ(grade(14.9, 0.15), 'D');
  EXPECT_EQ(grade(15.1, 0.15), 'E');
  EXPECT_EQ(grade(1.9, 0.30), 'A');
}

}  // namespace
}  // namespace lf::metrics
