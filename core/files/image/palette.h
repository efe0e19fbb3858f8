// Reduces the colours of an animation to those that a GIF can hold.
#pragma once
#include <array>
#include <cstdint>
#include <vector>

#include "files/image/png.h"

namespace lf::files {

/// At most 256 colours that represent the pixels of some RGB images.
class Palette {
 public:
  using Color = std::array<uint8_t, 3>;

  /// Chooses up to `max_colors` colours by repeatedly splitting the group of pixels with the
  /// largest squared error from its mean (a variance-based median cut). Large images are
  /// subsampled. Flat colours, which are frequent in windows, are exact.
  Palette(const std::vector<Image8>& frames, int max_colors);

  const std::vector<Color>& colors() const { return colors_; }
  /// Index of the colour nearest to a pixel.
  uint8_t index_of(const uint8_t* rgb);

 private:
  std::vector<Color> colors_;
  std::vector<int16_t> cells_;  ///< nearest colour per cell of 64^3, computed at first use; -1 = not yet
};

}  // namespace lf::files
