#include "models/kl_layout.h"

#include <cmath>

namespace lf::models {
namespace {

/// Collects the tensors module by module.
class Layout {
 public:
  void conv(const std::string& name, int64_t outputs, int64_t inputs, int64_t side) {
    weighted(name, {outputs, inputs, side, side}, inputs * side * side);
  }
  void linear(const std::string& name, int64_t width) { weighted(name, {width, width}, width); }
  void norm(const std::string& name, int64_t width) {
    specs_.push_back({name + ".weight", {width}, Initial::one()});
    specs_.push_back({name + ".bias", {width}, Initial::zero()});
  }
  void residual(const std::string& name, int64_t outputs, int64_t inputs) {
    norm(name + ".norm1", inputs);
    conv(name + ".conv1", outputs, inputs, 3);
    norm(name + ".norm2", outputs);
    conv(name + ".conv2", outputs, outputs, 3);
    if (inputs != outputs) conv(name + ".conv_shortcut", outputs, inputs, 1);
  }
  void middle(const std::string& name, int64_t width) {
    const std::string attention = name + ".attentions.0";
    norm(attention + ".group_norm", width);
    for (const char* part : {".to_q", ".to_k", ".to_v", ".to_out.0"}) linear(attention + part, width);
    for (const char* part : {".resnets.0", ".resnets.1"}) residual(name + part, width, width);
  }
  std::vector<ParameterSpec> take() { return std::move(specs_); }

 private:
  /// Weights and biases uniform within 1/√inputs.
  void weighted(const std::string& name, std::vector<int64_t> shape, int64_t inputs) {
    const Initial initial = Initial::uniform(1 / std::sqrt(static_cast<double>(inputs)));
    const int64_t outputs = shape[0];
    specs_.push_back({name + ".weight", std::move(shape), initial});
    specs_.push_back({name + ".bias", {outputs}, initial});
  }
  std::vector<ParameterSpec> specs_;
};

void encoder(Layout& layout, const KlAutoencoderConfig& c) {
  layout.conv("encoder.conv_in", c.widths.front(), c.image_channels, 3);
  int64_t width = c.widths.front();
  for (size_t i = 0; i < c.widths.size(); ++i) {
    const auto block = "encoder.down_blocks." + std::to_string(i);
    for (int64_t layer = 0; layer < c.layers_per_block; ++layer) {
      layout.residual(block + ".resnets." + std::to_string(layer), c.widths[i], width);
      width = c.widths[i];
    }
    if (i + 1 < c.widths.size()) layout.conv(block + ".downsamplers.0.conv", width, width, 3);
  }
  layout.middle("encoder.mid_block", width);
  layout.norm("encoder.conv_norm_out", width);
  layout.conv("encoder.conv_out", 2 * c.latent_channels, width, 3);
}

void decoder(Layout& layout, const KlAutoencoderConfig& c) {
  int64_t width = c.widths.back();
  layout.conv("decoder.conv_in", width, c.latent_channels, 3);
  for (size_t i = 0; i < c.widths.size(); ++i) {
    const auto block = "decoder.up_blocks." + std::to_string(i);
    const int64_t outputs = c.widths[c.widths.size() - 1 - i];
    for (int64_t layer = 0; layer <= c.layers_per_block; ++layer) {
      layout.residual(block + ".resnets." + std::to_string(layer), outputs, width);
      width = outputs;
    }
    if (i + 1 < c.widths.size()) layout.conv(block + ".upsamplers.0.conv", width, width, 3);
  }
  layout.middle("decoder.mid_block", c.widths.back());
  layout.norm("decoder.conv_norm_out", width);
  layout.conv("decoder.conv_out", c.image_channels, width, 3);
}

}  // namespace

std::vector<ParameterSpec> kl_layout(const KlAutoencoderConfig& config) {
  check_kl_config(config);
  Layout layout;
  encoder(layout, config);
  decoder(layout, config);
  layout.conv("quant_conv", 2 * config.latent_channels, 2 * config.latent_channels, 1);
  layout.conv("post_quant_conv", config.latent_channels, config.latent_channels, 1);
  return layout.take();
}

}  // namespace lf::models
