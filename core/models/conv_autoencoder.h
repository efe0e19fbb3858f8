// The convolutional variational autoencoder of our own presets: small, and trained by the program.
#pragma once

#include <string>
#include <vector>

#include "kernels/arithmetic.h"
#include "models/autoencoder.h"

namespace lf::models {

/// Range to which log-variances of posteriors are clamped.
constexpr double kLeastLogVariance = -8, kMostLogVariance = 2;

/// The widths of one convolutional autoencoder.
struct ConvAutoencoderConfig {
  std::string name;         ///< as in the setting autoencoder.net
  int64_t w1, w2, w3;       ///< channels at 14×14, 7×7, 4×4
  int64_t residual_blocks;  ///< after each scale of the encoder and at 4×4 and 7×7 of the decoder
};

/// The table of autoencoders.
const std::vector<ConvAutoencoderConfig>& conv_autoencoder_table();
/// Throws InputError that lists the known ones.
const ConvAutoencoderConfig& conv_autoencoder_config(const std::string& name);
/// Names and shapes of its parameters, in the order of the data flow.
std::vector<ParameterSpec> conv_autoencoder_layout(const ConvAutoencoderConfig& config);

class ConvAutoencoder : public Autoencoder {
 public:
  ConvAutoencoder(const ConvAutoencoderConfig& config, at::Generator generator, bool trainable);

  /// As in Autoencoder; the log-variance is clamped to [−8, 2].
  Posterior encode(const at::Tensor& images) const override;
  at::Tensor decode(const at::Tensor& latents) const override;
  /// The same without autograd; the products use `arithmetic` where the layers are written by hand.
  at::Tensor decode(const at::Tensor& latents, kernels::Arithmetic arithmetic) const;
  /// latents (N, 4, 4, 4) → logits (N, 1, 28, 28); their sigmoid is the ink.
  at::Tensor decode_logits(const at::Tensor& latents) const;
  bool trained_here() const override { return true; }
  std::unique_ptr<Autoencoder> copy() const override;
  void move_to(at::Device device) override { parameters_.move_to(device, true); }
  int64_t slice_digits() const override { return parameters_.device().is_cpu() ? 250 : 4096; }

  /// Without residual blocks its layers also exist as hand-written code for the processor:
  /// conv_autoencoder_layers.h.
  bool has_rows() const { return config_.residual_blocks == 0 && parameters_.device().is_cpu(); }

  const ConvAutoencoderConfig& config() const { return config_; }
  ParameterSet& parameters() override { return parameters_; }
  const ParameterSet& parameters() const override { return parameters_; }

 private:
  ConvAutoencoder(const ConvAutoencoderConfig& config, ParameterSet parameters)
      : config_(config), parameters_(std::move(parameters)) {}

  bool by_rows(const at::Tensor& input, at::IntArrayRef sizes) const;
  at::Tensor residual(at::Tensor h, const std::string& name, int64_t width) const;
  at::Tensor conv(const at::Tensor& x, const std::string& name, int64_t stride, int64_t padding) const;

  ConvAutoencoderConfig config_;
  ParameterSet parameters_;
};

}  // namespace lf::models
