// The flow from N(0, I) to one Gaussian, in closed form, for tests.
#pragma once

#include <ATen/core/Tensor.h>

namespace lf {

/// Data x1 ~ N(mean, diag(deviation^2)). On the path, `x_t ~ N(t mean, D_t)` with `D_t = t^2
/// deviation^2 + (1 - (1 - sigma_min) t)^2`, so velocity and solution are known exactly.
struct GaussianField {
  at::Tensor mean;       ///< one sample (...)
  at::Tensor deviation;  ///< (...), >= 0
  double sigma_min = 0;

  /// The exact velocity `mean + D'_t / (2 D_t) (x - t mean)`. x: (B, ...).
  at::Tensor velocity(const at::Tensor& x, double t) const;

  /// The exact solution map: where a point x at t_from is at t_to (either order of times),
  /// `t_to mean + sqrt(D_to / D_from) (x - t_from mean)`.
  at::Tensor solution(const at::Tensor& x, double t_from, double t_to) const;

 private:
  at::Tensor variance(double t) const;
};

}  // namespace lf
