// The weight of a linear layer arranged so that a product reads it from front to back, and that product.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

namespace lf {

/// A copy of W (O, I), float32: later changes of the original do not reach it.
class PackedWeight {
 public:
  explicit PackedWeight(const at::Tensor& weight);

  int64_t inputs() const { return panels_.size(1); }
  int64_t outputs() const { return outputs_; }

  /// y (N, O) = x (N, I) Wᵀ on the calling thread. Each row is summed in one order, whatever other rows there
  /// are: the same row gives the same bytes in every batch.
  void multiply(int64_t rows, const float* x, float* y) const;

 private:
  int64_t outputs_;
  at::Tensor panels_;  ///< (⌈O/32⌉, I, 32), zero beyond O
};

}  // namespace lf
