// The two products of a small convolution and its gradients, on the calling thread and without a
// copy of the input's patches. Grids are rows of channels: (sample, position, channel).
#pragma once

#include <cstdint>

#include "kernels/convolution/plan.h"

namespace lf::kernels {

/// Row length of a convolution's result: its channels rounded up to whole vectors. The numbers
/// beyond the channels are zero if matrices and biases are zero there.
constexpr int64_t conv_columns(int64_t channels) { return (channels + 15) / 16 * 16; }

/// Grids that a convolution reads: rows of `channels` numbers, `pitch` apart.
struct ConvInput {
  const float* rows;
  int64_t channels, pitch;
};

/// Grids that a convolution writes or reads as vectors: rows of `columns` = conv_columns(…) numbers.
template <class Number>
struct ConvOutput {
  Number* rows;
  int64_t columns;
};

/// y = start + Σ over the taps of x · matrix for `samples` grids; `start` (columns) is the bias. Without
/// `start` the sum is added to y. `matrices` (matrix, channels, columns). Every output is summed in one
/// order: the same grid gives the same bytes in every batch.
void convolve(const ConvDirection& direction, int64_t samples, const ConvInput& x, const float* matrices,
              const float* start, const ConvOutput<float>& y);

/// d_matrices (matrix, channels, columns) += Σ over the positions of xᵀ · dy, for the forward
/// products in either order.
void add_matrix_gradient(const ConvDirection& direction, int64_t samples, const ConvInput& x,
                         const ConvOutput<const float>& dy, float* d_matrices);

}  // namespace lf::kernels
