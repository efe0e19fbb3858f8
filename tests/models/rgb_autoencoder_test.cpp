#include "models/rgb_autoencoder.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/core/grad_mode.h>
#include <gtest/gtest.h>

#include "input_error_of.h"

namespace lf::models {
namespace {

std::shared_ptr<KlAutoencoder> small_net(int64_t latent_channels = 4, size_t scales = 4) {
  KlAutoencoderConfig config;
  config.widths = std::vector<int64_t>(scales, 32);
  config.layers_per_block = 1;
  config.latent_channels = latent_channels;
  return std::make_shared<KlAutoencoder>(config, at::make_generator<at::CPUGeneratorImpl>(1));
}

TEST(RgbAutoencoder, DigitsBecomePaddedColourPicturesAndComeBack) {
  const at::Tensor digits = at::rand({3, 1, 28, 28});
  const at::Tensor pictures = digits_to_rgb(digits);
  EXPECT_EQ(pictures.sizes(), (at::IntArrayRef{3, 3, 32, 32}));
  EXPECT_EQ(pictures.select(2, 0).max().item<float>(), -1) << "the border is black";
  EXPECT_FLOAT_EQ(pictures[0][1][2][2].item<float>(), 2 * digits[0][0][0][0].item<float>() - 1);
  EXPECT_LT((rgb_to_digits(pictures) - digits).abs().max().item<float>(), 1e-6);
}

TEST(RgbAutoencoder, PicturesLeaveClampedAsLuminance) {
  const at::Tensor colours = at::tensor({3.0f, -0.5f, -7.0f}).view({1, 3, 1, 1}).expand({1, 3, 32, 32});
  const at::Tensor grey = rgb_to_digits(colours.contiguous());
  EXPECT_EQ(grey.sizes(), (at::IntArrayRef{1, 1, 28, 28}));
  EXPECT_NEAR(grey.mean().item<float>(), 0.299 * 1 + 0.587 * 0.25 + 0.114 * 0, 1e-6);
}

TEST(RgbAutoencoder, SpeaksTheInterfaceOfOurOwn) {
  at::NoGradGuard no_grad;
  const auto net = small_net();
  const RgbAutoencoder rgb(net, "file");
  const at::Tensor digits = at::rand({2, 1, 28, 28});
  const Posterior q = rgb.encode(digits);
  EXPECT_TRUE(at::allclose(q.mean, net->encode(digits_to_rgb(digits)).mean));
  EXPECT_EQ(q.mean.sizes(), (at::IntArrayRef{2, 4, 4, 4}));
  EXPECT_EQ(rgb.decode(q.mean).sizes(), (at::IntArrayRef{2, 1, 28, 28}));
  EXPECT_FALSE(rgb.trained_here());
  EXPECT_EQ(std::as_const(*rgb.copy()).parameters().flat().data_ptr(), rgb.parameters().flat().data_ptr());
}

TEST(RgbAutoencoder, RefusesOtherLatents) {
  for (const auto& net : {small_net(3), small_net(4, 3)}) {
    EXPECT_TRUE(
        has(input_error_of([&] { RgbAutoencoder(net, "vae.safetensors"); }), {"vae.safetensors", "4×4×4"}));
  }
}

}  // namespace
}  // namespace lf::models
