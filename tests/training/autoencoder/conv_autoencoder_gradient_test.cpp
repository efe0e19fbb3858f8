#include "training/autoencoder/conv_autoencoder_gradient.h"

#include <ATen/core/grad_mode.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "base/errors.h"
#include "data/batches.h"
#include "data/generator.h"
#include "kernels/convolution/bfloat_convolution.h"
#include "small_digits.h"
#include "training/autoencoder/trainer.h"

namespace lf::training {
namespace {

constexpr double kBeta = 0.3;

/// Random biases too, and log-variances on both sides of either limit.
models::ConvAutoencoder random_autoencoder(const std::string& name) {
  models::ConvAutoencoder net(models::conv_autoencoder_config(name),
                              data::make_generator(1, Purpose::AutoencoderInit), true);
  auto g = data::make_generator(2, Purpose::AutoencoderInit);
  const at::NoGradGuard no_grad;
  for (const auto& spec : net.parameters().specs()) {
    if (spec.shape.size() == 1) net.parameters().named(spec.name).detach().normal_(0, 0.2, g);
  }
  const at::Tensor bias = net.parameters().named("encoder.posterior.bias").detach();
  bias.narrow(0, 4, 4).copy_(at::tensor({-8.0f, 2.0f, -1.0f, 0.5f}));
  return net;
}

struct Digits {
  at::Tensor images, noise;

