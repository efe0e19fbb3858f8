// The block of a DiT, with adaptive layer norm (adaLN; Peebles & Xie 2022): both velocity networks are stacks
// of it. The passes written by hand for sampling (models/velocity_inference.h) and for training compute the
// same.
#pragma once

#include <ATen/core/Tensor.h>

#include <functional>

#include "models/velocity_probe.h"

namespace lf::models {

/// norm(h)·(1 + scale) + shift over the last dimension of h (B, T, W), with shift and scale (B, 1, W).
at::Tensor modulated(const at::Tensor& h, const at::Tensor& shift, const at::Tensor& scale);

/// Attention or MLP: (B, T, W) → (B, T, W).
using Branch = std::function<at::Tensor(const at::Tensor&)>;

/// h + gate·branch(modulated(h)), first with attention, then with the MLP. `modulation` (B, 6W): shift, scale
/// and gate of attention, then of the MLP. `noted` (may be null) records the sizes of all of them.
at::Tensor adaptive_block(at::Tensor h, const at::Tensor& modulation, const Branch& attention,
                          const Branch& mlp, BlockProbe* noted);

}  // namespace lf::models
