// x Wᵀ by the fastest available product for few rows and a large weight.
#pragma once

#include <ATen/ATen.h>

namespace lf::training {

/// x (N, I) times the transpose of weight (O, I; any strides), plus bias (O) if defined: (N, O).
/// Called outside of a team: it uses LibTorch's threads.
at::Tensor linear_product(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias = {});

}  // namespace lf::training
