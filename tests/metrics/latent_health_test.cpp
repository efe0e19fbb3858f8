#include "metrics/latent_health.h"

#include <ATen/ATen.h>
#include <ATen/CPUGeneratorImpl.h>
#include <gtest/gtest.h>

namespace lf {
namespace {

TEST(LatentHealth, KnowsTheMomentsOfKnownDistributions) {
  at::Generator generator = at::detail::createCPUGenerator(1);
  at::Tensor normal = at::randn({40000, 1, 1, 1}, generator) * 2 + 1,
             flat = at::rand({40000, 1, 1, 1}, generator);
  LatentHealth health = latent_health(at::cat({normal, flat}, 1));
  EXPECT_NEAR(health.mean[0].item<double>(), 1, 0.05);
  EXPECT_NEAR(health.deviation[0].item<double>(), 2, 0.05);
  EXPECT_NEAR(health.kurtosis[0].item<double>(), 3, 0.15);
  EXPECT_NEAR(health.kurtosis[1].item<double>(), 1.8, 0.05);  // of a uniform distribution
}

TEST(LatentHealth, CountsActiveUnits) {
  at::Tensor means = at::randn({500, 4, 2, 2}, at::detail::createCPUGenerator(2));
  means.select(1, 3).mul_(0.05);  // variance 0.0025: collapsed
  EXPECT_EQ(active_units(means), 12);
}

}  // namespace
}  // namespace lf
