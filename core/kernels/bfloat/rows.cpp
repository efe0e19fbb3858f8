#include "kernels/bfloat/rows.h"

#include <ATen/ATen.h>

#include <algorithm>

#include "kernels/bfloat/target.h"

namespace lf::kernels {
namespace {

/// Zeroed memory for `count` words.
void resize_words(at::Tensor& words, int64_t count) {
  if (!words.defined()) words = at::empty({0}, at::kInt);
  words.resize_({count}).zero_();
}

BfloatPair* words_of(const at::Tensor& words) {
  return reinterpret_cast<BfloatPair*>(words.data_ptr<int32_t>());
}

#if LF_HAS_BFLOAT

/// 32 numbers from x on, those beyond `count` as zero, in bfloat16.
LF_BFLOAT inline __m512i rounded(const float* x, int64_t count) {
  const uint32_t mask = count >= kPanel ? ~0u : (1u << std::max<int64_t>(count, 0)) - 1;
  const __m512 low = _mm512_maskz_loadu_ps(static_cast<__mmask16>(mask), x);
  const __m512 high = _mm512_maskz_loadu_ps(static_cast<__mmask16>(mask >> 16), x + 16);
  return (__m512i)_mm512_cvtne2ps_pbh(high, low);
}

/// Columns [first, first + 32) of two rows, of which the second may be missing: words of a right
/// operand, with column c of the upper row beside column c of the lower one.
LF_BFLOAT inline void interleave(__m512i upper, __m512i lower, BfloatPair* right) {
  const __m512i low_order = _mm512_set_epi16(47, 15, 46, 14, 45, 13, 44, 12, 43, 11, 42, 10, 41, 9, 40, 8, 39,
                                             7, 38, 6, 37, 5, 36, 4, 35, 3, 34, 2, 33, 1, 32, 0);
  const __m512i high_order = _mm512_add_epi16(low_order, _mm512_set1_epi16(16));
  _mm512_storeu_si512(right, _mm512_permutex2var_epi16(upper, low_order, lower));
  _mm512_storeu_si512(right + 16, _mm512_permutex2var_epi16(upper, high_order, lower));
}

/// Both operands for some columns from `first` on, with rows of `left_stride` words.
LF_BFLOAT void round_both(int64_t rows, int64_t first, int64_t end, const float* x, int64_t stride,
                          BfloatPair* left, int64_t left_stride, BfloatPair* right) {
  const int64_t pairs = padded_pairs(rows);
  for (int64_t row = 0; row < rows; row += 2) {
    const float* at = x + row * stride;
    const bool second = row + 1 < rows;
    for (int64_t c = first; c < end; c += kPanel) {
      const __m512i upper = rounded(at + c, end - c);
      const __m512i lower = second ? rounded(at + stride + c, end - c) : _mm512_setzero_si512();
      BfloatPair* words = left + row * left_stride + c / 2;
      _mm512_storeu_si512(words, upper);
      if (second) _mm512_storeu_si512(words + left_stride, lower);
      interleave(upper, lower, right + (c * pairs + row / 2 * kPanel));
    }
  }
}

/// A square of 16 × 16 words: pairs of rows are interleaved word by word, then by two words, then
/// by quarters of a vector.
LF_BFLOAT void transpose_square(const BfloatPair* from, int64_t from_stride, BfloatPair* to,
                                int64_t to_stride) {
  __m512i r[16], s[16];
  for (int i = 0; i < 16; ++i) r[i] = _mm512_loadu_si512(from + i * from_stride);
  for (int i = 0; i < 16; i += 2) {
    s[i] = _mm512_unpacklo_epi32(r[i], r[i + 1]);
    s[i + 1] = _mm512_unpackhi_epi32(r[i], r[i + 1]);
  }
  for (int i = 0; i < 16; i += 4) {
    r[i] = _mm512_unpacklo_epi64(s[i], s[i + 2]);
    r[i + 1] = _mm512_unpackhi_epi64(s[i], s[i + 2]);
    r[i + 2] = _mm512_unpacklo_epi64(s[i + 1], s[i + 3]);
    r[i + 3] = _mm512_unpackhi_epi64(s[i + 1], s[i + 3]);
  }
  // r[4g + c] now holds columns c, c + 4, c + 8, c + 12 of rows 4g … 4g + 3, a quarter each.
  for (int c = 0; c < 4; ++c) {
    const __m512i even_low = _mm512_shuffle_i32x4(r[c], r[4 + c], 0x88);
    const __m512i odd_low = _mm512_shuffle_i32x4(r[c], r[4 + c], 0xdd);
    const __m512i even_high = _mm512_shuffle_i32x4(r[8 + c], r[12 + c], 0x88);
    const __m512i odd_high = _mm512_shuffle_i32x4(r[8 + c], r[12 + c], 0xdd);
    _mm512_storeu_si512(to + c * to_stride, _mm512_shuffle_i32x4(even_low, even_high, 0x88));
    _mm512_storeu_si512(to + (c + 4) * to_stride, _mm512_shuffle_i32x4(odd_low, odd_high, 0x88));
    _mm512_storeu_si512(to + (c + 8) * to_stride, _mm512_shuffle_i32x4(even_low, even_high, 0xdd));
    _mm512_storeu_si512(to + (c + 12) * to_stride, _mm512_shuffle_i32x4(odd_low, odd_high, 0xdd));
  }
}

#else

void round_both(int64_t, int64_t, int64_t, const float*, int64_t, BfloatPair*, int64_t, BfloatPair*) {}

void transpose_square(const BfloatPair*, int64_t, BfloatPair*, int64_t) {}

#endif

/// Rows of a left operand, 32 or fewer, as a panel. Columns beyond the rows hold arbitrary values.
void transpose_panel(int64_t rows, const BfloatLeft& from, BfloatPair* panel) {
  const int64_t whole = (rows + kPairsGroup - 1) / kPairsGroup * kPairsGroup;
  transpose_words(whole, from.stride, from.words, from.stride, panel, kPanel);
}

int64_t padded_columns(int64_t columns) { return (columns + kPanel - 1) / kPanel * kPanel; }

}  // namespace

void BfloatRows::resize(int64_t rows, int64_t columns) {
  if (rows == rows_ && columns == columns_) return;
  rows_ = rows;
  columns_ = columns;
  // One additional row, and whole groups of 16: transposing and interleaving read to the end of a
  // group.
  resize_words(left_, (rows + kPairsGroup) / kPairsGroup * kPairsGroup * padded_pairs(columns));
  resize_words(right_, padded_columns(columns) * padded_pairs(rows));
}

void BfloatRows::round(const float* x, int64_t stride) { round_columns(x, stride, 0, columns_); }

void BfloatRows::round_columns(const float* x, int64_t stride, int64_t first, int64_t count) {
  round_both(rows_, first, first + count, x, stride, words_of(left_), padded_pairs(columns_),
             words_of(right_));
}

BfloatLeft BfloatRows::left() const { return {words_of(left_), padded_pairs(columns_)}; }

BfloatRight BfloatRows::right() const { return {words_of(right_), padded_pairs(rows_)}; }

void BfloatWeight::round(const at::Tensor& weight) {
  if (weight.size(0) != outputs() || weight.size(1) != inputs()) {
    rows_.resize(weight.size(0), weight.size(1));
    resize_words(forward_, padded_columns(outputs()) * padded_pairs(inputs()));
  }
  rows_.round(weight.const_data_ptr<float>());
  const BfloatLeft rows = rows_.left();
  for (int64_t first = 0; first < outputs(); first += kPanel) {
    transpose_panel(std::min(kPanel, outputs() - first), {rows.words + first * rows.stride, rows.stride},
                    words_of(forward_) + first * rows.stride);
  }
}

BfloatRight BfloatWeight::forward() const { return {words_of(forward_), padded_pairs(inputs())}; }

#if LF_HAS_BFLOAT

LF_BFLOAT void round_rows(int64_t rows, int64_t columns, const float* x, int64_t stride, BfloatPair* left) {
  const int64_t left_stride = padded_pairs(columns);
  for (int64_t row = 0; row < rows; ++row) {
    for (int64_t first = 0; first < columns; first += kPanel) {
      _mm512_storeu_si512(left + row * left_stride + first / 2,
                          rounded(x + row * stride + first, columns - first));
    }
  }
}

LF_BFLOAT void round_pairs(int64_t rows, int64_t columns, const float* x, int64_t stride, BfloatPair* right) {
  const int64_t pairs = padded_pairs(rows);
  for (int64_t row = 0; row < 2 * pairs; row += 2) {
    const float* at = x + row * stride;
    for (int64_t c = 0; c < columns; c += kPanel) {
      const __m512i upper = row < rows ? rounded(at + c, columns - c) : _mm512_setzero_si512();
      const __m512i lower = row + 1 < rows ? rounded(at + stride + c, columns - c) : _mm512_setzero_si512();
      interleave(upper, lower, right + (c * pairs + row / 2 * kPanel));
    }
  }
}

#else

void round_rows(int64_t, int64_t, const float*, int64_t, BfloatPair*) {}

void round_pairs(int64_t, int64_t, const float*, int64_t, BfloatPair*) {}

#endif

void round_panel(int64_t outputs, int64_t inputs, const float* weight, BfloatPair* room, BfloatPair* panel) {
  round_rows(outputs, inputs, weight, inputs, room);
  transpose_panel(outputs, {room, padded_pairs(inputs)}, panel);
}

void transpose_words(int64_t rows, int64_t columns, const BfloatPair* from, int64_t from_stride,
                     BfloatPair* to, int64_t to_stride) {
  for (int64_t r = 0; r < rows; r += 16) {
    for (int64_t c = 0; c < columns; c += 16) {
      transpose_square(from + r * from_stride + c, from_stride, to + c * to_stride + r, to_stride);
    }
  }
}

}  // namespace lf::kernels
