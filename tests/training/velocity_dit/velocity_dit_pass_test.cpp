#include "training/velocity_dit/velocity_dit_pass.h"

#include <ATen/core/grad_mode.h>
#include <gtest/gtest.h>

#include <cmath>

#include "base/classes.h"
#include "base/errors.h"
#include "flow/loss.h"
#include "models/autoencoder.h"
#include "training/flow/step.h"

namespace lf::training {
namespace {

at::Generator generator(uint64_t seed) { return at::make_generator<at::CPUGeneratorImpl>(seed); }

/// Random everywhere: modulation and output that start at zero would hide most gradients.
models::VelocityDit random_net(const models::VelocityDitConfig& config) {
  models::VelocityDit net(config, generator(1), /*trainable=*/true);
  auto g = generator(2);
  const at::NoGradGuard no_grad;
  const models::ParameterSet& parameters = net.parameters();
  for (size_t i = 0; i < parameters.size(); ++i) {
    const at::Tensor values = parameters[i].detach();
    const auto inputs = static_cast<double>(values.dim() > 1 ? values.size(1) : 16);
    values.normal_(0, 1 / std::sqrt(inputs), g);
  }
  return net;
}

FlowBatch random_batch(int64_t size, uint64_t seed = 3) {
  auto g = generator(seed);
  const auto maps = [&] { return at::randn({size, models::kLatentChannels, 4, 4}, g, at::kFloat); };
  FlowBatch b{maps(), maps(), at::rand({size}, g, at::kFloat), at::empty({0}, at::kLong)};
  b.labels = at::randint(kNoClass + 1, {size}, g, at::kLong);
  b.labels[0] = kNoClass;  // hidden
  return b;
}

struct PassOutcome {
  at::Tensor gradient, losses;
};

/// Gradient and losses of rows first … first + count of a batch, each weighted with 1/(all rows).
PassOutcome run_pass(VelocityDitPass& pass, const at::Tensor& gradient, const FlowBatch& b, int64_t first,
                     int64_t count) {
  const auto part = [&](const at::Tensor& tensor) { return tensor.narrow(0, first, count); };
  const flow::PathSample path = flow::ot_path(part(b.x0), part(b.x1), part(b.t), 0.01);
  const at::Tensor losses = at::empty({count});
  pass.run(path, part(b.t), part(b.labels), 1 / static_cast<double>(b.t.size(0)), losses);
  return {gradient.clone(), losses};
}

/// A pass with separately rounded weights.
struct OwnPass {
  RoundedWeights weights;
  VelocityDitPass pass;

