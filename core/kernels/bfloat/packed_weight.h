// The weight of a linear layer, packed so that a product reads it sequentially, and that product.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

#include "kernels/arithmetic.h"
#include "kernels/bfloat/rows.h"

namespace lf::kernels {

/// A copy of W (O, I), float32: later changes of the original have no effect.
class PackedWeight {
 public:
  /// BFloat16 only if bfloat_unit() is not None.
  explicit PackedWeight(const at::Tensor& weight, Arithmetic arithmetic = Arithmetic::Float32);

  int64_t inputs() const { return inputs_; }
  int64_t outputs() const { return outputs_; }

  /// y (N, O) = x (N, I) Wᵀ on the calling thread. Each row is summed in one order, whatever other
  /// rows there are: a row gives the same bytes in every batch.
  void multiply(int64_t rows, const float* x, float* y) const;

 private:
  int64_t inputs_, outputs_;
  Arithmetic arithmetic_;
  /// (⌈O/32⌉, I, 32) float32, zero beyond O; or (⌈O/32⌉, padded pairs of I, 32) words of bfloat16.
  at::Tensor panels_;
};

}  // namespace lf::kernels
