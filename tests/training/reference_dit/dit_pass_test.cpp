#include "training/reference_dit/dit_pass.h"

#include <ATen/core/grad_mode.h>
#include <gtest/gtest.h>

#include <cmath>

#include "base/errors.h"

namespace lf::training {
namespace {

at::Generator dit_generator(uint64_t seed) { return at::make_generator<at::CPUGeneratorImpl>(seed); }

/// Random everywhere: modulation and output that start at zero would hide most gradients.
models::Dit random_dit(const models::DitConfig& config, bool trainable) {
  models::Dit net(config, dit_generator(1), trainable);
  auto g = dit_generator(2);
  const at::NoGradGuard no_grad;
  net.parameters().flat().normal_(0, 0.1, g);
  return net;
}

struct DitBatch {
  at::Tensor x_t, t, target, labels;
};

DitBatch random_dit_batch(const models::DitConfig& c, int64_t size) {
  auto g = dit_generator(3);
  const auto maps = [&] { return at::randn({size, c.channels, c.input_size, c.input_size}, g, at::kFloat); };
  return {maps(), at::rand({size}, g, at::kFloat), maps(), at::randint(11, {size}, g, at::kLong)};
}

at::Tensor mean_loss(const models::Dit& net, const DitBatch& b) {
  return (net.forward(b.x_t, b.t, b.labels) - b.target).square().mean();
}

/// The whole gradient of the pass, and how often each parameter was passed on.
struct Handed {
  at::Tensor gradient, times, losses;
  int64_t slices = 0;
};

Handed run_dit_pass(DitPass& pass, const models::Dit& net, const DitBatch& b) {
  Handed handed{at::zeros_like(net.parameters().flat()), at::zeros_like(net.parameters().flat()), {}};
  pass.begin(b.x_t, b.t, b.target, b.labels);
  const GradientSink sink = [&](int64_t offset, const at::Tensor& values, int64_t) {
    handed.gradient.narrow(0, offset, values.size(0)).copy_(values);
    handed.times.narrow(0, offset, values.size(0)).add_(1);
  };
  while (pass.advance(sink)) ++handed.slices;
  handed.losses = pass.loss_per_sample();
  return handed;
}

const std::vector<std::pair<models::DitConfig, int64_t>>& cases() {
  static const std::vector<std::pair<models::DitConfig, int64_t>> all{
      {{4, 2, 4, 16, 2, 2, 4}, 5},        // an odd batch: parts of one and two
      {{4, 2, 4, 80, 1, 2, 4}, 7},        // weights of more than one panel and strip
      {{6, 2, 3, 24, 1, 3, 4}, 4},        // 9 tokens
      {{3, 1, 2, 8, 3, 1, 4}, 1},         // one sample: one thread has none
      {{4, 2, 4, 16, 1, 2, 4}, 70},       // more rows than the products treat as few
      {{2, 2, 1, 12, 1, 3, 2.5}, 3},      // a single token
      {{4, 2, 4, 16, 2, 2, 4, true}, 20}  // with labels, some of them repeated
  };
  return all;
}

TEST(DitPass, GradientsAreThoseOfAutograd) {
  for (const auto& [config, size] : cases()) {
    const models::Dit net = random_dit(config, true);
    const DitBatch batch = random_dit_batch(config, size);
    const at::Tensor loss = mean_loss(net, batch);
    loss.backward();
    DitPass pass(net);
    const Handed handed = run_dit_pass(pass, net, batch);
    EXPECT_NEAR(handed.losses.mean().item<double>(), loss.item<double>(), 1e-5 * loss.item<double>());
    const models::ParameterSet& parameters = net.parameters();
    for (size_t i = 0; i < parameters.size(); ++i) {
      const at::Tensor reference = parameters[i].grad().flatten();
      const at::Tensor ours = handed.gradient.narrow(0, parameters[i].storage_offset(), reference.size(0));
      // A bias of the keys has no influence: its gradient is rounding only, hence the floor.
      const double scale = std::max(reference.abs().max().item<double>(), 1e-3);
      EXPECT_LT((ours - reference).abs().max().item<double>(), 2e-5 * scale) << parameters.specs()[i].name;
    }
  }
}

TEST(DitPass, InBfloat16StaysWithinItsRounding) {
  if (kernels::bfloat_unit() == kernels::BFloatUnit::None)
    GTEST_SKIP() << "this processor has no products in bfloat16";
  for (const auto& [config, size] : cases()) {
    const models::Dit net = random_dit(config, false);
    const DitBatch batch = random_dit_batch(config, size);
    DitPass exact(net), pass(net, kernels::Arithmetic::BFloat16);
    const Handed expected = run_dit_pass(exact, net, batch), ours = run_dit_pass(pass, net, batch);
    EXPECT_TRUE(at::allclose(ours.losses, expected.losses, 2e-2, 1e-3));
    const at::Tensor difference = ours.gradient - expected.gradient;
    EXPECT_LE(difference.norm().item<double>(), 2e-2 * expected.gradient.norm().item<double>());
    for (size_t i = 0; i < net.parameters().size(); ++i) {
      const at::Tensor& parameter = net.parameters()[i];
      const auto part = [&](const at::Tensor& flat) {
        return flat.narrow(0, parameter.storage_offset(), parameter.numel()).norm().item<double>();
      };
      // A bias of the keys has no influence: its gradient is rounding only, hence the floor.
      EXPECT_LE(part(difference), 5e-2 * std::max(part(expected.gradient), 2e-2))
          << net.parameters().specs()[i].name;
    }
  }
}

TEST(DitPass, HandsOutEveryParameterOnce) {
  for (const auto& [config, size] : cases()) {
    const models::Dit net = random_dit(config, false);
    for (const kernels::Arithmetic arithmetic :
         {kernels::Arithmetic::Float32, kernels::Arithmetic::BFloat16}) {
      if (arithmetic == kernels::Arithmetic::BFloat16 && kernels::bfloat_unit() == kernels::BFloatUnit::None)
        continue;
      DitPass pass(net, arithmetic);
      EXPECT_TRUE(at::all(run_dit_pass(pass, net, random_dit_batch(config, size)).times == 1).item<bool>());
    }
  }
}

TEST(DitPass, GradientPredictsTheLossNearby) {
  const at::NoGradGuard no_grad;
  const auto& [config, size] = cases()[0];
  models::Dit net = random_dit(config, false);
  const DitBatch batch = random_dit_batch(config, size);
  DitPass pass(net);
  const at::Tensor gradient = run_dit_pass(pass, net, batch).gradient;
  const at::Tensor start = net.parameters().flat().clone(), direction = gradient / gradient.norm();
  const auto loss_at = [&](double step) {
    net.parameters().flat().copy_(start + step * direction);
    return mean_loss(net, batch).item<double>();
  };
  const double slope = (loss_at(1e-2) - loss_at(-1e-2)) / 2e-2;
  EXPECT_NEAR(slope, gradient.norm().item<double>(), 5e-3 * slope);
}

TEST(DitPass, ASinkMayOverwriteWhatItReceives) {
  const auto& [config, size] = cases()[0];
  models::Dit kept = random_dit(config, false), spoiled = random_dit(config, false);
  const DitBatch batch = random_dit_batch(config, size);
  DitPass pass(kept), other(spoiled);
  const at::Tensor expected = run_dit_pass(pass, kept, batch).gradient, gradient = at::zeros_like(expected);
  other.begin(batch.x_t, batch.t, batch.target);
  const GradientSink sink = [&](int64_t offset, const at::Tensor& values, int64_t) {
    gradient.narrow(0, offset, values.size(0)).copy_(values);
    spoiled.parameters().flat().narrow(0, offset, values.size(0)).fill_(NAN);
  };
  while (other.advance(sink)) {
  }
  EXPECT_TRUE(at::equal(gradient, expected));
}

TEST(DitPass, RunsAgainWithOtherBatchesAndRepeatsExactly) {
  const auto& [config, size] = cases()[0];
  const models::Dit net = random_dit(config, false);
  DitPass pass(net);
  const Handed first = run_dit_pass(pass, net, random_dit_batch(config, size));
  run_dit_pass(pass, net, random_dit_batch(config, size + 2));
  const Handed again = run_dit_pass(pass, net, random_dit_batch(config, size));
  EXPECT_TRUE(at::equal(first.gradient, again.gradient));
  EXPECT_TRUE(at::equal(first.losses, again.losses));
}

TEST(DitPass, IsSlicedByBlocks) {
  const auto& [config, size] = cases()[2];
  const models::Dit net = random_dit(config, false);
  DitPass pass(net);
  EXPECT_FALSE(pass.under_way());
  EXPECT_EQ(run_dit_pass(pass, net, random_dit_batch(config, size)).slices + 1, 2 * config.depth + 3);
  EXPECT_FALSE(pass.under_way());
}

TEST(DitPass, RefusesOtherShapes) {
  const auto& [config, size] = cases()[0];
  const models::Dit net = random_dit(config, false);
  DitPass pass(net);
  const DitBatch b = random_dit_batch(config, size);
  EXPECT_THROW(pass.begin(b.x_t, b.t.narrow(0, 0, 1), b.target), InputError);
  EXPECT_THROW(pass.begin(b.x_t.narrow(1, 0, 1), b.t, b.target), InputError);
  EXPECT_THROW(pass.begin(b.x_t, b.t, b.target.narrow(0, 0, 1)), InputError);
}

}  // namespace
}  // namespace lf::training
