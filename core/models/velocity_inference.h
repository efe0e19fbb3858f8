// The forward pass of a VelocityDit, written by hand for one thread, for sampling.
#pragma once

#include <ATen/core/Tensor.h>

#include <memory>
#include <vector>

#include "kernels/tokens/attention.h"
#include "kernels/tokens/modulated_rows.h"
#include "models/packed_velocity_dit.h"

namespace lf::models {

/// Computes the same as VelocityDit::forward without a graph, in a third of the time. The part that
/// depends only on time and label is computed once per distinct pair. The rest is computed for a
/// few digits at a time, so that intermediate results stay in the processor's cache. One thread at
/// a time.
class VelocityInference {
 public:
  /// Uses the weights in `packed`, which other inferences may share, and only the shapes of `net`,
  /// which outlives the inference.
  VelocityInference(const VelocityDit& net, std::shared_ptr<const PackedVelocityDit> packed);

  /// x (B, 4, 4, 4), t (B) in [0, 1], labels (B) int64 in 0…10 → velocity (B, 4, 4, 4). The bytes
  /// of a digit do not depend on the others. Throws InputError if the shapes do not match.
  at::Tensor velocity(const at::Tensor& x, const at::Tensor& t, const at::Tensor& labels);

 private:
  /// Fills modulation_, final_modulation_ and their rows.
  void condition(const at::Tensor& t, const at::Tensor& labels);
  /// Digits first … first + count, at most digits_: tokens (N, P) to velocities (N, P).
  void forward(int64_t first, int64_t count, const float* tokens, float* output);
  /// h = patches of the tokens + positions.
  void embed(const kernels::TokenRows& shape, const float* tokens);
  void forward_block(const kernels::TokenRows& shape, const PackedVelocityBlock& block, const int64_t* rows);
  kernels::Modulation modulation(const PackedVelocityBlock& block, int64_t index, const int64_t* rows) const;
  kernels::Modulation final_modulation(int64_t index, const int64_t* rows) const;
  kernels::NormRows norm_rows();

  const VelocityDit& net_;
  std::shared_ptr<const PackedVelocityDit> packed_;
  int64_t tokens_, width_, digits_;           ///< T, W and the number of digits computed together
  std::vector<int64_t> rows_;                 ///< (B): which of the C distinct conditions a digit has
  at::Tensor modulation_, final_modulation_;  ///< (C, 6W) without the blocks' biases, (C, 2W)
  std::vector<float> h_, normed_, branch_;    ///< (N, W): residual stream, input and output of a branch
  std::vector<float> wide_;                   ///< (N, max(3W, H)): queries, keys and values, or hidden
  std::vector<float> deviations_, no_bias_;   ///< (N), (2W) zeros
  std::vector<float> weights_, factors_;      ///< of attention
};

}  // namespace lf::models
