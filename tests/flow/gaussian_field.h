// The flow from N(0, I) to one Gaussian, in closed form.
#pragma once

#include <ATen/ATen.h>

namespace lf::flow {

/// Data x1 ~ N(mean, diag(deviation^2)). On the path, `x_t ~ N(t mean, D_t)` with `D_t = t^2
/// deviation^2 + (1 - (1 - sigma_min) t)^2`, so velocity and solution are known exactly.
struct GaussianField {
  at::Tensor mean;       ///< one sample (...)
  at::Tensor deviation;  ///< (...), >= 0
  double sigma_min = 0;

  /// The exact velocity `mean + D'_t / (2 D_t) (x - t mean)`. x: (B, ...).
  at::Tensor velocity(const at::Tensor& x, double t) const {
    const double shrink = 1 - sigma_min;
    const at::Tensor half_slope = t * deviation.square() - shrink * (1 - shrink * t);  // D'_t / 2
    return mean + half_slope / variance(t) * (x - t * mean);
  }

  /// The exact solution map: where a point x at t_from is at t_to (either order of times),
  /// `t_to mean + sqrt(D_to / D_from) (x - t_from mean)`.
  at::Tensor solution(const at::Tensor& x, double t_from, double t_to) const {
    const at::Tensor stretch = (variance(t_to) / variance(t_from)).sqrt();
    return t_to * mean + stretch * (x - t_from * mean);
  }

 private:
  at::Tensor variance(double t) const {
    const double sigma_t = 1 - (1 - sigma_min) * t;
    return t * t * deviation.square() + sigma_t * sigma_t;
  }
};

}  // namespace lf::flow
