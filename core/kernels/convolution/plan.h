// Which numbers of a grid a small convolution multiplies by which weights, computed once. Borders
// then cost nothing, strides and upsampled grids need no memory, and both directions are one loop.
#pragma once

#include <cstdint>
#include <vector>

namespace lf::kernels {

/// A convolution with a square kernel of odd size on square grids. The grid of `inputs` is first
/// upsampled to `enlarged` (nearest neighbour; no change if equal), then read with kernel/2 zeros
/// around it.
struct ConvGeometry {
  int64_t kernel, stride, inputs, enlarged, outputs;
};

/// One product of a position: the input `offset` positions away times the matrix `matrix`.
struct ConvTap {
  int64_t offset, matrix;
};

/// Positions within a sample's grids.
struct ConvPlace {
  int64_t input, output;
};

/// The positions that share their taps: those inside the grid, those of a border, of a corner.
struct ConvPhase {
  std::vector<ConvTap> taps;
  std::vector<ConvPlace> places;
};

/// All products of one direction; every output belongs to exactly one phase.
struct ConvDirection {
  int64_t inputs = 0, outputs = 0;  ///< positions per sample
  std::vector<ConvPhase> phases;
};

/// The kernel's taps whose sum is one matrix, as indices ky·kernel + kx: those that meet the same
/// input, of which an upsampled grid has several.
using TapSum = std::vector<int64_t>;

struct ConvPlan {
  explicit ConvPlan(const ConvGeometry& geometry);

  int64_t kernel;
  std::vector<TapSum> matrices;
  ConvDirection forward;  ///< from inputs to outputs
  /// The forward products again, one phase with a single tap for each matrix: the terms of its
  /// gradient.
  ConvDirection by_matrix;
  ConvDirection backward;  ///< from the outputs' gradient to the inputs', with the same matrices transposed
};

}  // namespace lf::kernels
