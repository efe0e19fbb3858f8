#include "kernels/bfloat/amx.h"

#include <ATen/native/CPUBlas.h>

#include <algorithm>
#include <vector>

namespace lf::kernels {
namespace {

namespace blas = at::native::cpublas;

constexpr int64_t kCallRows = 256;  ///< more rows leave the cache, fewer do not pay for the call

const at::BFloat16* numbers(const BfloatPair* words) { return reinterpret_cast<const at::BFloat16*>(words); }

/// A right operand's pairs as rows of a left operand: (32, pairs) of one panel.
void transpose_panel(const BfloatRight& a, int64_t first, BfloatPair* rows) {
  transpose_words(a.pairs, kPanel, a.words + first * a.pairs, kPanel, rows, a.pairs);
}

}  // namespace

void multiply_amx(const BfloatLeft& a, const BfloatRight& b, const ProductResult& y) {
  for (int64_t row = 0; row < y.rows; row += kCallRows) {
    const int64_t rows = std::min(kCallRows, y.rows - row);
    for (int64_t first = 0; first < y.columns; first += kPanel) {
      blas::brgemm(rows, std::min(kPanel, y.columns - first), 2 * b.pairs, 2 * a.stride, kPanel, y.stride,
                   y.adds, numbers(a.words + row * a.stride), numbers(b.words + first * b.pairs),
                   y.values + row * y.stride + first);
    }
  }
}

void multiply_amx_transposed(const BfloatRight& a, const BfloatRight& b, const ProductResult& y) {
  // Tiles need pairs along the rows of A. Kept by each thread from call to call.
  thread_local std::vector<BfloatPair> rows;
  const int64_t panels = (y.rows + kPanel - 1) / kPanel;
  rows.resize(static_cast<size_t>(std::max<int64_t>(1, panels * kPanel * a.pairs)));
  for (int64_t i = 0; i < panels; ++i) transpose_panel(a, i * kPanel, rows.data() + i * kPanel * a.pairs);
  multiply_amx({rows.data(), a.pairs}, b, y);
}

}  // namespace lf::kernels
