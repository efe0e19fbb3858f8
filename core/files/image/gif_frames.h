// The part of writing a GIF that needs no giflib: few colours, and only what changed.
#pragma once
#include <array>
#include <cstdint>
#include <vector>

#include "files/image/png.h"

namespace lf::files {

/// A rectangle of palette indices that is drawn over the previous frames.
struct GifPatch {
  int left = 0, top = 0, width = 0, height = 0;
  std::vector<uint8_t> indices;
};

/// An animation as GIF stores it: one palette of 256 colours, and the changes of each frame.
struct GifFrames {
  int width = 0, height = 0;
  int transparent = -1;  ///< the index that shows the previous frame, or -1
  std::vector<std::array<uint8_t, 3>> palette;
  std::vector<GifPatch> patches;
};

/// Quantises frames of one size with 1 or 3 channels. Throws InputError for invalid ones.
GifFrames make_gif_frames(const std::vector<Image8>& frames);

}  // namespace lf::files
