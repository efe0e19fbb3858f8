// The autoencoder of Stable Diffusion (Rombach et al. 2022) with the tensor names of its Python
// code (AutoencoderKL): pixels ↔ a Gaussian over a latent with an eighth of the side length (for
// four widths).
#pragma once

#include <ATen/ATen.h>

#include <string>
#include <vector>

#include "models/autoencoder.h"
#include "models/parameter_set.h"

namespace lf::models {

/// Shape of one AutoencoderKL. The defaults are sd-vae-ft-ema: 83,653,863 parameters in 248 tensors.
struct KlAutoencoderConfig {
  std::vector<int64_t> widths{128, 256, 512, 512};  ///< per scale, each a multiple of 32
  int64_t layers_per_block = 2;                     ///< residual blocks per scale (the decoder has one more)
  int64_t latent_channels = 4;
  int64_t image_channels = 3;
};

/// Throws InputError where the sizes do not fit together.
void check_kl_config(const KlAutoencoderConfig& config);

/// Encoder and decoder; not trained here, the weights come from a file.
class KlAutoencoder {
 public:
  /// Weights uniform within 1/√inputs, as in a new Python module; norms one and zero.
  KlAutoencoder(const KlAutoencoderConfig& config, at::Generator generator);

  /// images (N, 3, H, W) in [−1, 1], H and W multiples of 2^(scales−1) → posterior (N, C, H/…, W/…);
  /// log-variance clamped to [−30, 20].
  Posterior encode(const at::Tensor& images) const;
  /// latents (N, C, h, w), unscaled → images (N, 3, …), not clamped.
  at::Tensor decode(const at::Tensor& latents) const;

  const KlAutoencoderConfig& config() const { return config_; }
  ParameterSet& parameters() { return parameters_; }
  const ParameterSet& parameters() const { return parameters_; }

 private:
  at::Tensor conv(const at::Tensor& x, const std::string& name, int64_t padding, int64_t stride = 1) const;
  at::Tensor norm(const at::Tensor& x, const std::string& name) const;
  at::Tensor residual(const at::Tensor& x, const std::string& name) const;
  at::Tensor attention(const at::Tensor& x, const std::string& name) const;
  at::Tensor middle(const at::Tensor& x, const std::string& name) const;

  KlAutoencoderConfig config_;
  ParameterSet parameters_;
};

}  // namespace lf::models
