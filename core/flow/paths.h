// The conventions of the whole program, defined once:
//   time       t = 0 is noise, t = 1 is data
//   x0         noise, N(0, I);  x1 a (standardised) latent;  x_t the point between them
//   velocity   v = dx_t / dt
//   sigma_min  width that remains around x1 at t = 1 (0 in our presets, 0.001 in "original")
//   shapes     (B, ...): the first dimension counts samples, the rest is one sample, e.g. (4, 4, 4)
//   NFE        function evaluations per sample; a guided evaluation counts 2
#pragma once

#include <ATen/core/Tensor.h>

namespace lf::flow {

/// A point on the path of every sample, and its target velocity; both of the shape of x0.
struct PathSample {
  at::Tensor x_t;
  at::Tensor target;
};

/// The optimal-transport line (Lipman et al. 2023): `x_t = (1 - (1 - sigma_min) t) x0 + t x1` and
/// its velocity `x1 - (1 - sigma_min) x0`, constant in t. x0, x1: (B, ...); t: (B), in [0, 1].
PathSample ot_path(const at::Tensor& x0, const at::Tensor& x1, const at::Tensor& t, double sigma_min);

/// The endpoint estimate: where the line through (x_t, v) ends, `(1 - sigma_min) x_t + (1 - (1 -
/// sigma_min) t) v`. It is exactly x1 when v is the target of `ot_path`. x_t, v: (B, ...); t: (B)
/// or a scalar tensor.
at::Tensor endpoint_guess(const at::Tensor& x_t, const at::Tensor& v, const at::Tensor& t, double sigma_min);

/// The same with one time for the whole batch.
at::Tensor endpoint_guess(const at::Tensor& x_t, const at::Tensor& v, double t, double sigma_min);

}  // namespace lf::flow
