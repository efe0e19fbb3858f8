#include "models/packed_weight.h"

#include <ATen/ATen.h>

#include <algorithm>

#include "models/bfloat_product.h"
#include "models/vector_clones.h"

namespace lf {
namespace {

constexpr int64_t kPanel = 32;  ///< outputs that lie side by side in memory
constexpr int64_t kTileRows =
    6;  ///< with two vectors each: twelve sums, enough to hide an addition's latency

/// One panel's part of a product: y (rows, columns) of x (rows, inputs), rows of y `stride` numbers apart.
struct PanelProduct {
  int64_t rows, inputs, columns, stride;
  const float *x, *panel;
  float* y;
};

template <int64_t kLanes>
struct Vector {
  typedef float type __attribute__((vector_size(4 * kLanes), aligned(4), may_alias));
};

/// kRows rows of x times 2·kLanes columns from `column` on. The sums stay in registers.
template <int64_t kLanes, int64_t kRows>
LF_INLINE void multiply_tile(const PanelProduct& p, int64_t row, int64_t column) {
  using Lanes = typename Vector<kLanes>::type;
  Lanes sums[kRows][2] = {};
  const float *x = p.x + row * p.inputs, *weights = p.panel + column;
  for (int64_t i = 0; i < p.inputs; ++i, weights += kPanel) {
    const Lanes left = *reinterpret_cast<const Lanes*>(weights);
    const Lanes right = *reinterpret_cast<const Lanes*>(weights + kLanes);
#pragma GCC unroll 6
    for (int64_t r = 0; r < kRows; ++r) {
      sums[r][0] += x[r * p.inputs + i] * left;
      sums[r][1] += x[r * p.inputs + i] * right;
    }
  }
  const int64_t columns = std::min(2 * kLanes, p.columns - column);
  for (int64_t r = 0; r < kRows; ++r) {
    float* y = p.y + (row + r) * p.stride + column;
    if (columns == 2 * kLanes) {
      *reinterpret_cast<Lanes*>(y) = sums[r][0];
      *reinterpret_cast<Lanes*>(y + kLanes) = sums[r][1];
    } else {
      for (int64_t c = 0; c < columns; ++c) y[c] = sums[r][c / kLanes][c % kLanes];
    }
  }
}

template <int64_t kLanes>
LF_INLINE void multiply_rows(const PanelProduct& p) {
  for (int64_t column = 0; column < p.columns; column += 2 * kLanes) {
    int64_t row = 0;
    for (; row + kTileRows <= p.rows; row += kTileRows) multiply_tile<kLanes, kTileRows>(p, row, column);
    for (; row + 2 <= p.rows; row += 2) multiply_tile<kLanes, 2>(p, row, column);
    if (row < p.rows) multiply_tile<kLanes, 1>(p, row, column);
  }
}

// One function for several processors, as LF_VECTOR_CLONES, but each with vectors of its own size.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
__attribute__((target("avx512f"))) void multiply_panel(const PanelProduct& p) { multiply_rows<16>(p); }
__attribute__((target("avx2,fma"))) void multiply_panel(const PanelProduct& p) { multiply_rows<8>(p); }
__attribute__((target("default")))
#endif
void multiply_panel(const PanelProduct& p) {
  multiply_rows<4>(p);
}

/// Rows of W as words of 32 bits, (O, words): one float32 or a pair of bfloat16.
at::Tensor words_of(const at::Tensor& weight, Precision precision) {
  if (precision == Precision::Float32) return weight.contiguous().view(at::kInt);
  const at::Tensor even = weight.size(1) % 2 == 0 ? weight : at::constant_pad_nd(weight, {0, 1});
  return even.to(at::kBFloat16).contiguous().view(at::kInt);
}

at::Tensor panels_of(const at::Tensor& words) {
  const int64_t outputs = words.size(0), row_words = words.size(1);
  at::Tensor result = at::zeros({(outputs + kPanel - 1) / kPanel, row_words, kPanel}, at::kInt);
  for (int64_t o = 0; o < outputs; ++o) {
    const int32_t* row = words.const_data_ptr<int32_t>() + o * row_words;
    int32_t* column = result.data_ptr<int32_t>() + o / kPanel * kPanel * row_words + o % kPanel;
    for (int64_t i = 0; i < row_words; ++i) column[i * kPanel] = row[i];
  }
  return result;
}

}  // namespace

PackedWeight::PackedWeight(const at::Tensor& weight, Precision precision)
    : inputs_(weight.size(1)),
      outputs_(weight.size(0)),
      precision_(has_bfloat_products() ? precision : Precision::Float32),
      panels_(panels_of(words_of(weight.detach(), precision_))) {}

void PackedWeight::multiply(int64_t rows, const float* x, float* y) const {
  if (precision_ == Precision::BFloat16)
    return multiply_bfloat(rows, inputs_, outputs_, x, panels_.const_data_ptr(), y);
  const auto* panels = static_cast<const float*>(panels_.const_data_ptr());
  for (int64_t first = 0; first < outputs_; first += kPanel) {
    multiply_panel({rows, inputs_, std::min(kPanel, outputs_ - first), outputs_, x, panels + first * inputs_,
                    y + first});
  }
}

}  // namespace lf
