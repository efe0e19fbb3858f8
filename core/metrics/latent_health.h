// Statistics of the latent space: moments of every coordinate, and how many carry information.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

namespace lf {

/// Moments per coordinate, each (D) float64.
struct LatentHealth {
  at::Tensor mean;
  at::Tensor deviation;
  at::Tensor kurtosis;  ///< fourth standardised moment, 3 for a Gaussian; NaN for a constant coordinate
};

/// Moments of `latents` (N, ...), flattened to (N, D).
LatentHealth latent_health(const at::Tensor& latents);

/// Number of coordinates whose posterior mean varies over the data: Var(μ) > 0.01. `means` (N, ...).
int64_t active_units(const at::Tensor& means);

}  // namespace lf
