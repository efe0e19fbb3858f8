// The latents that the flow learns: posterior mean and standard deviation of every digit, and their
// standardisation.
#pragma once

#include <ATen/ATen.h>

#include "models/autoencoder.h"

namespace lf::training {

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

/// Mean and standard deviation per coordinate of the *sampled* latent: s² = Var(μ) + E[σ²], at
/// least 1e-3. The flow learns samples of the posteriors, so their variance counts too.
Standardisation standardise(const Latents& latents);

/// standard = raw · factor for every coordinate, as in the reference system.
Standardisation scale_by(double factor);

/// 1 / standard deviation of the sampled latent over all coordinates: the factor that gives it unit
/// variance.
double unit_factor(const Latents& latents);

/// E[x1²] of the standardised, sampled latents (see start_loss.h).
double mean_square(const Latents& latents, const Standardisation& standardisation);

}  // namespace lf::training
