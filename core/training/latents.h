// The latents that the flow learns from: posterior mean and deviation of every digit, and the scale on which
// the flow sees them.
#pragma once

#include <ATen/ATen.h>

#include "models/autoencoder.h"

namespace lf {

/// Posteriors of some digits, raw (not standardised).
struct Latents {
  at::Tensor mean, deviation;  ///< each (N, 64) float32
};

/// Shift and scale per coordinate: standard = (raw − shift) / scale.
struct Standardisation {
  at::Tensor shift, scale;  ///< each (64) float32

  at::Tensor to_standard(const at::Tensor& raw) const { return (raw - shift) / scale; }
  at::Tensor to_raw(const at::Tensor& standard) const { return at::addcmul(shift, standard, scale); }
};

/// Mean and spread per coordinate of the *sampled* latent: s² = Var(μ) + E[σ²], floored at 1e-3 (science:
/// latent flow matching, item 1).
Standardisation standardise(const Latents& latents);

/// standard = raw · factor for every coordinate, as the reference system scales its latents.
Standardisation scale_by(double factor);

/// 1 / spread of the sampled latent over all coordinates: the factor that gives it spread 1.
double unit_factor(const Latents& latents);

/// E[x1²] of the standardised, sampled latents (see start_loss.h).
double mean_square(const Latents& latents, const Standardisation& standardisation);

}  // namespace lf
