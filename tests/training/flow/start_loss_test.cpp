#include "training/flow/start_loss.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include "flow/paths.h"
#include "models/preconditioning.h"

namespace lf::training {
namespace {

TEST(StartLoss, OfAPlainNetIsTheTargetsMeanSquare) {
  EXPECT_DOUBLE_EQ(start_loss(1.2, 0.1, false, flow::TimeLaw::Uniform), 1.2 + 0.81);
}

TEST(StartLoss, OfAPreconditionedNetIsThatOfTheGaussianVelocity) {
  auto g = at::make_generator<at::CPUGeneratorImpl>(2);
  for (const double sigma_min : {0.0, 0.1}) {
    const at::Tensor x0 = at::randn({200000, 8}, g, at::kFloat);
    const at::Tensor x1 = 1.1 * at::randn({200000, 8}, g, at::kFloat);
    const at::Tensor t = flow::sample_times(flow::TimeLaw::Mixed, 200000, g);
    const flow::PathSample path = flow::ot_path(x0, x1, t, sigma_min);
    const double measured =
        (models::gaussian_velocity(path.x_t, t) - path.target).square().mean().item<double>();
    EXPECT_NEAR(start_loss(1.21, sigma_min, true, flow::TimeLaw::Mixed), measured, 0.01) << sigma_min;
  }
}

}  // namespace
}  // namespace lf::training
