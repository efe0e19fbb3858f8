// The part of a velocity that is known before training: that of a standard Gaussian.
#pragma once

#include <ATen/core/Tensor.h>

namespace lf::models {

/// If the standardised latents were Gaussian, N(0, I), x_t = (1 − t) x0 + t x1 would have the
/// variance s² = t² + (1 − t)². The best velocity would be linear, v = (2t − 1)/s² · x_t. A
/// preconditioned network (Karras et al. 2022, section 5, for flow matching) gets x_t/s as input
/// and its output is added to that velocity. It learns only the difference between digits and a
/// Gaussian.
at::Tensor preconditioned_input(const at::Tensor& x, const at::Tensor& t);
/// The Gaussian's velocity at x (B, …), t (B).
at::Tensor gaussian_velocity(const at::Tensor& x, const at::Tensor& t);

}  // namespace lf::models
