#include "models/conv_autoencoder.h"

#include <ATen/core/grad_mode.h>
#include <gtest/gtest.h>

#include "base/errors.h"

namespace lf::models {
namespace {

ConvAutoencoder make(const std::string& name) {
  return ConvAutoencoder(conv_autoencoder_config(name), at::make_generator<at::CPUGeneratorImpl>(1), true);
}

TEST(Autoencoder, ShapesOfEveryNetInTheTable) {
  at::NoGradGuard no_grad;
  for (const auto& config : conv_autoencoder_table()) {
    const ConvAutoencoder net = make(config.name);
    const Posterior q = net.encode(at::rand({2, 1, 28, 28}));
    EXPECT_EQ(q.mean.sizes(), (at::IntArrayRef{2, 4, 4, 4})) << config.name;
    EXPECT_EQ(q.log_variance.sizes(), (at::IntArrayRef{2, 4, 4, 4})) << config.name;
    const at::Tensor image = net.decode(q.mean);
    EXPECT_EQ(image.sizes(), (at::IntArrayRef{2, 1, 28, 28})) << config.name;
    EXPECT_GE(image.min().item<float>(), 0);
    EXPECT_LE(image.max().item<float>(), 1);
  }
}

TEST(Autoencoder, FastNetHasTheDocumentedSize) {
  EXPECT_NEAR(static_cast<double>(make("conv-24-48-48").parameters().count()), 82000, 2000);
}

TEST(Autoencoder, LogVarianceIsClamped) {
  at::NoGradGuard no_grad;
  ConvAutoencoder net = make("conv-8-16-16");
  net.parameters().named("encoder.posterior.bias").detach().narrow(0, 4, 4).fill_(50);
  EXPECT_EQ(net.encode(at::rand({1, 1, 28, 28})).log_variance.max().item<float>(), 2);
  net.parameters().named("encoder.posterior.bias").detach().narrow(0, 4, 4).fill_(-50);
  EXPECT_EQ(net.encode(at::rand({1, 1, 28, 28})).log_variance.min().item<float>(), -8);
}

TEST(Autoencoder, EveryParameterReceivesAGradient) {
  ConvAutoencoder net = make("conv-64-96-128");
  const Posterior q = net.encode(at::rand({4, 1, 28, 28}));
  (net.decode_logits(q.mean).square().sum() + q.log_variance.square().sum()).backward();
  for (const auto& spec : net.parameters().specs()) {
    EXPECT_GT(net.parameters().named(spec.name).grad().abs().max().item<float>(), 0) << spec.name;
  }
}

TEST(Autoencoder, UnknownNetListsTheKnown) {
  try {
    conv_autoencoder_config("conv-1");
    FAIL() << "expected an error";
  } catch (const InputError& error) {
    EXPECT_NE(std::string(error.what()).find("conv-24-48-48"), std::string::npos);
  }
}

}  // namespace
}  // namespace lf::models
