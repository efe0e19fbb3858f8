#include "flow/loss.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include "base/errors.h"
#include "flow/paths.h"

namespace lf::flow {
namespace {

TEST(Loss, IsTheMeanSquareOfEachSample) {
  const at::Tensor v = at::tensor({1.0, 2.0, 3.0, 4.0}).view({2, 2});
  const at::Tensor target = at::tensor({0.0, 2.0, 5.0, 1.0}).view({2, 2});
  EXPECT_TRUE(at::allclose(loss_per_sample(v, target), at::tensor({0.5, 6.5})));
}

// An untrained network with zero output starts at E[x1^2] + (1 - sigma_min)^2 (2 for unit latents).
TEST(Loss, OfTheZeroVelocityIsKnownBeforehand) {
  at::Generator generator = at::detail::createCPUGenerator(3);
  double sum = 0;
  for (int batch = 0; batch < 100; ++batch) {
    const at::Tensor x0 = at::randn({256, 64}, generator), x1 = at::randn({256, 64}, generator);
    const PathSample sample = ot_path(x0, x1, at::full({256}, 0.5), 0.001);
    sum += loss_per_sample(at::zeros_like(x0), sample.target).mean().item<double>();
  }
  EXPECT_NEAR(sum / 100, 1 + 0.999 * 0.999, 0.02 * 2);
}

TEST(Loss, CanBeDifferentiated) {
  const at::Tensor v = at::ones({2, 3}).requires_grad_();
  loss_per_sample(v, at::zeros({2, 3})).mean().backward();
  EXPECT_TRUE(at::allclose(v.grad(), at::full({2, 3}, 2.0 / 6)));
}

TEST(LossByTime, PutsEverySampleIntoTheBinOfItsTime) {
  LossByTime bins = loss_by_time(4);
  accumulate(bins, at::tensor({0.0f, 0.2f, 0.25f, 0.99f, 1.0f}), at::tensor({1.f, 3.f, 7.f, 10.f, 20.f}));
  EXPECT_EQ(bins.count, (std::vector<int64_t>{2, 1, 0, 2}));
  EXPECT_EQ(bins.mean, (std::vector<double>{2, 7, 0, 15}));
}

TEST(LossByTime, IsFirstAMeanAndThenForgets) {
  LossByTime bins = loss_by_time(1);
  accumulate(bins, at::full({10}, 0.5), at::arange(1, 11).to(at::kFloat), 0.1);
  EXPECT_NEAR(bins.mean[0], 5.5, 1e-6);
  accumulate(bins, at::full({1}, 0.5), at::full({1}, 15.5), 0.1);
  EXPECT_NEAR(bins.mean[0], 6.5, 1e-6);
  accumulate(bins, at::full({200}, 0.5), at::full({200}, 2.0), 0.1);
  EXPECT_NEAR(bins.mean[0], 2, 1e-6);
}

TEST(LossByTime, NeedsABin) { EXPECT_THROW(loss_by_time(0), InputError); }

}  // namespace
}  // namespace lf::flow
