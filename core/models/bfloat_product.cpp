#include "models/bfloat_product.h"

#include <algorithm>
#include <cstring>
#include <vector>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace lf {

#if defined(__x86_64__)

namespace {

#define LF_BFLOAT __attribute__((target("avx512f,avx512bw,avx512vl,avx512bf16")))

constexpr int64_t kPanel = 32, kLanes = 16;  ///< outputs of a panel; of one vector
constexpr int64_t kTileRows = 6;

/// Rows of x as bfloat16 (rows, 2·pairs), and what they are multiplied with.
struct PairProduct {
  int64_t pairs, outputs;
  const uint16_t* x;
  const char* panel;  ///< (pairs, 32, 2) bfloat16
  float* y;           ///< the panel's first column; rows `outputs` numbers apart
  int64_t columns;    ///< of the panel, 32 or fewer
};

LF_BFLOAT void round_row(int64_t count, const float* x, uint16_t* rounded) {
  for (int64_t i = 0; i < count; i += kLanes) {
    const int64_t left = std::min(kLanes, count - i);
    const auto mask = static_cast<__mmask16>((1u << left) - 1);
    const __m256bh some = _mm512_cvtneps_pbh(_mm512_maskz_loadu_ps(mask, x + i));
    _mm256_mask_storeu_epi16(rounded + i, mask, (__m256i)some);
  }
}

/// A pair of x's numbers in every lane.
LF_BFLOAT inline __m512bh spread(const uint16_t* pair) {
  int32_t bits;
  std::memcpy(&bits, pair, sizeof bits);
  return (__m512bh)_mm512_set1_epi32(bits);
}

template <int64_t kRows>
LF_BFLOAT void multiply_tile(const PairProduct& p, int64_t row) {
  __m512 sums[kRows][2] = {};
  const uint16_t* x = p.x + row * 2 * p.pairs;
  const char* weights = p.panel;
  for (int64_t i = 0; i < p.pairs; ++i, weights += 4 * kPanel) {
    const auto left = (__m512bh)_mm512_loadu_si512(weights);
    const auto right = (__m512bh)_mm512_loadu_si512(weights + 4 * kLanes);
#pragma GCC unroll 6
    for (int64_t r = 0; r < kRows; ++r) {
      const __m512bh pair = spread(x + 2 * (r * p.pairs + i));
      sums[r][0] = _mm512_dpbf16_ps(sums[r][0], pair, left);
      sums[r][1] = _mm512_dpbf16_ps(sums[r][1], pair, right);
    }
  }
  const uint32_t mask = p.columns == kPanel ? ~0u : (1u << p.columns) - 1;
  for (int64_t r = 0; r < kRows; ++r) {
    float* y = p.y + (row + r) * p.outputs;
    _mm512_mask_storeu_ps(y, static_cast<__mmask16>(mask), sums[r][0]);
    _mm512_mask_storeu_ps(y + kLanes, static_cast<__mmask16>(mask >> kLanes), sums[r][1]);
  }
}

}  // namespace

bool has_bfloat_products() { return __builtin_cpu_supports("avx512bf16"); }

LF_BFLOAT void multiply_bfloat(int64_t rows, int64_t inputs, int64_t outputs, const float* x,
                               const void* panels, float* y) {
  const int64_t pairs = (inputs + 1) / 2;
  std::vector<uint16_t> rounded(static_cast<size_t>(2 * rows * pairs));
  for (int64_t row = 0; row < rows; ++row)
    round_row(inputs, x + row * inputs, rounded.data() + row * 2 * pairs);
  for (int64_t first = 0; first < outputs; first += kPanel) {
    const PairProduct product{pairs,          outputs,
                              rounded.data(), static_cast<const char*>(panels) + 4 * first * pairs,
                              y + first,      std::min(kPanel, outputs - first)};
    int64_t row = 0;
    for (; row + kTileRows <= rows; row += kTileRows) multiply_tile<kTileRows>(product, row);
    for (; row + 2 <= rows; row += 2) multiply_tile<2>(product, row);
    if (row < rows) multiply_tile<1>(product, row);
  }
}

#else

bool has_bfloat_products() { return false; }

void multiply_bfloat(int64_t, int64_t, int64_t, const float*, const void*, float*) {}

#endif

}  // namespace lf
