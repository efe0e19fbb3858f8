// The products of multiply.h by oneDNN's kernels, which are available through LibTorch and use AMX's
// tiles.
#pragma once

#include "kernels/bfloat/multiply.h"

namespace lf::kernels {

/// On a processor without AMX, oneDNN uses other instructions: slower than multiply_avx512(), with
/// the same numbers up to the order of sums.
void multiply_amx(const BfloatLeft& a, const BfloatRight& b, const ProductResult& y);
void multiply_amx_transposed(const BfloatRight& a, const BfloatRight& b, const ProductResult& y);

}  // namespace lf::kernels
