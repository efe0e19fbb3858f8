// The latents that the flow learns from: posterior mean and deviation of every digit, standardised per
// coordinate.
#pragma once

#include <ATen/ATen.h>

#include "models/autoencoder.h"

namespace lf {

/// Posteriors of a whole set, raw (not standardised).
struct Latents {
  at::Tensor mean, deviation;  ///< each (N, 64) float32
};

/// Shift and scale per coordinate of the *sampled* latent: s² = Var(μ) + E[σ²], floored at 1e-3 (science:
/// latent flow matching, item 1).
struct Standardisation {
  at::Tensor shift, scale;  ///< each (64) float32

  at::Tensor to_standard(const at::Tensor& raw) const { return (raw - shift) / scale; }
  at::Tensor to_raw(const at::Tensor& standard) const { return at::addcmul(shift, standard, scale); }
};

/// Measures shift and scale.
Standardisation standardise(const Latents& latents);

/// Encodes a set in bounded slices.
class LatentEncoder {
 public:
  /// `pixels` uint8 (N, 784).
  LatentEncoder(const Autoencoder& autoencoder, at::Tensor pixels);

  /// Encodes one block of 500 digits; false once all are done.
  bool advance();
  double progress() const;
  const Latents& latents() const { return latents_; }

 private:
  const Autoencoder& autoencoder_;
  at::Tensor pixels_;
  Latents latents_;
  int64_t next_ = 0;
};

}  // namespace lf
