// A plane through latent space on which fields are displayed.
#pragma once

#include <ATen/ATen.h>

#include <array>
#include <string>

namespace lf::lab {

/// At time t the plane holds x = t · centre + α axes[:, 0] + β axes[:, 1]. It moves with the mean
/// of the states, and a latent's path in it ends at the latent's own projection.
struct FieldPlane {
  at::Tensor centre;  ///< (64)
  at::Tensor axes;    ///< (64, 2) orthonormal
  double extent = 1;  ///< α and β from −extent to extent cover nearly all latents

  /// Latents (N, 64) projected on the plane (N, 2), for t = 1.
  at::Tensor project(const at::Tensor& latents) const;
  /// (side · side, 64) float32 states at time t, row by row from low β, α from low to high.
  at::Tensor states(int side, double t) const;
};

/// kind: "pca" (principal axes), "lda" (plane of the two best linear discriminants) or "digits"
/// (through the means of three classes). latents (N, 64), labels (N). InputError if the three
/// classes span no plane or do not all occur.
FieldPlane make_field_plane(const std::string& kind, const std::array<int64_t, 3>& digits,
                            const at::Tensor& latents, const at::Tensor& labels);

}  // namespace lf::lab
