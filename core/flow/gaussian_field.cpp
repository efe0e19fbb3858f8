#include "flow/gaussian_field.h"

#include <ATen/ATen.h>

namespace lf {

at::Tensor GaussianField::variance(double t) const {
  const double sigma_t = 1 - (1 - sigma_min) * t;
  return t * t * deviation.square() + sigma_t * sigma_t;
}

at::Tensor GaussianField::velocity(const at::Tensor& x, double t) const {
  const double shrink = 1 - sigma_min;
  const at::Tensor half_slope = t * deviation.square() - shrink * (1 - shrink * t);  // D'_t / 2
  return mean + half_slope / variance(t) * (x - t * mean);
}

at::Tensor GaussianField::solution(const at::Tensor& x, double t_from, double t_to) const {
  const at::Tensor stretch = (variance(t_to) / variance(t_from)).sqrt();
  return t_to * mean + stretch * (x - t_from * mean);
}

}  // namespace lf
