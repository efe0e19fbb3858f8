// The weight of a linear layer arranged so that a product reads it from front to back, and that product.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

namespace lf {

/// What a product multiplies; it always adds in float32.
enum class Precision { Float32, BFloat16 };

/// A copy of W (O, I), float32: later changes of the original do not reach it.
class PackedWeight {
 public:
  /// Where the processor has no instructions for bfloat16, `precision` counts as Float32.
  explicit PackedWeight(const at::Tensor& weight, Precision precision = Precision::Float32);

  int64_t inputs() const { return inputs_; }
  int64_t outputs() const { return outputs_; }

  /// y (N, O) = x (N, I) Wᵀ on the calling thread. Each row is summed in one order, whatever other rows there
  /// are: the same row gives the same bytes in every batch.
  void multiply(int64_t rows, const float* x, float* y) const;

 private:
  int64_t inputs_, outputs_;
  Precision precision_;
  at::Tensor panels_;  ///< (⌈O/32⌉, words a row, 32) of 32 bits: one float32 or two bfloat16; zero beyond O
};

}  // namespace lf
