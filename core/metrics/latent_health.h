// Is the latent space healthy? How much every coordinate varies, and how many carry information.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <vector>

namespace lf::metrics {

/// Standard deviation of every coordinate of the posterior means over the data: `means` (N, D) float, N >= 1.
std::vector<float> latent_deviations(const at::Tensor& means);

/// Number of coordinates whose posterior mean varies over the data: Var(μ) > 0.01.
int64_t active_units(const std::vector<float>& deviations);

}  // namespace lf::metrics
