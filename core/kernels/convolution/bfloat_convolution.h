// The products of convolution.h from numbers rounded to bfloat16, summed in float32, by AVX512_BF16. Only
// where has_bfloat_convolutions().
#pragma once

#include "kernels/bfloat/rows.h"
#include "kernels/convolution/convolution.h"

namespace lf {

/// Does this processor multiply bfloat16 by AVX512_BF16? With AMX it does not: beside float32, which these
/// small products take on Intel, AVX512_BF16 is the slower one there.
bool has_bfloat_convolutions();

/// Grids that a convolution reads: rows of words, `pitch` apart, of which `words` are multiplied.
struct BfloatConvInput {
  const BfloatPair* rows;
  int64_t words, pitch;
};

/// words[i] = (first[i], second[i]) for `count` numbers, a multiple of 16; `second` may be null (zeros).
void round_side_by_side(int64_t count, const float* first, const float* second, BfloatPair* words);

/// As convolve(), of pairs of channels: x from round_rows(), `matrices` (matrix, pair of channels, columns).
void convolve_bfloat(const ConvDirection& direction, int64_t samples, const BfloatConvInput& x,
                     const BfloatPair* matrices, const float* start, const ConvOutput<float>& y);

/// As add_matrix_gradient(), of pairs of samples: both from round_side_by_side() of two samples, a word per
/// channel and per column.
void add_matrix_gradient_bfloat(const ConvDirection& direction, int64_t pairs, const BfloatConvInput& x,
                                const ConvOutput<const BfloatPair>& dy, float* d_matrices);

}  // namespace lf
