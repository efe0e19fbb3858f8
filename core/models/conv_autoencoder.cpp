#include "models/conv_autoencoder.h"

#include <ATen/core/grad_mode.h>

#include <cmath>

#include "base/errors.h"
#include "base/image_shape.h"
#include "models/conv_autoencoder_layers.h"

namespace lf::models {
namespace {

/// Collects the parameters of the layers, in the order of the data flow.
class Layers {
 public:
  void conv(const std::string& name, int64_t in, int64_t out, int64_t kernel) {
    // Variance 1/fan_in, sampled uniformly: signals keep their magnitude through the layers.
    const double half_width = std::sqrt(3.0 / static_cast<double>(in * kernel * kernel));
    specs.push_back({name + ".weight", {out, in, kernel, kernel}, Initial::uniform(half_width)});
    specs.push_back({name + ".bias", {out}, Initial::zero()});
  }
  void norm(const std::string& name, int64_t width) {
    specs.push_back({name + ".weight", {width}, Initial::one()});
    specs.push_back({name + ".bias", {width}, Initial::zero()});
  }
  void residuals(const std::string& name, int64_t width, int64_t blocks) {
    for (int64_t i = 0; i < blocks; ++i) {
      const auto block = name + "." + std::to_string(i);
      norm(block + ".norm1", width);
      conv(block + ".conv1", width, width, 3);
      norm(block + ".norm2", width);
      conv(block + ".conv2", width, width, 3);
    }
  }
  std::vector<ParameterSpec> specs;
};

}  // namespace

std::vector<ParameterSpec> conv_autoencoder_layout(const ConvAutoencoderConfig& c) {
  Layers layers;
  layers.conv("encoder.conv1", 1, c.w1, 3);
  layers.residuals("encoder.res1", c.w1, c.residual_blocks);
  layers.conv("encoder.conv2", c.w1, c.w2, 3);
  layers.residuals("encoder.res2", c.w2, c.residual_blocks);
  layers.conv("encoder.conv3", c.w2, c.w3, 3);
  layers.residuals("encoder.res3", c.w3, c.residual_blocks);
  layers.conv("encoder.posterior", c.w3, 2 * kLatentChannels, 1);
  layers.conv("decoder.conv1", kLatentChannels, c.w3, 3);
  layers.residuals("decoder.res1", c.w3, c.residual_blocks);
  layers.conv("decoder.conv2", c.w3, c.w3, 3);
  layers.conv("decoder.conv3", c.w3, c.w3, 3);
  layers.residuals("decoder.res2", c.w3, c.residual_blocks);
  layers.conv("decoder.conv4", c.w3, 16, 3);
  return layers.specs;
}

const std::vector<ConvAutoencoderConfig>& conv_autoencoder_table() {
  static const std::vector<ConvAutoencoderConfig> table{
      {"conv-24-48-48", 24, 48, 48, 0}, {"conv-8-16-16", 8, 16, 16, 0}, {"conv-64-96-128", 64, 96, 128, 2}};
  return table;
}

const ConvAutoencoderConfig& conv_autoencoder_config(const std::string& name) {
  std::string known;
  for (const auto& config : conv_autoencoder_table()) {
    if (config.name == name) return config;
    known += (known.empty() ? "" : ", ") + config.name;
  }
  throw InputError("unknown autoencoder '" + name + "'; known are " + known);
}

ConvAutoencoder::ConvAutoencoder(const ConvAutoencoderConfig& config, at::Generator generator, bool trainable)
    : config_(config), parameters_(conv_autoencoder_layout(config), std::move(generator), trainable) {}

std::unique_ptr<Autoencoder> ConvAutoencoder::copy() const {
  return std::unique_ptr<Autoencoder>(new ConvAutoencoder(config_, parameters_.copy()));
}

at::Tensor ConvAutoencoder::conv(const at::Tensor& x, const std::string& name, int64_t stride,
                                 int64_t padding) const {
  return at::conv2d(x, parameters_.named(name + ".weight"), parameters_.named(name + ".bias"),
                    {stride, stride}, {padding, padding});
}

at::Tensor ConvAutoencoder::residual(at::Tensor h, const std::string& name, int64_t width) const {
  const int64_t groups = width / 8;
  for (int64_t i = 0; i < config_.residual_blocks; ++i) {
    const auto block = name + "." + std::to_string(i);
    const auto norm = [&](const at::Tensor& x, const std::string& which) {
      return at::silu(at::group_norm(x, groups, parameters_.named(block + which + ".weight"),
                                     parameters_.named(block + which + ".bias")));
    };
    h = h + conv(norm(conv(norm(h, ".norm1"), block + ".conv1", 1, 1), ".norm2"), block + ".conv2", 1, 1);
  }
  return h;
}

/// True if no gradients are needed and (N, `sizes`) and the layers are those of
/// conv_autoencoder_layers.h.
bool ConvAutoencoder::by_rows(const at::Tensor& input, at::IntArrayRef sizes) const {
  return has_rows() && !at::GradMode::is_enabled() && input.is_cpu() && input.scalar_type() == at::kFloat &&
         input.dim() == 4 && input.size(0) > 0 && input.sizes().slice(1) == sizes;
}

Posterior ConvAutoencoder::encode(const at::Tensor& images) const {
  const at::Device home = parameters_.device();
  if (images.device() != home) return encode(images.to(home)).to(images.device());
  if (by_rows(images, {1, kDigitSide, kDigitSide})) return encode_by_rows(parameters_, images);
  at::Tensor h = at::silu(conv(images, "encoder.conv1", 2, 1));  // (N, w1, 14, 14)
  h = residual(h, "encoder.res1", config_.w1);
  h = at::silu(conv(h, "encoder.conv2", 2, 1));  // (N, w2, 7, 7)
  h = residual(h, "encoder.res2", config_.w2);
  h = at::silu(conv(h, "encoder.conv3", 2, 1));  // (N, w3, 4, 4)
  h = residual(h, "encoder.res3", config_.w3);
  const auto parts = conv(h, "encoder.posterior", 1, 0).chunk(2, 1);  // 2 × (N, 4, 4, 4)
  return {parts[0], parts[1].clamp(kLeastLogVariance, kMostLogVariance)};
}

at::Tensor ConvAutoencoder::decode_logits(const at::Tensor& latents) const {
  const at::Device home = parameters_.device();
  if (latents.device() != home) return decode_logits(latents.to(home)).to(latents.device());
  if (by_rows(latents, {kLatentChannels, kLatentSide, kLatentSide}))
    return decode_by_rows(parameters_, latents, /*as_ink=*/false);
  at::Tensor h = at::silu(conv(latents, "decoder.conv1", 1, 1));  // (N, w3, 4, 4)
  h = residual(h, "decoder.res1", config_.w3);
  h = at::upsample_nearest2d(h, {7, 7});
  h = at::silu(conv(h, "decoder.conv2", 1, 1));
  h = h + at::silu(conv(h, "decoder.conv3", 1, 1));  // (N, w3, 7, 7)
  h = residual(h, "decoder.res2", config_.w3);
  return at::pixel_shuffle(conv(h, "decoder.conv4", 1, 1), 4);  // (N, 16, 7, 7) → (N, 1, 28, 28)
}

at::Tensor ConvAutoencoder::decode(const at::Tensor& latents) const {
  if (by_rows(latents, {kLatentChannels, kLatentSide, kLatentSide}))
    return decode_by_rows(parameters_, latents, /*as_ink=*/true);
  return at::sigmoid(decode_logits(latents));
}

at::Tensor ConvAutoencoder::decode(const at::Tensor& latents, kernels::Arithmetic arithmetic) const {
  const at::NoGradGuard no_grad;
  if (by_rows(latents, {kLatentChannels, kLatentSide, kLatentSide}))
    return decode_by_rows(parameters_, latents, /*as_ink=*/true, arithmetic);
  return decode(latents);
}

}  // namespace lf::models
