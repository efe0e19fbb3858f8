// Result of the vector field tool.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "lab/result.h"

namespace lf {

/// A velocity on the grid of LabField.
struct LabFieldGrid {
  std::vector<float> arrows;     ///< (side · side, 2) components along the plane's axes, row by row from
                                 ///< below
  std::vector<float> length;     ///< (side · side) RMS per coordinate over all 64 of them
  std::vector<uint8_t> streaks;  ///< (texture · texture) grey along the flow lines, row by row from the top
};

/// Two velocities on a plane through latent space.
struct LabField : LabResult {
  std::string plane;  ///< "pca", "lda", "digits"
  double t = 0;
  int digit = -1;     ///< label for the network, and class of the exact field's latents; −1 none
  int side = 0;       ///< grid points along each axis
  int texture = 0;    ///< pixels per side of a streak image
  double extent = 1;  ///< the plane spans −extent..extent on both axes, standardised latent units
  LabFieldGrid learned, exact, difference;  ///< v_θ, v*, v_θ − v*; the last two empty while unknown
  int64_t latents = 0, latents_total = 0;   ///< included in v* so far
  std::vector<float> points;                ///< (N, 2) training latents on the plane, to be multiplied by t
  std::vector<uint8_t> labels;              ///< (N)
  // Means over the grid, of all 64 coordinates.
  double learned_length = 0, exact_length = 0;  ///< mean RMS per coordinate
  double difference_length = 0;                 ///< the same of v_θ − v*
  double cosine = 0;                            ///< mean cosine between v_θ and v*

  /// One row per point of the grid.
  LabTable table() const override;
  LabFigure figure() const override;
};

}  // namespace lf
