#include "models/velocity_dit.h"

#include <ATen/core/grad_mode.h>
#include <gtest/gtest.h>

#include <cmath>

#include "base/errors.h"
#include "models/preconditioning.h"

namespace lf::models {
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

TEST(VelocityDit, ProbingSeesTheSamePass) {
  at::NoGradGuard no_grad;
  for (const bool precondition : {false, true}) {
    const VelocityDit net = random_net({2, 32, 2, 4, 3, precondition});
    const at::Tensor x = at::randn({5, 4, 4, 4}), t = at::rand({5}), labels = at::arange(5, at::kLong);
    VelocityProbe probe;
    EXPECT_TRUE(at::equal(net.probe(x, t, labels, probe), net.forward(x, t, labels)));
    EXPECT_TRUE(at::equal(probe.time_features, net.time_features(t)));
    ASSERT_EQ(probe.blocks.size(), 2u);
    for (const BlockProbe& block : probe.blocks) {
      EXPECT_EQ(block.attention.sizes(), (at::IntArrayRef{5, 4, 4, 4}));  // four heads, four tokens
      EXPECT_TRUE(at::allclose(block.attention.sum(-1), at::ones({5, 4, 4})));
      EXPECT_EQ(block.modulation.sizes(), (at::IntArrayRef{5, 6}));
      EXPECT_EQ(block.stream.sizes(), (at::IntArrayRef{5, 2}));
      EXPECT_GT(block.branch.min().item<float>(), 0);
    }
  }
}

/// With one head, without values' mixing: the first block's numbers written out.
TEST(VelocityDit, AProbeSaysWhatTheFirstBlockDoes) {
  at::NoGradGuard no_grad;
  const VelocityDit net = random_net({2, 32, 1, 1, 3});
  const at::Tensor x = at::randn({3, 4, 4, 4}), t = at::rand({3}), labels = at::arange(3, at::kLong);
  VelocityProbe probe;
  net.probe(x, t, labels, probe);
  const auto p = [&](const char* name) { return net.parameters().named(name); };
  const at::Tensor h = at::linear(net.patchify(x), p("patch.weight")) + p("positions");
  const at::Tensor hidden = at::silu(at::linear(net.time_features(t), p("time.0.weight")));
  const at::Tensor c = at::silu(at::linear(hidden, p("time.2.weight")) + at::embedding(p("labels"), labels));
  const auto m = (at::linear(c, p("modulation.weight")) + p("blocks.0.modulation.bias")).chunk(6, 1);
  const auto rms = [](const at::Tensor& y) { return y.flatten(1).square().mean(1).sqrt(); };
  const BlockProbe& block = probe.blocks[0];
  for (int64_t k = 0; k < 6; ++k)
    EXPECT_TRUE(at::allclose(block.modulation.select(1, k), rms(m[static_cast<size_t>(k)]), 1e-4, 1e-6));
  EXPECT_TRUE(at::allclose(block.stream.select(1, 0), rms(h), 1e-4));
  const at::Tensor seen = at::layer_norm(h, {32}, {}, {}, 1e-6) * (1 + m[1].unsqueeze(1)) + m[0].unsqueeze(1);
  const auto qkv = at::linear(seen, p("blocks.0.qkv.weight")).chunk(3, 2);
  const auto unit = [](const at::Tensor& y) { return y / (y.square().mean({-1}, true) + 1e-6).sqrt(); };
  const at::Tensor a =
      at::softmax(at::matmul(unit(qkv[0]), unit(qkv[1]).transpose(1, 2)) / std::sqrt(32.0), -1);
  EXPECT_TRUE(at::allclose(block.attention.squeeze(1), a, 1e-3, 1e-5));
  const at::Tensor mixed = at::linear(at::matmul(a, qkv[2]), p("blocks.0.proj.weight")) * m[2].unsqueeze(1);
  EXPECT_TRUE(at::allclose(block.branch.select(1, 0), rms(mixed), 1e-3, 1e-6));
  EXPECT_TRUE(at::allclose(block.stream.select(1, 1), rms(h + mixed), 1e-4));
}

TEST(VelocityDit, RefusesShapesThatCannotBe) {
  EXPECT_THROW(VelocityDit({3, 32, 1, 4, 3}, generator(1), false), InputError);
  EXPECT_THROW(VelocityDit({2, 30, 1, 4, 3}, generator(1), false), InputError);
}

}  // namespace
}  // namespace lf::models
