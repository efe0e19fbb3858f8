#include "models/kl_autoencoder.h"

#include <cmath>

#include "base/errors.h"
#include "models/kl_layout.h"

namespace lf::models {
namespace {

constexpr int64_t kGroups = 32;
constexpr double kGroupNormEpsilon = 1e-6;

[[noreturn]] void refuse(const std::string& what) {
  throw InputError("this AutoencoderKL cannot be built: " + what);
}

}  // namespace

void check_kl_config(const KlAutoencoderConfig& c) {
  if (c.widths.empty() || c.widths.size() > 8) refuse("give 1 to 8 widths");
  for (const int64_t width : c.widths) {
    if (width < kGroups || width > 8192 || width % kGroups != 0)
      refuse("width " + std::to_string(width) +
             " is not a multiple of 32 (its norms have 32 groups) up to 8192");
  }
  if (c.layers_per_block < 1 || c.layers_per_block > 16) refuse("layers_per_block must be 1 to 16");
  if (c.latent_channels < 1 || c.latent_channels > 256) refuse("latent_channels must be 1 to 256");
  if (c.image_channels < 1 || c.image_channels > 16) refuse("its images must have 1 to 16 channels");
}

KlAutoencoder::KlAutoencoder(const KlAutoencoderConfig& config, at::Generator generator)
    : config_(config), parameters_(kl_layout(config), std::move(generator), false) {}

at::Tensor KlAutoencoder::conv(const at::Tensor& x, const std::string& name, int64_t padding,
                               int64_t stride) const {
  return at::conv2d(x, parameters_.named(name + ".weight"), parameters_.named(name + ".bias"),
                    /*stride=*/at::IntArrayRef{stride, stride},
                    /*padding=*/at::IntArrayRef{padding, padding});
}

at::Tensor KlAutoencoder::norm(const at::Tensor& x, const std::string& name) const {
  return at::group_norm(x, kGroups, parameters_.named(name + ".weight"), parameters_.named(name + ".bias"),
                        kGroupNormEpsilon);
}

at::Tensor KlAutoencoder::residual(const at::Tensor& x, const std::string& name) const {
  at::Tensor h = conv(at::silu(norm(x, name + ".norm1")), name + ".conv1", 1);
  h = conv(at::silu(norm(h, name + ".norm2")), name + ".conv2", 1);
  return h.size(1) == x.size(1) ? x + h : conv(x, name + ".conv_shortcut", 0) + h;
}

/// One head over all positions.
at::Tensor KlAutoencoder::attention(const at::Tensor& x, const std::string& name) const {
  const at::Tensor rows = norm(x, name + ".group_norm").flatten(2).transpose(1, 2);  // (N, H·W, C)
  const auto linear = [&](const at::Tensor& input, const char* part) {
    return at::linear(input, parameters_.named(name + part + ".weight"),
                      parameters_.named(name + part + ".bias"));
  };
  const at::Tensor weights = at::softmax(
      at::bmm(linear(rows, ".to_q"), linear(rows, ".to_k").transpose(1, 2)) / std::sqrt(double(x.size(1))),
      -1);
  const at::Tensor mixed = linear(at::bmm(weights, linear(rows, ".to_v")), ".to_out.0");
  return x + mixed.transpose(1, 2).reshape(x.sizes());
}

at::Tensor KlAutoencoder::middle(const at::Tensor& x, const std::string& name) const {
  return residual(attention(residual(x, name + ".resnets.0"), name + ".attentions.0"), name + ".resnets.1");
}

Posterior KlAutoencoder::encode(const at::Tensor& images) const {
  const at::Device home = parameters_.device();
  if (images.device() != home) return encode(images.to(home)).to(images.device());
  at::Tensor h = conv(images, "encoder.conv_in", 1);
  for (size_t i = 0; i < config_.widths.size(); ++i) {
    const auto block = "encoder.down_blocks." + std::to_string(i);
    for (int64_t layer = 0; layer < config_.layers_per_block; ++layer)
      h = residual(h, block + ".resnets." + std::to_string(layer));
    if (i + 1 == config_.widths.size()) break;
    h = conv(at::constant_pad_nd(h, {0, 1, 0, 1}), block + ".downsamplers.0.conv", 0, 2);  // right and bottom
  }
  h = at::silu(norm(middle(h, "encoder.mid_block"), "encoder.conv_norm_out"));
  const auto halves = conv(conv(h, "encoder.conv_out", 1), "quant_conv", 0).chunk(2, 1);
  return {halves[0], halves[1].clamp(-30, 20)};
}

at::Tensor KlAutoencoder::decode(const at::Tensor& latents) const {
  const at::Device home = parameters_.device();
  if (latents.device() != home) return decode(latents.to(home)).to(latents.device());
  at::Tensor h = conv(conv(latents, "post_quant_conv", 0), "decoder.conv_in", 1);
  h = middle(h, "decoder.mid_block");
  for (size_t i = 0; i < config_.widths.size(); ++i) {
    const auto block = "decoder.up_blocks." + std::to_string(i);
    for (int64_t layer = 0; layer <= config_.layers_per_block; ++layer)
      h = residual(h, block + ".resnets." + std::to_string(layer));
    if (i + 1 == config_.widths.size()) break;
    h = h.repeat_interleave(2, 2).repeat_interleave(2, 3);  // nearest neighbour, twice the side
    h = conv(h, block + ".upsamplers.0.conv", 1);
  }
  return conv(at::silu(norm(h, "decoder.conv_norm_out")), "decoder.conv_out", 1);
}

}  // namespace lf::models
