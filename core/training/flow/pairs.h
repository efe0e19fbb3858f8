// Fixed pairs of noise and latent, used for training instead of independent pairs.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

#include "training/flow/batch.h"

namespace lf::training {

/// Row i of x0 flows to row i of x1.
struct FlowPairs {
  at::Tensor x0, x1;  ///< (N, 64) float32: noise and standardised latents
  at::Tensor labels;  ///< (N) int64, 10 where a pair was generated without a label

  int64_t size() const { return labels.size(0); }
  /// Rows [first, first + count), views.
  FlowPairs rows(int64_t first, int64_t count) const;
};

/// The pairs `indices` (B) int64 with times sampled as in `draw`; labels stay unchanged. A pure
/// function of the seed and `counter`, the step.
FlowBatch draw_pair_batch(const FlowPairs& pairs, const at::Tensor& indices, const BatchDraw& draw,
                          uint64_t counter);

}  // namespace lf::training
