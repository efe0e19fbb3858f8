#include "models/preconditioning.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

namespace lf::models {
namespace {

TEST(Preconditioning, GaussianVelocityIsTheRegressionOfTheTarget) {
  auto g = at::make_generator<at::CPUGeneratorImpl>(1);
  const at::Tensor x0 = at::randn({200000}, g, at::kDouble), x1 = at::randn({200000}, g, at::kDouble);
  for (const double time : {0.0, 0.2, 0.5, 0.9, 1.0}) {
    const at::Tensor x = (1 - time) * x0 + time * x1, t = at::full({1}, time, at::kDouble);
    const double slope = ((x1 - x0) * x).mean().item<double>() / x.square().mean().item<double>();
    EXPECT_NEAR(gaussian_velocity(at::ones({1}, at::kDouble), t).item<double>(), slope, 0.01) << "t " << time;
    EXPECT_NEAR(preconditioned_input(x.unsqueeze(0), t).square().mean().item<double>(), 1, 0.02)
        << "t " << time;
  }
}

TEST(Preconditioning, EverySampleHasItsTime) {
  const at::Tensor x = at::ones({2, 4, 4, 4}), t = at::tensor({0.0f, 1.0f});
  const at::Tensor v = gaussian_velocity(x, t);
  EXPECT_TRUE(at::equal(v[0], -x[0])) << "towards the middle of the data";
  EXPECT_TRUE(at::equal(v[1], x[1])) << "on, away from the middle of the noise";
}

}  // namespace
}  // namespace lf::models
