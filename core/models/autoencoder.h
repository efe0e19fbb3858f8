// The convolutional variational autoencoder: 28×28 pixels ↔ a Gaussian over 4×4×4 latent numbers.
#pragma once

#include <ATen/ATen.h>

#include <string>
#include <utility>
#include <vector>

#include "models/parameter_set.h"

namespace lf {

/// Shape of a latent, fixed for our autoencoders: 4 channels of 4×4.
constexpr int64_t kLatentChannels = 4, kLatentSide = 4, kLatentSize = 64;

/// The widths of one autoencoder.
struct AutoencoderConfig {
  std::string name;         ///< as in the setting autoencoder.net
  int64_t w1, w2, w3;       ///< channels at 14×14, 7×7, 4×4
  int64_t residual_blocks;  ///< after each scale of the encoder and at 4×4 and 7×7 of the decoder
};

/// The visible table of them.
const std::vector<AutoencoderConfig>& autoencoder_table();
/// Throws InputError that lists the known.
const AutoencoderConfig& autoencoder_config(const std::string& name);

/// Diagonal Gaussian q(z|x): mean and log-variance, each (N, 4, 4, 4).
struct Posterior {
  at::Tensor mean, log_variance;
};

class Autoencoder {
 public:
  Autoencoder(const AutoencoderConfig& config, at::Generator generator, bool trainable);

  /// images (N, 1, 28, 28) in [0, 1] → posterior; log-variance clamped to [−8, 2].
  Posterior encode(const at::Tensor& images) const;
  /// latents (N, 4, 4, 4) → logits (N, 1, 28, 28); sigmoid makes them ink.
  at::Tensor decode_logits(const at::Tensor& latents) const;
  /// latents (N, 4, 4, 4) → images (N, 1, 28, 28) in [0, 1].
  at::Tensor decode(const at::Tensor& latents) const;

  const AutoencoderConfig& config() const { return config_; }
  ParameterSet& parameters() { return parameters_; }
  const ParameterSet& parameters() const { return parameters_; }

 private:
  at::Tensor residual(at::Tensor h, const std::string& name, int64_t width) const;
  at::Tensor conv(const at::Tensor& x, const std::string& name, int64_t stride, int64_t padding) const;

  AutoencoderConfig config_;
  ParameterSet parameters_;
};

}  // namespace lf
