// How a network of a model is asked about many digits at once.
#pragma once

#include <ATen/core/Tensor.h>

#include <functional>

#include "models/parameter_set.h"
#include "parallel/fork_join.h"

namespace lf {

/// Rows of `input` (N, …), N > 0, through `function` without autograd: part by part at the same time, each
/// on one thread, or all rows in one call where the network is so large that every thread should work on the
/// same weights, or where they are on another device. `slice_digits` is the network's own.
at::Tensor in_parts(const at::Tensor& input, const ParameterSet& network, int64_t slice_digits,
                    const std::function<at::Tensor(const at::Tensor& rows, RowRange range)>& function);

}  // namespace lf
