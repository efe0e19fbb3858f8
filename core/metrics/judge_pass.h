// The judge's network as hand-written products: it scores many images at a time while a network
// trains beside it.
#pragma once

#include <ATen/core/Tensor.h>

#include <vector>

#include "metrics/judge_network.h"
#include "models/packed_convolution.h"

namespace lf::metrics {

/// Packed weights of one judge. Always float32: a score must not depend on the processor's fastest
/// arithmetic.
class JudgePass {
 public:
  /// `parameters` (float32) have the order and shapes of judge_parameters().
  explicit JudgePass(const std::vector<at::Tensor>& parameters);

  /// judge_forward() without autograd, up to the order of its sums. Images are distributed over the
  /// threads; several threads may call it at once.
  JudgeOutput run(const at::Tensor& images) const;

 private:
  struct Grids;
  void convolutions(int64_t n, const float* images, Grids& grids, float* rows) const;
  void part(const at::Tensor& images, at::Tensor features, at::Tensor logits) const;

  models::PackedConvolution conv1_, conv2_, conv3_, conv4_;
  at::Tensor features_, features_bias_;  ///< (64, 576) with the positions before the channels, (64)
  at::Tensor classes_, classes_bias_;    ///< (10, 64), (10)
};

}  // namespace lf::metrics
