// The products of convolution.h from numbers rounded to bfloat16, summed in float32, by
// AVX512_BF16. Only if has_bfloat_convolutions().
#pragma once

#include "kernels/bfloat/rows.h"
#include "kernels/convolution/convolution.h"

namespace lf::kernels {

/// True if this processor uses AVX512_BF16 for bfloat16. False with AMX: these small products then
/// use float32, because AVX512_BF16 is slower on Intel.
bool has_bfloat_convolutions();

/// Grids that a convolution reads: rows of words, `pitch` apart, of which `words` are multiplied.
struct BfloatConvInput {
  const BfloatPair* rows;
  int64_t words, pitch;
};

/// words[i] = (first[i], second[i]) for `count` numbers, a multiple of 16; `second` may be null (zeros).
void round_side_by_side(int64_t count, const float* first, const float* second, BfloatPair* words);

/// Like convolve(), with pairs of channels: x from round_rows(), `matrices` (matrix, pair of
/// channels, columns).
void convolve_bfloat(const ConvDirection& direction, int64_t samples, const BfloatConvInput& x,
                     const BfloatPair* matrices, const float* start, const ConvOutput<float>& y);

/// Like add_matrix_gradient(), with pairs of samples: both from round_side_by_side() of two
/// samples, a word per channel and per column.
void add_matrix_gradient_bfloat(const ConvDirection& direction, int64_t pairs, const BfloatConvInput& x,
                                const ConvOutput<const BfloatPair>& dy, float* d_matrices);

}  // namespace lf::kernels
