// The products of multiply.h by AVX512_BF16.
#pragma once

#include "kernels/bfloat/multiply.h"

namespace lf::kernels {

void multiply_avx512(const BfloatLeft& a, const BfloatRight& b, const ProductResult& y);
void multiply_avx512_transposed(const BfloatRight& a, const BfloatRight& b, const ProductResult& y);

}  // namespace lf::kernels
