// Evaluates a network on many digits at once.
#pragma once

#include <ATen/core/Tensor.h>

#include <functional>

#include "models/parameter_set.h"
#include "parallel/fork_join.h"

namespace lf::training {

/// Rows of `input` (N, …), N > 0, through `function` without autograd. Usually part by part, each
/// on one thread. All rows in one call if the network is so large that all threads should share its
/// weights, or if they are on another device. `slice_digits` is the network's own.
at::Tensor in_parts(
    const at::Tensor& input, const models::ParameterSet& network, int64_t slice_digits,
    const std::function<at::Tensor(const at::Tensor& rows, parallel::RowRange range)>& function);

}  // namespace lf::training
