// Axes compared with numpy: eigenvectors of the covariance, and of the covariance whitened by that
// within the classes.
#include "inference/latent_axes.h"

#include <ATen/CPUGeneratorImpl.h>
#include <gtest/gtest.h>

#include <cmath>

namespace lf::inference {
namespace {

/// 60 rows of 5 numbers by a formula, in three classes.
at::Tensor rows() {
  at::Tensor x = at::zeros({60, 5}, at::kDouble);
  for (int64_t i = 0; i < 60; ++i) {
    for (int64_t d = 0; d < 5; ++d) {
      const auto a = static_cast<double>(i), b = static_cast<double>(d);
      x[i][d] = std::sin(0.7 * a + 1.3 * b) + 0.4 * (i % 3 == d) + 0.2 * std::cos(0.31 * a * (b + 1));
    }
  }
  return x;
}

void expect_columns(const at::Tensor& directions, const std::vector<double>& first,
                    const std::vector<double>& second) {
  for (int64_t d = 0; d < 5; ++d) {
    EXPECT_NEAR(directions[d][0].item<double>(), first[static_cast<size_t>(d)], 1e-4 * std::abs(first[0]));
    EXPECT_NEAR(directions[d][1].item<double>(), second[static_cast<size_t>(d)], 1e-4 * std::abs(second[4]));
  }
}

TEST(LatentAxes, PrincipalOnesAreNumpys) {
  const LatentAxes axes = find_principal_axes(rows());
  EXPECT_FALSE(axes.by_class);
  expect_columns(axes.directions, {-0.60477727, -0.02046556, 0.60797495, 0.2953287, -0.42068163},
                 {0.18381689, 0.64762961, 0.15845064, -0.55805457, -0.45853651});
  EXPECT_NEAR(variance_share(axes, rows()), 0.9562268876548176, 1e-6);
}

TEST(LatentAxes, DiscriminantsAreNumpys) {
  const LatentAxes axes = find_latent_axes(rows(), at::arange(60).remainder(3));
  EXPECT_TRUE(axes.by_class);
  // numpy's signs are arbitrary; ours put the first class before the others.
  expect_columns(axes.directions, {3.70811052, -4.4744348, 3.51270607, -1.66269549, -1.24549644},
                 {2.68282815, 0.04747032, -2.65759749, 3.68708161, -4.40904905});
}

/// Four classes on a plane whose directions have two entries of one size, so that noise decides
/// which is the larger.
struct Classes {
  at::Tensor latents, labels;
};
Classes drawn_classes(uint64_t seed) {
  auto g = at::detail::createCPUGenerator(seed);
  const at::Tensor labels = at::arange(400).remainder(4);
  const at::Tensor along = at::tensor({-3.0, 1.0, 2.0, 0.0}, at::kDouble),
                   up = at::tensor({-1.0, 1.2, -1.0, 0.8}, at::kDouble);
  const at::Tensor plane = at::tensor({1.0, -1.0, 0.0, 0.0, 0.0, 0.0, 1.0, -1.0}, at::kDouble).view({2, 4});
  const at::Tensor means = at::stack({along, up}, 1).matmul(plane);
  return {means.index_select(0, labels) + 0.5 * at::randn({400, 4}, g, at::kDouble), labels};
}

TEST(LatentAxes, OfOtherSamplesHaveTheSameSigns) {
  const Classes first = drawn_classes(1);
  const LatentAxes axes = find_latent_axes(first.latents, first.labels);
  const at::Tensor places = axes.project(first.latents.to(at::kFloat));
  for (uint64_t seed = 2; seed < 30; ++seed) {
    const Classes other = drawn_classes(seed);
    const at::Tensor d = find_latent_axes(other.latents, other.labels).directions;
    for (int64_t axis = 0; axis < 2; ++axis)
      EXPECT_GT(d.select(1, axis).dot(axes.directions.select(1, axis)).item<double>(), 0)
          << seed << " " << axis;
  }
  EXPECT_LT((places[1][0] - places[0][0]).item<double>(), 0) << "zeros lie right of ones";
}

TEST(LatentAxes, AreTurnedToThoseShownBefore) {
  const LatentAxes shown = find_principal_axes(rows());
  LatentAxes axes = shown;
  axes.directions = at::stack({-shown.directions.select(1, 1), shown.directions.select(1, 0)}, 1);
  align_axes(axes, shown);
  EXPECT_TRUE(at::allclose(axes.directions, shown.directions));
}

/// Positions of ten digits, and the same mirrored, exchanged and rotated by some degrees.
at::Tensor turned(const at::Tensor& places, double degrees, bool mirrored) {
  const double a = degrees * M_PI / 180;
  const at::Tensor turn =
      at::tensor({std::cos(a), std::sin(a), -std::sin(a), std::cos(a)}, at::kDouble).view({2, 2});
  const at::Tensor mirror = at::tensor({0.0, -1.0, -1.0, 0.0}, at::kDouble).view({2, 2});
  return places.matmul(mirrored ? mirror.matmul(turn) : turn);
}

TEST(LatentAxes, MirroredAndExchangedAxesAreTurnedBack) {
  auto g = at::detail::createCPUGenerator(3);
  const at::Tensor places = at::randn({10, 2}, g, at::kDouble);
  for (const bool mirrored : {false, true}) {
    for (const double degrees : {0.0, 90.0, 180.0, 270.0}) {
      const at::Tensor shown = turned(places, degrees, mirrored);
      EXPECT_TRUE(
          at::allclose(places.matmul(most_alike_turn(places, shown).to(at::kDouble)), shown, 1e-5, 1e-5))
          << degrees << " " << mirrored;
    }
  }
}

TEST(LatentAxes, AMapTurnsOnlyAFewDegreesFromLookToLookAndComesToLieOnItsAxes) {
  auto g = at::detail::createCPUGenerator(4);
  const at::Tensor places = at::randn({10, 2}, g, at::kDouble);
  for (const bool mirrored : {false, true}) {
    at::Tensor shown = turned(places, 20, mirrored);
    const auto next = [&] { return places.matmul(gradual_turn(places, shown, 8).to(at::kDouble)); };
    EXPECT_TRUE(at::allclose(next(), turned(places, 12, mirrored), 1e-4, 1e-5)) << mirrored;
    for (int look = 0; look < 3; ++look) shown = next();
    EXPECT_TRUE(at::allclose(shown, turned(places, 0, mirrored), 1e-4, 1e-5)) << mirrored;
  }
}

TEST(LatentAxes, ArePrincipalWhereThereAreNoThreeClasses) {
  const LatentAxes axes = find_latent_axes(rows(), at::zeros({60}, at::kLong));
  EXPECT_FALSE(axes.by_class);
  EXPECT_TRUE(axes.directions.equal(find_principal_axes(rows()).directions));
}

}  // namespace
}  // namespace lf::inference
