// Two axes through 64-dimensional latent space: principal axes (Pearson 1901), or linear
// discriminants that separate the classes (Fisher 1936).
#pragma once

#include <ATen/ATen.h>

namespace lf::inference {

/// Projects standardised latents (N, 64) to (N, 2).
struct LatentAxes {
  at::Tensor centre;      ///< (64)
  at::Tensor directions;  ///< (64, 2)
  bool by_class = false;  ///< discriminants; otherwise principal axes

  at::Tensor project(const at::Tensor& latents) const;
};

/// The two directions with the largest between-class over within-class variance, scaled so that
/// classes have variance 1 along them. Their signs follow from the class means, so that other
/// samples of the same latents give the same picture. Principal axes if fewer than three classes
/// are present. latents (N, D) floating, labels (N) int64.
LatentAxes find_latent_axes(const at::Tensor& latents, const at::Tensor& labels);

/// The two orthonormal directions with the largest variance. latents (N, D) floating.
LatentAxes find_principal_axes(const at::Tensor& latents);

/// Aligns the axes of other samples of the same latents with those shown before: the same order,
/// the same signs.
void align_axes(LatentAxes& axes, const LatentAxes& shown);

/// Of the eight matrices (2, 2) that mirror or exchange two axes, the one after which `places` (N,
/// 2) are most like `shown` (N, 2), row by row; both are centred at the origin. float.
at::Tensor most_alike_turn(const at::Tensor& places, const at::Tensor& shown);

/// The same, followed by a rotation towards those shown (orthogonal Procrustes problem, Schönemann
/// 1966) if the axes have turned between two previews. All of that rotation but the last `degrees`
/// is undone. The map then turns little from preview to preview, and ends on its axes once it no
/// longer changes.
at::Tensor gradual_turn(const at::Tensor& places, const at::Tensor& shown, double degrees);

/// The share in [0, 1] of the variance of latents (N, D) that is in the plane of the axes.
double variance_share(const LatentAxes& axes, const at::Tensor& latents);

}  // namespace lf::inference
