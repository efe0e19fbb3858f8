// Inner values of a velocity network during one forward pass, for display.
#pragma once

#include <ATen/core/Tensor.h>

#include <vector>

namespace lf::models {

/// One block of a transformer, for B samples of T tokens.
struct BlockProbe {
  at::Tensor attention;  ///< (B, heads, T, T) softmax weights: row the query token, column the key token
  /// (B, 6) RMS over the width of the block's modulation: shift, scale and gate of attention, then
  /// of the MLP.
  at::Tensor modulation;
  /// (B, 2) RMS over tokens and width of the residual stream before the attention branch and before
  /// the MLP branch.
  at::Tensor stream;
  at::Tensor branch;  ///< (B, 2) the same of the output of each branch, gate included
};

struct VelocityProbe {
  at::Tensor time_features;  ///< (B, F) features of t that the network gets: cosines, then sines
  std::vector<BlockProbe> blocks;
};

/// RMS of x (B, …) over all but the first dimension: (B).
at::Tensor rms_per_sample(const at::Tensor& x);
/// Softmax weights of queries and keys (…, T, D), scaled by 1/√D: (…, T, T).
at::Tensor attention_weights(const at::Tensor& queries, const at::Tensor& keys);
/// RMS of each of the six parts (B, 1, W) of a modulation: (B, 6).
at::Tensor modulation_sizes(const std::vector<at::Tensor>& parts);
/// Records the output of a branch: `gate` (B, 1, W) times `branch` (B, T, W), relative to `stream`
/// (B, T, W).
void note_branch(BlockProbe& block, const at::Tensor& stream, const at::Tensor& gate,
                 const at::Tensor& branch);

}  // namespace lf::models
