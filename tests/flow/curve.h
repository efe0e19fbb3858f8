// A non-linear, time-dependent equation with a closed solution: oscillating growth and decay,
// x' = 3 cos(3t/2) x (1 - x).
#pragma once

#include <ATen/ATen.h>

#include <cmath>

#include "flow/guidance.h"

namespace lf::flow {

inline VelocityField curve() {
  return [](const at::Tensor& x, double t) { return x * (1 - x) * (3 * std::cos(1.5 * t)); };
}

/// Its solution through (t_from, x): logit x' = logit x + 2 sin(3/2 t_to) - 2 sin(3/2 t_from).
inline at::Tensor curve_at(const at::Tensor& x, double t_from, double t_to) {
  return at::sigmoid(at::logit(x) + 2 * (std::sin(1.5 * t_to) - std::sin(1.5 * t_from)));
}

/// Starting points (2, 2), float64.
inline at::Tensor curve_start() { return at::tensor({0.1, 0.3, 0.5, 0.8}, at::kDouble).view({2, 2}); }

inline double largest_difference(const at::Tensor& a, const at::Tensor& b) {
  return (a.to(at::kDouble) - b.to(at::kDouble)).abs().max().item<double>();
}

}  // namespace lf::flow
