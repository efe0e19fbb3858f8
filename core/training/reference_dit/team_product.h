// Products of few rows with a large weight in bfloat16, shared by the team's threads. The weight is
// rounded one panel at a time while it passes through the cache, because a rounded copy would have
// to be written and read again in every step.
#pragma once

#include <ATen/ATen.h>

#include "kernels/bfloat/rows.h"
#include "parallel/fork_join.h"

namespace lf::training {

/// x (N, C) float32, rounded by the team.
void round_by_team(kernels::BfloatRows& rows, const at::Tensor& x);

/// y (N, O) = x (N, I) Wᵀ for W (O, I) contiguous.
at::Tensor team_forward(const kernels::BfloatRows& x, const at::Tensor& weight);

/// dx (N, I) = dy (N, O) W.
at::Tensor team_input_gradient(const kernels::BfloatRows& dy, const at::Tensor& weight);

/// gradient (rows.count, I) of rows [rows.first, …) of W = dyᵀ x, on the calling thread; rows.first is a
/// multiple of 32.
void gradient_rows(const kernels::BfloatRows& dy, const kernels::BfloatRows& x, parallel::RowRange rows,
                   at::Tensor& gradient);

}  // namespace lf::training
