#include "metrics/latent_health.h"

#include <ATen/ATen.h>
#include <ATen/CPUGeneratorImpl.h>
#include <gtest/gtest.h>

namespace lf::metrics {
namespace {

TEST(LatentHealth, MeasuresTheDeviationOfEveryCoordinate) {
  at::Generator generator = at::detail::createCPUGenerator(1);
  const at::Tensor normal = at::randn({40000, 1}, generator) * 2 + 1, flat = at::rand({40000, 1}, generator);
  const std::vector<float> found = latent_deviations(at::cat({normal, flat}, 1));
  ASSERT_EQ(found.size(), 2u);
  EXPECT_NEAR(found[0], 2, 0.05);
  EXPECT_NEAR(found[1], 0.2887, 0.005);  // 1 / sqrt(12)
  EXPECT_EQ(latent_deviations(at::ones({1, 3})), (std::vector<float>{0, 0, 0})) << "of one digit";
}

TEST(LatentHealth, CountsActiveUnits) {
  at::Tensor means = at::randn({500, 16}, at::detail::createCPUGenerator(2));
  means.narrow(1, 12, 4).mul_(0.05);  // variance 0.0025: collapsed
  EXPECT_EQ(active_units(latent_deviations(means)), 12);
}

}  // namespace
}  // namespace lf::metrics
