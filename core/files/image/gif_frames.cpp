#include "files/image/gif_frames.h"

#include <algorithm>
#include <memory>

#include "base/errors.h"
#include "files/image/palette.h"

namespace lf::files {
namespace {

void check(const std::vector<Image8>& frames) {
  if (frames.empty()) throw InputError("cannot make a GIF: there are no frames");
  const Image8& first = frames[0];
  for (const Image8& f : frames) {
    const bool sound = f.width == first.width && f.height == first.height && f.channels == first.channels &&
                       f.pixels.size() == size_t(f.width) * f.height * f.channels;
    if (!sound) throw InputError("cannot make a GIF: its frames differ in size or channels");
  }
  const bool fits = first.width > 0 && first.height > 0 && first.width <= 65535 && first.height <= 65535;
  if (!fits || (first.channels != 1 && first.channels != 3)) {
    throw InputError("cannot make a GIF: frames need 1 to 65535 pixels a side and 1 or 3 channels");
  }
}

/// The change since the previous frame: the smallest rectangle around it (one pixel if there is
/// none).
GifPatch changed_part(const std::vector<uint8_t>& now, const std::vector<uint8_t>& before, int width,
                      int height) {
  int left = width, right = 0, top = height, bottom = 0;
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      if (now[size_t(y) * width + x] == before[size_t(y) * width + x]) continue;
      left = std::min(left, x), right = std::max(right, x + 1);
      top = std::min(top, y), bottom = y + 1;
    }
  }
  if (right == 0) return {0, 0, 1, 1, {}};
  return {left, top, right - left, bottom - top, {}};
}

/// Fills a patch from the frame; unchanged pixels become transparent, which compresses better.
void fill(GifPatch& patch, const std::vector<uint8_t>& now, const std::vector<uint8_t>* before, int width,
          int transparent) {
  for (int y = patch.top; y < patch.top + patch.height; ++y) {
    for (int x = patch.left; x < patch.left + patch.width; ++x) {
      const size_t i = size_t(y) * width + x;
      const bool same = before && transparent >= 0 && now[i] == (*before)[i];
      patch.indices.push_back(same ? uint8_t(transparent) : now[i]);
    }
  }
}

std::vector<uint8_t> quantise(const Image8& frame, Palette* palette) {
  if (!palette) return frame.pixels;  // grey: the value is the index
  std::vector<uint8_t> indices(frame.pixels.size() / 3);
  for (size_t i = 0; i < indices.size(); ++i) indices[i] = palette->index_of(&frame.pixels[3 * i]);
  return indices;
}

}  // namespace

GifFrames make_gif_frames(const std::vector<Image8>& frames) {
  check(frames);
  GifFrames gif{frames[0].width, frames[0].height, -1, {}, {}};
  std::unique_ptr<Palette> palette;
  if (frames[0].channels == 3) {
    gif.transparent = 255;
    palette = std::make_unique<Palette>(frames, 255);
    gif.palette = palette->colors();
    gif.palette.resize(256);
  } else {
    for (int i = 0; i < 256; ++i) gif.palette.push_back({uint8_t(i), uint8_t(i), uint8_t(i)});
  }
  std::vector<uint8_t> before;
  for (const Image8& frame : frames) {
    auto now = quantise(frame, palette.get());
    GifPatch patch = before.empty() ? GifPatch{0, 0, gif.width, gif.height, {}}
                                    : changed_part(now, before, gif.width, gif.height);
    fill(patch, now, before.empty() ? nullptr : &before, gif.width, gif.transparent);
    gif.patches.push_back(std::move(patch));
    before = std::move(now);
  }
  return gif;
}

}  // namespace lf::files
