#include "kernels/bfloat/avx512.h"

#include <algorithm>

#include "kernels/bfloat/target.h"

namespace lf::kernels {

#if LF_HAS_BFLOAT

namespace {

constexpr int64_t kLanes = 16;
constexpr int64_t kTileRows = 8;  ///< with two vectors each: sixteen sums hide the latency of an addition

/// Some rows of Y in one panel: pair k of row m of A is at a + m·row + k·pair.
struct Tile {
  const BfloatPair* a;
  int64_t row, pair, pairs;
  const BfloatPair* panel;
  float* y;
  int64_t stride;
  uint32_t columns;  ///< one bit for each of the 32
  bool adds;
};

template <int64_t kRows>
LF_BFLOAT inline void multiply_tile(const Tile& t) {
  __m512 sums[kRows][2] = {};
  const BfloatPair *a = t.a, *panel = t.panel;
  for (int64_t k = 0; k < t.pairs; ++k, a += t.pair, panel += kPanel) {
    const auto left = (__m512bh)_mm512_loadu_si512(panel);
    const auto right = (__m512bh)_mm512_loadu_si512(panel + kLanes);
#pragma GCC unroll 8
    for (int64_t r = 0; r < kRows; ++r) {
      const auto both = (__m512bh)_mm512_set1_epi32(static_cast<int>(a[r * t.row]));
      sums[r][0] = _mm512_dpbf16_ps(sums[r][0], both, left);
      sums[r][1] = _mm512_dpbf16_ps(sums[r][1], both, right);
    }
  }
  const auto low = static_cast<__mmask16>(t.columns), high = static_cast<__mmask16>(t.columns >> kLanes);
#pragma GCC unroll 8
  for (int64_t r = 0; r < kRows; ++r) {
    float* y = t.y + r * t.stride;
    if (t.adds) {
      sums[r][0] = _mm512_add_ps(sums[r][0], _mm512_maskz_loadu_ps(low, y));
      sums[r][1] = _mm512_add_ps(sums[r][1], _mm512_maskz_loadu_ps(high, y + kLanes));
    }
    _mm512_mask_storeu_ps(y, low, sums[r][0]);
    _mm512_mask_storeu_ps(y + kLanes, high, sums[r][1]);
  }
}

/// `rows` rows, starting at the tile's first.
LF_BFLOAT void multiply_rows(Tile t, int64_t rows) {
  const auto next = [&](int64_t done) {
    t.a += done * t.row;
    t.y += done * t.stride;
    rows -= done;
  };
  for (; rows >= kTileRows; next(kTileRows)) multiply_tile<kTileRows>(t);
  if (rows >= 4) multiply_tile<4>(t), next(4);
  if (rows >= 2) multiply_tile<2>(t), next(2);
  if (rows >= 1) multiply_tile<1>(t);
}

uint32_t columns_of(const ProductResult& y, int64_t first) {
  const int64_t count = std::min(kPanel, y.columns - first);
  return count == kPanel ? ~0u : (1u << count) - 1;
}

}  // namespace

void multiply_avx512(const BfloatLeft& a, const BfloatRight& b, const ProductResult& y) {
  for (int64_t first = 0; first < y.columns; first += kPanel) {
    multiply_rows({a.words, a.stride, 1, b.pairs, b.words + first * b.pairs, y.values + first, y.stride,
                   columns_of(y, first), y.adds},
                  y.rows);
  }
}

void multiply_avx512_transposed(const BfloatRight& a, const BfloatRight& b, const ProductResult& y) {
  for (int64_t row = 0; row < y.rows; row += kPanel) {
    const int64_t rows = std::min(kPanel, y.rows - row);
    for (int64_t first = 0; first < y.columns; first += kPanel) {
      multiply_rows({a.words + row * a.pairs, 1, kPanel, b.pairs, b.words + first * b.pairs,
                     y.values + row * y.stride + first, y.stride, columns_of(y, first), y.adds},
                    rows);
    }
  }
}

#else

void multiply_avx512(const BfloatLeft&, const BfloatRight&, const ProductResult&) {}

void multiply_avx512_transposed(const BfloatRight&, const BfloatRight&, const ProductResult&) {}

#endif

}  // namespace lf::kernels
