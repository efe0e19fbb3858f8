#include "kernels/activations.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace lf::kernels {
namespace {

double worst(const at::Tensor& ours, const at::Tensor& expected) {
  return (ours.to(at::kDouble) - expected).abs().max().item<double>();
}

at::Tensor some() { return at::cat({at::linspace(-100, 100, 4096), at::randn({4096})}).contiguous(); }

TEST(Activations, ExponentialIsExactToAFewBits) {
  const at::Tensor x = at::linspace(-86, 87, 1 << 16), ours = x.clone();
  exp_in_place(ours.numel(), ours.data_ptr<float>());
  const at::Tensor exact = x.to(at::kDouble).exp();
  EXPECT_LT(((ours.to(at::kDouble) - exact).abs() / exact).max().item<double>(), 3e-7);
}

TEST(Activations, EndsOfFloat32StayFinite) {
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  const at::Tensor x = at::zeros({16});
  x[0] = 1e30f;
  x[1] = -1e30f;
  x[2] = kInfinity;
  x[3] = -kInfinity;
  x[4] = std::numeric_limits<float>::quiet_NaN();
  const at::Tensor sigmoid = x.clone();
  sigmoid_in_place(16, sigmoid.data_ptr<float>());
  EXPECT_EQ(sigmoid[0].item<float>(), 1);
  EXPECT_LT(sigmoid[1].item<float>(), 1e-37f);
  EXPECT_EQ(sigmoid[2].item<float>(), 1);
  EXPECT_LT(sigmoid[3].item<float>(), 1e-37f);
  EXPECT_TRUE(std::isnan(sigmoid[4].item<float>())) << "what went wrong must be seen";
  EXPECT_EQ(sigmoid[5].item<float>(), 0.5f);
}

TEST(Activations, SiluAndItsSlopeAreThoseOfLibTorch) {
  const at::Tensor x = some(), added = at::randn_like(x), h = at::empty_like(x);
  const at::Tensor exact = x.to(at::kDouble).set_requires_grad(true), y = at::silu(exact);
  y.sum().backward();
  silu_of(x.numel(), x.data_ptr<float>(), nullptr, h.data_ptr<float>());
  EXPECT_LT(worst(h, y.detach()), 1e-5) << "of numbers up to 100";
  silu_of(x.numel(), x.data_ptr<float>(), added.data_ptr<float>(), h.data_ptr<float>());
  EXPECT_LT(worst(h, added + y.detach()), 2e-5);
  for (float* with : {static_cast<float*>(nullptr), added.data_ptr<float>()}) {
    const at::Tensor slope = x.clone();
    silu_with_slope(x.numel(), slope.data_ptr<float>(), with, h.data_ptr<float>());
    EXPECT_LT(worst(slope, exact.grad()), 2e-6);
    EXPECT_LT(worst(h, with ? added + y.detach() : y.detach()), 2e-5);
  }
}

TEST(Activations, BackwardSumsOverTheRows) {
  const at::Tensor slope = at::randn({5, 32}), dh = at::randn({5, 32}), sum = at::ones({32});
  const at::Tensor product = slope * dh;
  silu_backward(5, 32, dh.data_ptr<float>(), slope.data_ptr<float>(), sum.data_ptr<float>());
  EXPECT_TRUE(at::equal(slope, product));
  EXPECT_TRUE(at::allclose(sum, 1 + product.sum(0), 1e-5, 1e-6));
  add_row_sums(5, 32, dh.data_ptr<float>(), sum.data_ptr<float>());
  EXPECT_TRUE(at::allclose(sum, 1 + product.sum(0) + dh.sum(0), 1e-5, 1e-6));
}

TEST(Activations, CrossEntropyAndItsGradientAreThoseOfLibTorch) {
  const at::Tensor x = some(), target = at::rand_like(x), gradient = x.clone();
  const at::Tensor exact = x.to(at::kDouble).set_requires_grad(true);
  const at::Tensor loss =
      at::binary_cross_entropy_with_logits(exact, target.to(at::kDouble), {}, {}, at::Reduction::Sum);
  loss.backward();
  const double ours = cross_entropy(x.numel(), target.data_ptr<float>(), 0.25f, gradient.data_ptr<float>());
  EXPECT_NEAR(ours, loss.item<double>(), 1e-6 * loss.item<double>());
  EXPECT_LT(worst(gradient, 0.25 * exact.grad()), 1e-7);
}

}  // namespace
}  // namespace lf::kernels
