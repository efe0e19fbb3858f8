// What the network microscope publishes.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "lab/result.h"

namespace lf {

/// "What happens inside?": the net looked into while it draws the ten digits.
struct LabNetwork : LabResult {
  int64_t digits = 0;    ///< one of each class, 0 to 9 in turn
  bool labelled = true;  ///< the net was told the class of each
  int64_t blocks = 0, heads = 0;
  int64_t tokens = 0;             ///< T, squares of the latent in raster order
  int64_t side = 0;               ///< of the square of tokens: T = side²
  int64_t features = 0;           ///< F numbers that tell the net of t: F/2 cosines, then F/2 sines
  std::vector<float> t;           ///< (S) along the way of the digits
  std::vector<float> attention;   ///< (S, digits, blocks, heads, T, T) weights: row looks, column is seen
  std::vector<float> modulation;  ///< (S, digits, blocks, 6) RMS: shift, scale, gate of attention; of the MLP
  std::vector<float> share;       ///< (S, digits, blocks, 2) RMS added by attention, by the MLP / RMS before
  std::vector<float> time_features;  ///< (S, F) in [−1, 1]
  std::vector<uint8_t> pictures;     ///< (2, S, digits, 784) states, then endpoint guesses

  /// One row for every state, digit and block.
  LabTable table() const override;
  LabFigure figure() const override;
};

/// Names of the six parts of a modulation, as in `modulation`.
extern const char* const kModulationParts[6];

/// Entropy (bits) of what a head's tokens look at, the mean of its rows: `map` (T, T). log₂ T looks evenly.
double attention_bits(const float* map, int64_t tokens);

}  // namespace lf
