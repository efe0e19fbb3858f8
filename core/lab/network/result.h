// Result of the network microscope.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/image_sheet.h"
#include "lab/result.h"

namespace lf {

/// Inner values of the network while it generates the ten digits.
struct LabNetwork : LabResult {
  int64_t digits = 0;    ///< one of each class, 0 to 9 in turn
  bool labelled = true;  ///< conditioned on the class of each
  int64_t blocks = 0, heads = 0;
  int64_t tokens = 0;             ///< T, patches of the latent in raster order
  int64_t side = 0;               ///< of the square of tokens: T = side²
  int64_t features = 0;           ///< F features of t: F/2 cosines, then F/2 sines
  std::vector<float> t;           ///< (S) along the digits' trajectories
  std::vector<float> attention;   ///< (S, digits, blocks, heads, T, T) weights: row query, column key
  std::vector<float> modulation;  ///< (S, digits, blocks, 6) RMS: shift, scale, gate of attention; of the MLP
  std::vector<float> share;       ///< (S, digits, blocks, 2) RMS of the output of attention and of the MLP /
                                  ///< RMS before
  std::vector<float> time_features;  ///< (S, F) in [−1, 1]
  ImageSheet pictures;               ///< (2, S, digits) states, then endpoint estimates

  /// One row for every state, digit and block.
  LabTable table() const override;
  LabFigure figure() const override;
};

/// Names of the six parts of a modulation, as in `modulation`.
extern const char* const kModulationParts[6];

/// Entropy (bits) of a head's attention, the mean of its rows: `map` (T, T). log₂ T is uniform
/// attention.
double attention_bits(const float* map, int64_t tokens);

}  // namespace lf
