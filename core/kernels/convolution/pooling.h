// The operations between the convolutions of a classifier, on rows of channels: (sample, position,
// column), the columns a multiple of 16 (see conv_columns()).
#pragma once

#include <cstdint>

namespace lf::kernels {

/// y (samples, side/2, side/2, columns): the largest of each 2×2 square of x (samples, side, side,
/// columns). The last row and column of an odd side are ignored.
void max_pool(int64_t samples, int64_t side, int64_t columns, const float* x, float* y);

/// y = max(x + added, 0) for `count` numbers, a multiple of 16; `added` may be null (zero). x and y may be
/// the same.
void relu_of(int64_t count, const float* x, const float* added, float* y);

}  // namespace lf::kernels
