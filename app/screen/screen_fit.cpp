#include "app/screen/screen_fit.h"

#include <algorithm>
#include <cmath>

namespace lf::app {
namespace {

constexpr float kMostScale = 4, kAbsurd = 10;
constexpr int kRoomyWidth = 640, kRoomyHeight = 400;  ///< minimum screen in effective pixels
constexpr float kLeastScale = 0.6f, kStep = 0.05f;    ///< avoids new fonts for every pixel of a resize
constexpr float kMostPixels = 8192;                   ///< of a side if the screen is unknown

bool plausible(float scale) { return std::isfinite(scale) && scale > 0 && scale <= kAbsurd; }

/// One side of the window.
int fitted(int wanted, float scale, int screen, int frame) {
  const int pixels = static_cast<int>(std::lround(std::min(kMostPixels, static_cast<float>(wanted) * scale)));
  return screen > frame ? std::min(pixels, screen - frame) : pixels;
}

}  // namespace

float usable_scale(float x, float y, WindowSize screen) {
  float scale = 1;
  for (const float side : {x, y}) {
    if (plausible(side)) scale = std::max(scale, side);
  }
  scale = std::min(scale, kMostScale);
  if (screen.width > 0) scale = std::min(scale, static_cast<float>(screen.width) / kRoomyWidth);
  if (screen.height > 0) scale = std::min(scale, static_cast<float>(screen.height) / kRoomyHeight);
  return std::max(scale, 1.0f);
}

WindowSize fitted_window(WindowSize wanted, float scale, WindowSize screen, WindowSize frame) {
  return {fitted(wanted.width, scale, screen.width, frame.width),
          fitted(wanted.height, scale, screen.height, frame.height)};
}

float window_scale(float wanted, WindowSize window) {
  if (window.width <= 0 || window.height <= 0) return wanted;
  const float room = std::min(static_cast<float>(window.width) / kLeastWidth,
                              static_cast<float>(window.height) / kLeastHeight);
  if (wanted <= room) return wanted;
  return std::min(wanted, std::max(kLeastScale, std::floor(room / kStep + 0.001f) * kStep));
}

}  // namespace lf::app