  OwnPass(const models::VelocityDit& net, const at::Tensor& gradient,
          kernels::Arithmetic arithmetic = kernels::Arithmetic::Float32)
      : weights(net.parameters(), arithmetic), pass(net, gradient, weights) {
    weights.round();
  }
};

PassOutcome by_pass(const models::VelocityDit& net, const FlowBatch& b,
                    kernels::Arithmetic arithmetic = kernels::Arithmetic::Float32) {
  const at::Tensor gradient = at::zeros_like(net.parameters().flat());
  OwnPass own(net, gradient, arithmetic);
  VelocityDitPass& pass = own.pass;
  return run_pass(pass, gradient, b, 0, b.t.size(0));
}

/// In the network's own gradient buffer.
PassOutcome pass_by_autograd(const models::VelocityDit& net, const FlowBatch& b) {
  const flow::PathSample path = flow::ot_path(b.x0, b.x1, b.t, 0.01);
  const at::Tensor losses = flow::loss_per_sample(net.forward(path.x_t, b.t, b.labels), path.target);
  net.parameters().flat_gradient().zero_();
  losses.mean().backward();
  return {net.parameters().flat_gradient(), losses.detach()};
}

const std::vector<std::pair<models::VelocityDitConfig, int64_t>>& velocity_cases() {
  static const std::vector<std::pair<models::VelocityDitConfig, int64_t>> all{
      {{2, 96, 4, 4, 3}, 20},       // the fast preset
      {{2, 128, 2, 4, 3}, 10},      // heads of 32
      {{2, 32, 1, 4, 3}, 7},        // an odd batch
      {{1, 24, 2, 3, 2.5}, 5},      // 16 tokens
      {{1, 128, 1, 2, 2}, 3},       // heads of 64
      {{4, 16, 2, 2, 4}, 6},        // a single token
      {{2, 20, 3, 4, 1}, 1},        // one sample, heads of 5
      {{2, 16, 0, 2, 3}, 4},        // no block at all
      {{2, 32, 2, 4, 3, true}, 9},  // beside a Gaussian's velocity
  };
  return all;
}

TEST(VelocityDitPass, GradientsAreThoseOfAutograd) {
  for (const auto& [config, size] : velocity_cases()) {
    const models::VelocityDit net = random_net(config);
    const FlowBatch batch = random_batch(size);
    const PassOutcome expected = pass_by_autograd(net, batch), ours = by_pass(net, batch);
    EXPECT_TRUE(at::allclose(ours.losses, expected.losses, 1e-5, 1e-6));
    const models::ParameterSet& parameters = net.parameters();
    for (size_t i = 0; i < parameters.size(); ++i) {
      const auto part = [&](const at::Tensor& flat) {
        return flat.narrow(0, parameters[i].storage_offset(), parameters[i].numel());
      };
      const at::Tensor reference = part(expected.gradient);
      const double scale = reference.abs().max().item<double>();
      EXPECT_TRUE(scale > 0 || config.blocks == 0) << parameters.specs()[i].name;
      EXPECT_LE((part(ours.gradient) - reference).abs().max().item<double>(), 2e-5 * scale)
          << parameters.specs()[i].name << " with patch " << config.patch << ", width " << config.width;
    }
  }
}

/// The largest relative distance between the gradient of a parameter and `expected`.
double largest_deviation(const models::VelocityDit& net, const at::Tensor& ours, const at::Tensor& expected) {
  double largest = 0;
  const models::ParameterSet& parameters = net.parameters();
  for (size_t i = 0; i < parameters.size(); ++i) {
    const auto part = [&](const at::Tensor& flat) {
      return flat.narrow(0, parameters[i].storage_offset(), parameters[i].numel());
    };
    const double norm = part(expected).norm().item<double>();
    if (norm > 0) largest = std::max(largest, (part(ours) - part(expected)).norm().item<double>() / norm);
  }
  return largest;
}

TEST(VelocityDitPass, InBfloat16StaysWithinItsRounding) {
  if (kernels::bfloat_unit() == kernels::BFloatUnit::None)
    GTEST_SKIP() << "this processor has no products in bfloat16";
  for (const auto& [config, size] : velocity_cases()) {
    const models::VelocityDit net = random_net(config);
    const FlowBatch batch = random_batch(size);
    const PassOutcome expected = by_pass(net, batch),
                      ours = by_pass(net, batch, kernels::Arithmetic::BFloat16);
    EXPECT_TRUE(at::allclose(ours.losses, expected.losses, 2e-2, 1e-3));
    EXPECT_LE(largest_deviation(net, ours.gradient, expected.gradient), 3e-2)
        << "patch " << config.patch << ", width " << config.width;
  }
}

TEST(VelocityDitPass, InBfloat16ItFollowsChangedWeightsOnceTheyAreRounded) {
  if (kernels::bfloat_unit() == kernels::BFloatUnit::None)
    GTEST_SKIP() << "this processor has no products in bfloat16";
  const models::VelocityDit net = random_net({2, 32, 2, 4, 3});
  const FlowBatch batch = random_batch(8);
  const at::Tensor gradient = at::zeros_like(net.parameters().flat());
  OwnPass own(net, gradient, kernels::Arithmetic::BFloat16);
  const PassOutcome before = run_pass(own.pass, gradient, batch, 0, 8);
  {
    const at::NoGradGuard no_grad;
    net.parameters().flat().mul_(1.5);
  }
  gradient.zero_();
  own.weights.round();
  const PassOutcome after = run_pass(own.pass, gradient, batch, 0, 8);
  EXPECT_FALSE(at::equal(before.losses, after.losses));
  EXPECT_TRUE(at::equal(after.losses, by_pass(net, batch, kernels::Arithmetic::BFloat16).losses));
}

TEST(VelocityDitPass, GradientPredictsTheLossNearby) {
  const at::NoGradGuard no_grad;
  models::VelocityDit net = random_net({2, 32, 2, 4, 3});
  const FlowBatch batch = random_batch(8);
  const at::Tensor gradient = by_pass(net, batch).gradient, flat = net.parameters().flat();
  const at::Tensor start = flat.clone(), direction = gradient / gradient.norm();
  const auto loss_at = [&](double step) {
    flat.copy_(start + step * direction);
    return by_pass(net, batch).losses.mean().item<double>();
  };
  const double slope = (loss_at(2e-3) - loss_at(-2e-3)) / 4e-3;
  EXPECT_NEAR(slope, gradient.norm().item<double>(), 1e-2 * slope);
}

TEST(VelocityDitPass, TwoHalvesAddUpToTheWhole) {
  const models::VelocityDit net = random_net({2, 32, 2, 4, 3});
  const FlowBatch batch = random_batch(9);
  const PassOutcome whole = by_pass(net, batch);
  const at::Tensor gradient = at::zeros_like(net.parameters().flat());
  OwnPass own(net, gradient);
  VelocityDitPass& pass = own.pass;
  const at::Tensor first = run_pass(pass, gradient, batch, 0, 4).losses;
  run_pass(pass, gradient, batch, 4, 0);  // nothing
  const PassOutcome both = run_pass(pass, gradient, batch, 4, 5);
  EXPECT_TRUE(at::allclose(at::cat({first, both.losses}), whole.losses, 1e-5, 1e-6));
  const double scale = whole.gradient.abs().max().item<double>();
  EXPECT_LT((both.gradient - whole.gradient).abs().max().item<double>(), 1e-5 * scale);
}

TEST(VelocityDitPass, RepeatsExactlyAfterBatchesOfOtherSizes) {
  const models::VelocityDit net = random_net({1, 32, 2, 4, 3});
  const at::Tensor gradient = at::zeros_like(net.parameters().flat());
  OwnPass own(net, gradient);
  VelocityDitPass& pass = own.pass;
  const FlowBatch batch = random_batch(6);
  const auto run = [&](const FlowBatch& b) {
    gradient.zero_();
    return run_pass(pass, gradient, b, 0, b.t.size(0));
  };
  const PassOutcome first = run(batch);
  run(random_batch(2, 5));
  run(random_batch(11, 6));
  const PassOutcome again = run(batch);
  EXPECT_TRUE(at::equal(first.gradient, again.gradient));
  EXPECT_TRUE(at::equal(first.losses, again.losses));
}

TEST(VelocityDitPass, RefusesOtherShapes) {
  const models::VelocityDit net = random_net({2, 16, 1, 2, 3});
  OwnPass own(net, at::zeros_like(net.parameters().flat()));
  VelocityDitPass& pass = own.pass;
  const FlowBatch b = random_batch(4);
  const at::Tensor losses = at::empty({4});
  const auto fewer = [](const at::Tensor& tensor) { return tensor.narrow(0, 0, 3); };
  EXPECT_THROW(pass.run({fewer(b.x0), b.x1}, b.t, b.labels, 1, losses), InputError);
  EXPECT_THROW(pass.run({b.x0, fewer(b.x1)}, b.t, b.labels, 1, losses), InputError);
  EXPECT_THROW(pass.run({b.x0, b.x1}, fewer(b.t), b.labels, 1, losses), InputError);
  EXPECT_THROW(pass.run({b.x0, b.x1}, b.t, fewer(b.labels), 1, losses), InputError);
  EXPECT_THROW(pass.run({b.x0, b.x1}, b.t, b.labels, 1, fewer(losses)), InputError);
}

/// One whole step with learning rate 0: losses and the norm of the gradient.
std::pair<at::Tensor, double> step_of(const std::unique_ptr<FlowStep>& step, const FlowBatch& batch) {
  step->begin(batch, 0.01, /*rate=*/0);
  while (!step->advance_step()) {
  }
  return {step->losses(), step->gradient_norm()};
}

TEST(VelocityDitStep, IsThatOfTwoHalvesWithAutograd) {
  models::VelocityDit net = random_net({2, 32, 2, 4, 3});
  optim::AdamW optimizer(net.parameters().flat(), net.parameters().flat_gradient(), optim::AdamWOptions{});
  for (const int64_t size : {1, 10, 11}) {
    const FlowBatch batch = random_batch(size);
    const auto [losses, norm] = step_of(make_parts_step(net, optimizer, 4), batch);
    for (const int64_t micro_batch : {3, 4, 100}) {
      const auto [ours, our_norm] = step_of(make_velocity_dit_step(net, optimizer, micro_batch), batch);
      EXPECT_TRUE(at::allclose(ours, losses, 1e-5, 1e-6));
      EXPECT_NEAR(our_norm, norm, 1e-5 * norm);
    }
  }
}

}  // namespace
}  // namespace lf::training
