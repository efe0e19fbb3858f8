// A matrix rounded to bfloat16 once, and packed for every product that may use it.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

namespace lf::kernels {

/// Two bfloat16 in one word of 32 bits, the first in its lower half: the unit of the instructions.
using BfloatPair = uint32_t;

inline constexpr int64_t kPanel = 32;       ///< columns that are side by side in a right operand
inline constexpr int64_t kPairsGroup = 16;  ///< pairs are padded with zeros to a multiple, which AMX takes at
                                            ///< once

/// Pairs of `count` numbers, padded.
constexpr int64_t padded_pairs(int64_t count) {
  return ((count + 1) / 2 + kPairsGroup - 1) / kPairsGroup * kPairsGroup;
}

/// A left operand (M, K): row m begins at words + m·stride, pairs run along K.
struct BfloatLeft {
  const BfloatPair* words = nullptr;
  int64_t stride = 0;
};

/// A right operand (K, N) in panels of 32 columns: (⌈N/32⌉, padded pairs of K, 32), pairs run along K.
struct BfloatRight {
  const BfloatPair* words = nullptr;
  int64_t pairs = 0;  ///< padded
};

/// A matrix X (N, C). Only where bfloat_unit() is not None.
class BfloatRows {
 public:
  /// Resizes to so many numbers; values are lost. Allocates only beyond the largest size so far.
  void resize(int64_t rows, int64_t columns);
  /// Rounds x (N, C), rows `stride` numbers apart, to nearest, ties to even.
  void round(const float* x, int64_t stride);
  void round(const float* x) { round(x, columns_); }
  /// The same for some of the columns; `first` is a multiple of 32, `x` the whole matrix.
  void round_columns(const float* x, int64_t stride, int64_t first, int64_t count);

  int64_t rows() const { return rows_; }
  int64_t columns() const { return columns_; }
  /// X as the left operand, K = C.
  BfloatLeft left() const;
  /// X as the right operand, K = N: pairs of rows.
  BfloatRight right() const;

 private:
  int64_t rows_ = -1, columns_ = -1;
  at::Tensor left_, right_;  ///< int32 words
};

/// A weight W (O, I) for y = x Wᵀ and for dx = dy W.
class BfloatWeight {
 public:
  BfloatWeight() = default;
  /// Rounds `weight` (O, I) float32, contiguous; call again when it has changed.
  void round(const at::Tensor& weight);

  int64_t outputs() const { return rows_.rows(); }
  int64_t inputs() const { return rows_.columns(); }
  /// Wᵀ (I, O), pairs along I.
  BfloatRight forward() const;
  /// W (O, I), pairs along O.
  BfloatRight backward() const { return rows_.right(); }

 private:
  BfloatRows rows_;
  at::Tensor forward_;
};

/// x (rows, columns), rows `stride` numbers apart, as a left operand at `left` (rows, padded_pairs(columns)).
void round_rows(int64_t rows, int64_t columns, const float* x, int64_t stride, BfloatPair* left);

/// The same as a right operand at `right` (⌈columns/32⌉, padded_pairs(rows), 32), pairs of rows.
void round_pairs(int64_t rows, int64_t columns, const float* x, int64_t stride, BfloatPair* right);

/// One panel of a right operand Wᵀ (I, O): that of `outputs` rows of W (outputs, inputs), 32 or
/// fewer, at `panel` (padded_pairs(inputs), 32), pairs along the inputs. `room` is scratch memory
/// of the same size.
void round_panel(int64_t outputs, int64_t inputs, const float* weight, BfloatPair* room, BfloatPair* panel);

/// to[c][r] = from[r][c] of words (rows, columns); both are multiples of 16, strides in words.
void transpose_words(int64_t rows, int64_t columns, const BfloatPair* from, int64_t from_stride,
                     BfloatPair* to, int64_t to_stride);

}  // namespace lf::kernels
