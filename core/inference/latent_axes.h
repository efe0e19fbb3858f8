// Two axes through 64-dimensional latent space, chosen so that the digits fall apart: linear discriminants
// (Fisher 1936).
#pragma once

#include <ATen/ATen.h>

namespace lf {

/// Projects standardised latents (N, 64) to (N, 2).
struct LatentAxes {
  at::Tensor centre;      ///< (64)
  at::Tensor directions;  ///< (64, 2)
  bool by_class = false;  ///< discriminants; otherwise principal axes

  at::Tensor project(const at::Tensor& latents) const;
};

/// The two directions with the largest between-class over within-class variance; principal axes where fewer
/// than three classes are present. latents (N, 64) float32, labels (N) int64.
LatentAxes find_latent_axes(const at::Tensor& latents, const at::Tensor& labels);

}  // namespace lf
