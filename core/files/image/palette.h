#pragma once
#include <array>
#include <cstdint>
#include <vector>

#include "files/image/png.h"

namespace lf {

/// At most 256 colours that stand for the pixels of some RGB pictures.
class Palette {
 public:
  using Color = std::array<uint8_t, 3>;

  /// Chooses up to `max_colors` colours by splitting, again and again, the group of pixels with the largest
  /// squared error at its mean (a variance-based median cut). Large pictures are sampled. Flat colours, which
  /// windows are full of, come out exactly.
  Palette(const std::vector<Image8>& frames, int max_colors);

  const std::vector<Color>& colors() const { return colors_; }
  /// Index of the colour nearest to a pixel.
  uint8_t index_of(const uint8_t* rgb);

 private:
  std::vector<Color> colors_;
  std::vector<int16_t> cells_;  ///< nearest colour per cell of 64^3, found when first asked for; -1 = not yet
};

}  // namespace lf
