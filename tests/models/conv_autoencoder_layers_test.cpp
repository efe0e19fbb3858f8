#include "models/conv_autoencoder_layers.h"

#include <ATen/core/grad_mode.h>
#include <gtest/gtest.h>

#include "kernels/convolution/bfloat_convolution.h"

namespace lf::models {
namespace {

ConvAutoencoder make_layers(const std::string& name) {
  return ConvAutoencoder(conv_autoencoder_config(name), at::make_generator<at::CPUGeneratorImpl>(1), true);
}

/// With autograd on, the network uses LibTorch.
Posterior layers_by_libtorch(const ConvAutoencoder& net, const at::Tensor& images) {
  const Posterior q = net.encode(images);
  return {q.mean.detach(), q.log_variance.detach()};
}

TEST(ConvAutoencoderLayers, EncodeAndDecodeAsLibTorchDoes) {
  for (const char* name : {"conv-24-48-48", "conv-8-16-16"}) {
    const ConvAutoencoder net = make_layers(name);
    ASSERT_TRUE(net.has_rows());
    for (const int64_t count : {1, 8, 21}) {
      const at::Tensor images = at::rand({count, 1, 28, 28}), latents = at::randn({count, 4, 4, 4});
      const Posterior expected = layers_by_libtorch(net, images);
      const at::Tensor logits = net.decode_logits(latents).detach();
      const at::NoGradGuard no_grad;
      const Posterior ours = net.encode(images);
      EXPECT_TRUE(at::allclose(ours.mean, expected.mean, 1e-5, 1e-6)) << name;
      EXPECT_TRUE(at::allclose(ours.log_variance, expected.log_variance, 1e-5, 1e-6)) << name;
      EXPECT_TRUE(at::allclose(net.decode_logits(latents), logits, 1e-5, 2e-6)) << name;
      EXPECT_TRUE(at::allclose(net.decode(latents), logits.sigmoid(), 1e-5, 1e-6)) << name;
    }
  }
}

TEST(ConvAutoencoderLayers, ADigitGivesTheSameBytesInEveryBatch) {
  const at::NoGradGuard no_grad;
  const ConvAutoencoder net = make_layers("conv-24-48-48");
  const at::Tensor images = at::rand({19, 1, 28, 28});
  const Posterior together = net.encode(images);
  const at::Tensor decoded = net.decode(together.mean);
  for (int64_t i = 0; i < 19; ++i) {
    const Posterior alone = net.encode(images.narrow(0, i, 1));
    EXPECT_TRUE(at::equal(alone.mean[0], together.mean[i]));
    EXPECT_TRUE(at::equal(alone.log_variance[0], together.log_variance[i]));
    EXPECT_TRUE(at::equal(net.decode(alone.mean)[0], decoded[i]));
  }
}

TEST(ConvAutoencoderLayers, DecodeWithRoundedOperandsAlmostAlike) {
  const ConvAutoencoder net = make_layers("conv-24-48-48");
  const at::Tensor latents = at::randn({9, 4, 4, 4});
  const at::Tensor exact = net.decode(latents).detach(),
                   ours = net.decode(latents, kernels::Arithmetic::BFloat16);
  EXPECT_LT((ours - exact).abs().max().item<float>(), 1.0f / 255) << "less than a grey level";
  EXPECT_EQ(kernels::has_bfloat_convolutions(), !at::allclose(ours, exact, 0, 1e-6)) << "really rounded";
  EXPECT_TRUE(at::equal(net.decode(latents.narrow(0, 8, 1), kernels::Arithmetic::BFloat16)[0], ours[8]));
  const ConvAutoencoder large = make_layers("conv-64-96-128");
  EXPECT_TRUE(
      at::equal(large.decode(latents, kernels::Arithmetic::BFloat16), large.decode(latents).detach()));
}

TEST(ConvAutoencoderLayers, FollowWeightsThatChange) {
  const at::NoGradGuard no_grad;
  ConvAutoencoder net = make_layers("conv-8-16-16");
  const at::Tensor latents = at::zeros({1, 4, 4, 4}), before = net.decode_logits(latents);
  net.parameters().named("decoder.conv4.bias").detach().add_(3);
  EXPECT_TRUE(at::allclose(net.decode_logits(latents), before + 3));
}

TEST(ConvAutoencoderLayers, ResidualBlocksAreLibTorchs) {
  const at::NoGradGuard no_grad;
  const ConvAutoencoder net = make_layers("conv-64-96-128");
  EXPECT_FALSE(net.has_rows());
  EXPECT_EQ(net.decode(at::zeros({2, 4, 4, 4})).sizes(), (at::IntArrayRef{2, 1, 28, 28}));
}

TEST(ConvAutoencoderLayers, OtherNumbersAndShapesAreLibTorchs) {
  const at::NoGradGuard no_grad;
  const ConvAutoencoder net = make_layers("conv-8-16-16");
  EXPECT_EQ(net.encode(at::rand({0, 1, 28, 28})).mean.size(0), 0);
  EXPECT_THROW(net.encode(at::rand({2, 2, 28, 28})), c10::Error);
  EXPECT_THROW(net.decode(at::rand({2, 64})), c10::Error);
}

TEST(ConvAutoencoderLayers, PatchesAndPixelsAreInverse) {
  const at::Tensor images = at::rand({3, 28, 28}), patches = at::empty({3, 49, 16}),
                   back = at::empty_like(images);
  pixels_to_patches(3, images.data_ptr<float>(), patches.data_ptr<float>());
  const at::Tensor maps = patches.transpose(1, 2).reshape({3, 16, 7, 7});
  EXPECT_TRUE(at::equal(at::pixel_shuffle(maps, 4).squeeze(1), images));
  patches_to_pixels(3, patches.data_ptr<float>(), back.data_ptr<float>());
  EXPECT_TRUE(at::equal(back, images));
}

}  // namespace
}  // namespace lf::models
