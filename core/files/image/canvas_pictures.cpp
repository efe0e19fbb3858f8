// Images on a canvas.
#include <algorithm>
#include <cmath>

#include "files/image/canvas.h"

namespace lf::files {
namespace {

/// Value at the real position (x, y), in pixels of the source with centres at .5, interpolated from
/// the four around it.
float bilinear(const uint8_t* pixels, int w, int h, float x, float y) {
  const float sx = std::clamp(x - 0.5f, 0.0f, float(w - 1)), sy = std::clamp(y - 0.5f, 0.0f, float(h - 1));
  const int x0 = int(sx), y0 = int(sy);
  const int x1 = std::min(x0 + 1, w - 1), y1 = std::min(y0 + 1, h - 1);
  const float fx = sx - float(x0), fy = sy - float(y0);
  const auto at = [&](int px, int py) { return float(pixels[size_t(py) * w + px]); };
  const float top = at(x0, y0) + (at(x1, y0) - at(x0, y0)) * fx;
  const float bottom = at(x0, y1) + (at(x1, y1) - at(x0, y1)) * fx;
  return top + (bottom - top) * fy;
}

float nearest(const uint8_t* pixels, int w, int h, float x, float y) {
  return float(pixels[size_t(std::min(int(y), h - 1)) * w + std::min(int(x), w - 1)]);
}

Rgb mix(Rgb low, Rgb high, float share) {
  const auto channel = [share](uint8_t a, uint8_t b) { return uint8_t(a + (b - a) * share + 0.5f); };
  return {channel(low.r, high.r), channel(low.g, high.g), channel(low.b, high.b),
          low.alpha + (high.alpha - low.alpha) * share};
}

}  // namespace

void Canvas::blit_tinted(const uint8_t* pixels, int w, int h, int x, int y, int width, int height, Rgb low,
                         Rgb high, Scaling scaling) {
  if (w <= 0 || h <= 0) return;
  for (int py = 0; py < height; ++py) {
    for (int px = 0; px < width; ++px) {
      const float sx = (float(px) + 0.5f) * float(w) / float(width);
      const float sy = (float(py) + 0.5f) * float(h) / float(height);
      const float value =
          scaling == Scaling::kBilinear ? bilinear(pixels, w, h, sx, sy) : nearest(pixels, w, h, sx, sy);
      blend(x + px, y + py, mix(low, high, value / 255), 1);
    }
  }
}

void Canvas::blit_grey(const uint8_t* pixels, int w, int h, int x, int y, int width, int height,
                       Scaling scaling) {
  blit_tinted(pixels, w, h, x, y, width, height, Rgb::hex(0x000000), Rgb::hex(0xFFFFFF), scaling);
}

}  // namespace lf::files
