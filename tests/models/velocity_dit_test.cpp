#include "models/velocity_dit.h"

#include <ATen/core/grad_mode.h>
#include <gtest/gtest.h>

#include "messages/errors.h"
#include "models/preconditioning.h"

namespace lf {
namespace {

at::Generator generator(uint64_t seed) { return at::make_generator<at::CPUGeneratorImpl>(seed); }

VelocityDit random_net(const VelocityDitConfig& config) {
  VelocityDit net(config, generator(1), true);
  auto g = generator(2);
  net.parameters().flat().normal_(0, 0.1, g);  // zero-initialised outputs would hide everything
  return net;
}

TEST(VelocityDit, FastPresetHasTheDocumentedSize) {
  const VelocityDit net({2, 128, 4, 4, 3}, generator(1), false);
  EXPECT_EQ(net.parameters().count(), 820096);
}

TEST(VelocityDit, StartsAsZeroField) {
  at::NoGradGuard no_grad;
  const VelocityDit net({2, 32, 1, 4, 3}, generator(1), false);
  const at::Tensor v = net.forward(at::randn({3, 4, 4, 4}), at::rand({3}), at::zeros({3}, at::kLong));
  EXPECT_EQ(v.abs().max().item<float>(), 0);
  EXPECT_EQ(v.sizes(), (at::IntArrayRef{3, 4, 4, 4}));
}

TEST(VelocityDit, EverySampleIsOnItsOwn) {
  at::NoGradGuard no_grad;
  for (const int64_t patch : {1, 2, 4}) {
    const VelocityDit net = random_net({patch, 32, 2, 4, 3});
    const at::Tensor x = at::randn({4, 4, 4, 4}), t = at::rand({4}), labels = at::arange(4, at::kLong);
    const at::Tensor all = net.forward(x, t, labels);
    const at::Tensor one = net.forward(x.narrow(0, 2, 1), t.narrow(0, 2, 1), labels.narrow(0, 2, 1));
    EXPECT_LT((all.narrow(0, 2, 1) - one).abs().max().item<float>(), 1e-5) << "patch " << patch;
  }
}

TEST(VelocityDit, EveryTokenTimeAndLabelMatters) {
  at::NoGradGuard no_grad;
  const VelocityDit net = random_net({2, 32, 2, 4, 3});
  const at::Tensor x = at::randn({1, 4, 4, 4}), t = at::full({1}, 0.3), label = at::full({1}, 3, at::kLong);
  const at::Tensor v = net.forward(x, t, label);
  at::Tensor moved = x.clone();
  moved[0][0][0][0] += 1;  // the first token; attention must carry it to the last
  EXPECT_GT((net.forward(moved, t, label) - v)[0][3][3][3].abs().item<float>(), 1e-6);
  EXPECT_GT((net.forward(x, t + 0.1, label) - v).abs().max().item<float>(), 1e-6);
  EXPECT_GT((net.forward(x, t, label + 1) - v).abs().max().item<float>(), 1e-6);
}

TEST(VelocityDit, EveryParameterReceivesAGradient) {
  VelocityDit net = random_net({2, 32, 2, 4, 3});
  net.forward(at::randn({16, 4, 4, 4}), at::rand({16}), at::arange(16, at::kLong).remainder(11))
      .square()
      .sum()
      .backward();
  for (const auto& spec : net.parameters().specs()) {
    EXPECT_GT(net.parameters().named(spec.name).grad().abs().max().item<float>(), 0) << spec.name;
  }
}

TEST(VelocityDit, UntrainedGivesAGaussiansVelocityWherePreconditioned) {
  at::NoGradGuard no_grad;
  const VelocityDit net({2, 32, 2, 4, 3, true}, generator(1), false);
  const at::Tensor x = at::randn({5, 4, 4, 4}), t = at::rand({5});
  EXPECT_TRUE(at::equal(net.forward(x, t, at::arange(5, at::kLong)), gaussian_velocity(x, t)));
}

TEST(VelocityDit, RefusesShapesThatCannotBe) {
  EXPECT_THROW(VelocityDit({3, 32, 1, 4, 3}, generator(1), false), InputError);
  EXPECT_THROW(VelocityDit({2, 30, 1, 4, 3}, generator(1), false), InputError);
}

}  // namespace
}  // namespace lf
