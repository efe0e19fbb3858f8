// Products of matrices rounded to bfloat16, summed in float32, on the calling thread.
#pragma once

#include <cstdint>

#include "kernels/arithmetic.h"
#include "kernels/bfloat/rows.h"

namespace lf::kernels {

/// Y (M, N) float32, rows `stride` numbers apart; `adds`: Y += the product, else Y = the product.
struct ProductResult {
  float* values = nullptr;
  int64_t rows = 0, columns = 0, stride = 0;
  bool adds = false;
};

/// Y = A B with A (M, K), B (K, N). Each row is summed in one order, whatever other rows there are.
/// `unit` must exist on this processor.
void multiply_bfloat(BFloatUnit unit, const BfloatLeft& a, const BfloatRight& b, const ProductResult& y);

/// Y (M, N) = Aᵀ B from right operands A (K, M) and B (K, N) of the same K: the gradient of a weight.
void multiply_bfloat_transposed(BFloatUnit unit, const BfloatRight& a, const BfloatRight& b,
                                const ProductResult& y);

}  // namespace lf::kernels
