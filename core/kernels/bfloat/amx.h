// The products of bfloat_multiply.h by oneDNN's kernels, which LibTorch hands on and which use AMX's tiles.
#pragma once

#include "kernels/bfloat/multiply.h"

namespace lf {

/// Where the processor has no AMX, oneDNN uses what there is: slower than multiply_avx512(), and the same
/// numbers but for the order of sums.
void multiply_amx(const BfloatLeft& a, const BfloatRight& b, const ProductResult& y);
void multiply_amx_transposed(const BfloatRight& a, const BfloatRight& b, const ProductResult& y);

}  // namespace lf
