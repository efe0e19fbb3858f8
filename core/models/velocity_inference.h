// The forward of a VelocityDit written out by hand for one thread, for all that only asks for velocities.
#pragma once

#include <ATen/core/Tensor.h>

#include <memory>
#include <vector>

#include "kernels/tokens/attention.h"
#include "kernels/tokens/rows.h"
#include "models/packed_velocity_dit.h"

namespace lf {

/// What VelocityDit::forward gives, without a graph and in a third of the time: what depends on time and
/// label alone is computed once for each different pair, the rest for a few digits at a time, so that what
/// lies between two products stays in the processor's cache. One thread at a time.
class VelocityInference {
 public:
  /// With the weights in `packed`, which other inferences may share; `net` is asked for its shapes only. It
  /// outlives the inference.
  VelocityInference(const VelocityDit& net, std::shared_ptr<const PackedVelocityDit> packed);

  /// x (B, 4, 4, 4), t (B) in [0, 1], labels (B) int64 in 0…10 → velocity (B, 4, 4, 4). A digit's bytes do
  /// not depend on the others. Throws InputError where the shapes do not fit each other.
  at::Tensor velocity(const at::Tensor& x, const at::Tensor& t, const at::Tensor& labels);

 private:
  /// Fills modulation_, final_modulation_ and their rows.
  void condition(const at::Tensor& t, const at::Tensor& labels);
  /// Digits first … first + count, at most digits_: tokens (N, P) to velocities (N, P).
  void forward(int64_t first, int64_t count, const float* tokens, float* output);
  /// h = patches of the tokens + positions.
  void embed(const TokenRows& shape, const float* tokens);
  void forward_block(const TokenRows& shape, const PackedVelocityBlock& block, const int64_t* rows);
  Modulation modulation(const PackedVelocityBlock& block, int64_t index, const int64_t* rows) const;
  Modulation final_modulation(int64_t index, const int64_t* rows) const;
  NormRows norm_rows();

  const VelocityDit& net_;
  std::shared_ptr<const PackedVelocityDit> packed_;
  int64_t tokens_, width_, digits_;           ///< T, W and the digits that are computed together
  std::vector<int64_t> rows_;                 ///< (B): which of the C different conditions a digit has
  at::Tensor modulation_, final_modulation_;  ///< (C, 6W) without the blocks' biases, (C, 2W)
  std::vector<float> h_, normed_, branch_;    ///< (N, W): residual stream, what a branch reads and adds
  std::vector<float> wide_;                   ///< (N, max(3W, H)): queries, keys and values, or hidden
  std::vector<float> deviations_, no_bias_;   ///< (N), (2W) zeros
  std::vector<float> weights_, factors_;      ///< of attention
};

}  // namespace lf
