#include "kernels/bfloat/packed_weight.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <vector>

#include "kernels/bfloat/multiply.h"
#include "kernels/vector_clones.h"

namespace lf::kernels {
namespace {

constexpr int64_t kTileRows =
    6;  ///< with two vectors each: twelve sums, enough to hide the latency of an addition

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

// One function for several processors, like LF_VECTOR_CLONES, but each with its own vector size.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
__attribute__((target("avx512f"))) void multiply_panel(const PanelProduct& p) { multiply_rows<16>(p); }
__attribute__((target("avx2,fma"))) void multiply_panel(const PanelProduct& p) { multiply_rows<8>(p); }
__attribute__((target("default")))
#endif
void multiply_panel(const PanelProduct& p) {
  multiply_rows<4>(p);
}

at::Tensor panels_of(const at::Tensor& weight) {
  const int64_t outputs = weight.size(0), inputs = weight.size(1);
  const at::Tensor rows = weight.contiguous();
  at::Tensor result = at::zeros({(outputs + kPanel - 1) / kPanel, inputs, kPanel}, at::kFloat);
  for (int64_t o = 0; o < outputs; ++o) {
    const float* row = rows.const_data_ptr<float>() + o * inputs;
    float* column = result.data_ptr<float>() + o / kPanel * kPanel * inputs + o % kPanel;
    for (int64_t i = 0; i < inputs; ++i) column[i * kPanel] = row[i];
  }
  return result;
}

at::Tensor rounded_panels_of(const at::Tensor& weight) {
  const int64_t outputs = weight.size(0), inputs = weight.size(1), pairs = padded_pairs(inputs);
  const at::Tensor rows = weight.contiguous();
  at::Tensor result = at::zeros({(outputs + kPanel - 1) / kPanel, pairs, kPanel}, at::kInt);
  std::vector<BfloatPair> room(static_cast<size_t>(pairs * kPanel));
  for (int64_t first = 0; first < outputs; first += kPanel) {
    round_panel(std::min(kPanel, outputs - first), inputs, rows.const_data_ptr<float>() + first * inputs,
                room.data(), reinterpret_cast<BfloatPair*>(result.data_ptr<int32_t>()) + first * pairs);
  }
  return result;
}

}  // namespace

PackedWeight::PackedWeight(const at::Tensor& weight, Arithmetic arithmetic)
    : inputs_(weight.size(1)),
      outputs_(weight.size(0)),
      arithmetic_(arithmetic),
      panels_(arithmetic == Arithmetic::BFloat16 ? rounded_panels_of(weight.detach())
                                                 : panels_of(weight.detach())) {}

void PackedWeight::multiply(int64_t rows, const float* x, float* y) const {
  if (arithmetic_ == Arithmetic::BFloat16) {
    thread_local std::vector<BfloatPair> words;
    words.resize(static_cast<size_t>(rows * padded_pairs(inputs_)));
    round_rows(rows, inputs_, x, inputs_, words.data());
    const auto* rounded = reinterpret_cast<const BfloatPair*>(panels_.const_data_ptr<int32_t>());
    const int64_t pairs = padded_pairs(inputs_);
    return multiply_bfloat(bfloat_unit(), {words.data(), pairs}, {rounded, pairs},
                           {y, rows, outputs_, outputs_, false});
  }
  const auto* panels = panels_.const_data_ptr<float>();
  for (int64_t first = 0; first < outputs_; first += kPanel) {
    multiply_panel({rows, inputs_, std::min(kPanel, outputs_ - first), outputs_, x, panels + first * inputs_,
                    y + first});
  }
}

}  // namespace lf::kernels