  Digits part(int64_t first, int64_t count) const {
    return {images.narrow(0, first, count), noise.narrow(0, first, count)};
  }
};

Digits some_digits(int64_t count, uint64_t seed = 3) {
  auto g = data::make_generator(seed, Purpose::AutoencoderNoise);
  const at::Tensor pixels = data::pixel_tensor(small_digits().train);
  return {
      data::image_batch(pixels, at::randint(pixels.size(0), {count}, g, at::kLong)),
      at::randn({count, models::kLatentChannels, models::kLatentSide, models::kLatentSide}, g, at::kFloat)};
}

struct Outcome {
  double loss;
  at::Tensor gradient;
};

/// In the network's own buffer.
Outcome by_autograd(const models::ConvAutoencoder& net, const Digits& d) {
  net.parameters().flat_gradient().zero_();
  const at::Tensor loss = autoencoder_loss(net, d.images, d.noise, kBeta).total;
  loss.backward();
  return {loss.item<double>(), net.parameters().flat_gradient().clone()};
}

Outcome by_hand(const models::ConvAutoencoder& net, ConvAutoencoderGradient& gradient, const Digits& d) {
  net.parameters().flat_gradient().zero_();
  const double loss = gradient.add(d.images, d.noise, kBeta, 1 / static_cast<double>(d.images.size(0)));
  return {loss, net.parameters().flat_gradient().clone()};
}

Outcome by_hand(const models::ConvAutoencoder& net, const Digits& d) {
  ConvAutoencoderGradient gradient(net);
  return by_hand(net, gradient, d);
}

/// Largest difference of each parameter's gradient against its largest number.
void expect_same(const models::ConvAutoencoder& net, const at::Tensor& ours, const at::Tensor& expected,
                 const std::string& from = "") {
  const models::ParameterSet& parameters = net.parameters();
  for (size_t i = 0; i < parameters.size(); ++i) {
    const std::string& name = parameters.specs()[i].name;
    const auto part = [&](const at::Tensor& flat) {
      return flat.narrow(0, parameters[i].storage_offset(), parameters[i].numel());
    };
    if (name.rfind(from, 0) != 0) {
      EXPECT_EQ(part(ours).abs().max().item<float>(), 0) << name;
      continue;
    }
    const double scale = part(expected).abs().max().item<double>();
    EXPECT_GT(scale, 0) << name;
    EXPECT_LE((part(ours) - part(expected)).abs().max().item<double>(), 1e-5 * scale) << name;
  }
}

TEST(ConvAutoencoderGradient, IsThatOfAutograd) {
  for (const char* name : {"conv-24-48-48", "conv-8-16-16"}) {
    const models::ConvAutoencoder net = random_autoencoder(name);
    for (const int64_t count : {1, 7, 64, 77}) {
      const Digits d = some_digits(count);
      const Outcome expected = by_autograd(net, d), ours = by_hand(net, d);
      EXPECT_NEAR(ours.loss, expected.loss, 1e-6 * expected.loss) << name << ", " << count;
      expect_same(net, ours.gradient, expected.gradient);
    }
  }
}

TEST(ConvAutoencoderGradient, WithRoundedOperandsIsNearlyThatOfAutograd) {
  if (!kernels::has_bfloat_convolutions())
    GTEST_SKIP() << "this processor does not multiply bfloat16 by AVX512_BF16";
  for (const char* name : {"conv-24-48-48", "conv-8-16-16"}) {
    const models::ConvAutoencoder net = random_autoencoder(name);
    const Digits d = some_digits(37);
    const Outcome expected = by_autograd(net, d);
    ConvAutoencoderGradient gradient(net, kernels::Arithmetic::BFloat16);
    const Outcome ours = by_hand(net, gradient, d), again = by_hand(net, gradient, d);
    EXPECT_NEAR(ours.loss, expected.loss, 1e-3 * expected.loss) << name;
    const double off = ((ours.gradient - expected.gradient).norm() / expected.gradient.norm()).item<double>();
    EXPECT_LT(off, 1e-2) << name;
    EXPECT_GT(off, 1e-5) << name << ": really rounded";
    EXPECT_TRUE(at::equal(ours.gradient, again.gradient));
  }
}

TEST(ConvAutoencoderGradient, RoundedOperandsLearnAsWell) {
  double last[2];
  for (const kernels::Arithmetic arithmetic : {kernels::Arithmetic::Float32, kernels::Arithmetic::BFloat16}) {
    models::ConvAutoencoder net(models::conv_autoencoder_config("conv-24-48-48"),
                                data::make_generator(1, Purpose::AutoencoderInit), true);
    AutoencoderTrainingOptions o;
    o.batch = 64;
    o.total_steps = 60;
    o.arithmetic = arithmetic;
    AutoencoderTrainer trainer(net, data::pixel_tensor(small_digits().train), o);
    while (!trainer.done()) trainer.advance_step();
    last[arithmetic == kernels::Arithmetic::BFloat16] = trainer.report().loss;
  }
  EXPECT_NEAR(last[1], last[0], 0.02 * last[0]);
}

TEST(ConvAutoencoderGradient, OfTheDecoderAloneIsThatOfAutograd) {
  const models::ConvAutoencoder net = random_autoencoder("conv-24-48-48");
  for (const int64_t count : {3, 20}) {
    const Digits d = some_digits(count);
    net.parameters().flat_gradient().zero_();
    const at::Tensor loss = at::binary_cross_entropy_with_logits(net.decode_logits(d.noise), d.images, {}, {},
                                                                 at::Reduction::Sum) /
                            count;
    loss.backward();
    const at::Tensor expected = net.parameters().flat_gradient().clone();
    net.parameters().flat_gradient().zero_();
    ConvAutoencoderGradient gradient(net);
    gradient.add(d.images, d.noise, kBeta, 1);  // values kept from the encoder must not be used again
    net.parameters().flat_gradient().zero_();
    const double ours = gradient.add_decoder(d.images, d.noise, 1 / static_cast<double>(count));
    EXPECT_NEAR(ours, loss.item<double>(), 1e-6 * ours);
    expect_same(net, net.parameters().flat_gradient(), expected, "decoder.");
  }
}

TEST(ConvAutoencoderGradient, PredictsTheLossNearby) {
  const at::NoGradGuard no_grad;
  const models::ConvAutoencoder net = random_autoencoder("conv-8-16-16");
  const Digits d = some_digits(12);
  const at::Tensor gradient = by_hand(net, d).gradient, flat = net.parameters().flat();
  const at::Tensor start = flat.clone(), direction = gradient / gradient.norm();
  const auto loss_at = [&](double step) {
    flat.copy_(start + step * direction);
    return by_hand(net, d).loss;
  };
  const double slope = (loss_at(2e-3) - loss_at(-2e-3)) / 4e-3;
  EXPECT_NEAR(slope, gradient.norm().item<double>(), 1e-2 * slope);
}

TEST(ConvAutoencoderGradient, PartsOfABatchAddUp) {
  const models::ConvAutoencoder net = random_autoencoder("conv-24-48-48");
  const Digits d = some_digits(23);
  const Outcome whole = by_hand(net, d);
  ConvAutoencoderGradient gradient(net);
  net.parameters().flat_gradient().zero_();
  double loss = 0;
  for (const auto& [first, count] : {std::pair{0, 9}, std::pair{9, 0}, std::pair{9, 14}}) {
    const Digits part = d.part(first, count);
    loss += gradient.add(part.images, part.noise, kBeta, 1.0 / 23);
  }
  EXPECT_NEAR(loss, whole.loss, 1e-6 * whole.loss);
  expect_same(net, net.parameters().flat_gradient(), whole.gradient);
}

TEST(ConvAutoencoderGradient, RepeatsExactlyAfterBatchesOfOtherSizes) {
  const models::ConvAutoencoder net = random_autoencoder("conv-24-48-48");
  ConvAutoencoderGradient gradient(net);
  const Digits d = some_digits(45);
  const Outcome first = by_hand(net, gradient, d);
  by_hand(net, gradient, some_digits(2, 5));
  gradient.add_decoder(d.images, d.noise, 0.1);
  const Outcome again = by_hand(net, gradient, d);
  EXPECT_TRUE(at::equal(first.gradient, again.gradient));
  EXPECT_EQ(first.loss, again.loss);
}

TEST(ConvAutoencoderGradient, FollowsWeightsThatChange) {
  const models::ConvAutoencoder net = random_autoencoder("conv-8-16-16");
  ConvAutoencoderGradient gradient(net);
  const Digits d = some_digits(5);
  by_hand(net, gradient, d);
  {
    const at::NoGradGuard no_grad;
    net.parameters().flat().mul_(1.1);
  }
  expect_same(net, by_hand(net, gradient, d).gradient, by_autograd(net, d).gradient);
}

TEST(ConvAutoencoderGradient, NumbersThatWentWrongAreSeen) {
  const models::ConvAutoencoder net = random_autoencoder("conv-8-16-16");
  {
    const at::NoGradGuard no_grad;
    net.parameters().named("encoder.conv2.bias").detach()[0] = std::numeric_limits<float>::quiet_NaN();
  }
  const Outcome outcome = by_hand(net, some_digits(9));
  EXPECT_TRUE(std::isnan(outcome.loss));
  EXPECT_TRUE(std::isnan(outcome.gradient.norm().item<double>()));
}

TEST(ConvAutoencoderGradient, RefusesOtherShapes) {
  const models::ConvAutoencoder net = random_autoencoder("conv-8-16-16");
  ConvAutoencoderGradient gradient(net);
  const Digits d = some_digits(4);
  EXPECT_THROW(gradient.add(d.images, d.noise.narrow(0, 0, 3), 1, 1), InputError);
  EXPECT_THROW(gradient.add(d.images.flatten(1), d.noise, 1, 1), InputError);
  EXPECT_THROW(gradient.add_decoder(d.images, d.noise.to(at::kDouble), 1), InputError);
}

}  // namespace
}  // namespace lf::training
