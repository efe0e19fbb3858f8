// Which numbers of a grid a small convolution multiplies with which weights, worked out once: borders then
// cost nothing, strides and enlarged grids no memory, and both directions are one loop.
#pragma once

#include <cstdint>
#include <vector>

namespace lf {

/// A convolution with a square kernel of odd size on square grids. The grid of `inputs` is first enlarged to
/// `enlarged` (nearest neighbour; the same size leaves it alone), then read with kernel/2 zeros around it.
struct ConvGeometry {
  int64_t kernel, stride, inputs, enlarged, outputs;
};

/// One product of a place: the input `offset` positions from the place's, times the matrix `matrix`.
struct ConvTap {
  int64_t offset, matrix;
};

/// Positions within a sample's grids.
struct ConvPlace {
  int64_t input, output;
};

/// The places that share their taps: those inside the grid, those of a border, of a corner.
struct ConvPhase {
  std::vector<ConvTap> taps;
  std::vector<ConvPlace> places;
};

/// All products of one direction; every output is in exactly one phase.
struct ConvDirection {
  int64_t inputs = 0, outputs = 0;  ///< positions per sample
  std::vector<ConvPhase> phases;
};

/// The kernel's taps whose sum is one matrix, as indices ky·kernel + kx: those that meet the same input, of
/// which an enlarged grid has several.
using TapSum = std::vector<int64_t>;

struct ConvPlan {
  explicit ConvPlan(const ConvGeometry& geometry);

  int64_t kernel;
  std::vector<TapSum> matrices;
  ConvDirection forward;  ///< from inputs to outputs
  /// The forward products once more, one phase with a single tap for each matrix: what its gradient sums.
  ConvDirection by_matrix;
  ConvDirection backward;  ///< from the outputs' gradient to the inputs', with the same matrices transposed
};

}  // namespace lf
