#include "kernels/bfloat/multiply.h"

#include "kernels/bfloat/amx.h"
#include "kernels/bfloat/avx512.h"

namespace lf::kernels {

void multiply_bfloat(BFloatUnit unit, const BfloatLeft& a, const BfloatRight& b, const ProductResult& y) {
  if (y.rows == 0) return;
  unit == BFloatUnit::Amx ? multiply_amx(a, b, y) : multiply_avx512(a, b, y);
}

void multiply_bfloat_transposed(BFloatUnit unit, const BfloatRight& a, const BfloatRight& b,
                                const ProductResult& y) {
  if (y.rows == 0) return;
  unit == BFloatUnit::Amx ? multiply_amx_transposed(a, b, y) : multiply_avx512_transposed(a, b, y);
}

}  // namespace lf::kernels
