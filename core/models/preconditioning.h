// What is known about a velocity before anything is learned: that of a standard Gaussian cloud.
#pragma once

#include <ATen/core/Tensor.h>

namespace lf {

/// Were the standardised latents a Gaussian N(0, I), x_t = (1 − t) x0 + t x1 would have the variance
/// s² = t² + (1 − t)² and the best velocity would be linear, v = (2t − 1)/s² · x_t. A preconditioned network
/// (Karras et al. 2022, section 5, for flow matching) gets x_t/s and adds what it says to that velocity: it
/// has to learn only what makes digits differ from a cloud.
at::Tensor preconditioned_input(const at::Tensor& x, const at::Tensor& t);
/// The Gaussian's velocity at x (B, …), t (B).
at::Tensor gaussian_velocity(const at::Tensor& x, const at::Tensor& t);

}  // namespace lf
