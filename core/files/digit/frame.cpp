#include "files/digit/frame.h"

#include <algorithm>
#include <cmath>

#include "base/image_shape.h"

namespace lf::files {
namespace {

constexpr int kBox = 20, kSide = kDigitSide;

struct Bounds {
  int left, top, right, bottom;
};

Bounds bounds_of(const Plane& ink) {
  Bounds b{ink.width, ink.height, 0, 0};
  for (int y = 0; y < ink.height; ++y) {
    for (int x = 0; x < ink.width; ++x) {
      if (!(ink.at(x, y) > kVisibleInk)) continue;
      b.left = std::min(b.left, x), b.right = std::max(b.right, x + 1);
      b.top = std::min(b.top, y), b.bottom = std::max(b.bottom, y + 1);
    }
  }
  return b;
}

/// The mean over the pixels that each smaller one covers, whole pixels each.
Plane averaged(const Plane& ink, const Bounds& b, int width, int height) {
  const int w = b.right - b.left, h = b.bottom - b.top;
  Plane small(width, height);
  for (int y = 0; y < height; ++y) {
    const int top = y * h / height, bottom = ((y + 1) * h + height - 1) / height;
    for (int x = 0; x < width; ++x) {
      const int left = x * w / width, right = ((x + 1) * w + width - 1) / width;
      float sum = 0;
      for (int v = top; v < bottom; ++v) {
        for (int u = left; u < right; ++u) sum += ink.at(b.left + u, b.top + v);
      }
      small.at(x, y) = sum / float(bottom - top) / float(right - left);
    }
  }
  return small;
}

/// The position of the first of n pixels for which their weights balance in the middle.
int offset_of(const std::vector<double>& weights) {
  double mass = 0, moment = 0;
  for (size_t i = 0; i < weights.size(); ++i) mass += weights[i], moment += weights[i] * (double(i) + 0.5);
  const double centre = moment / std::max(1e-6, mass);
  return std::clamp(int(std::lround(kSide / 2 - centre)), 0, kSide - int(weights.size()));
}

}  // namespace

DigitPixels framed_digit(const Plane& ink) {
  DigitPixels pixels{};
  const Bounds b = bounds_of(ink);
  if (b.right <= b.left) return pixels;
  const int w = b.right - b.left, h = b.bottom - b.top;
  const double scale = double(kBox) / std::max(w, h);
  const auto scaled = [&](int n) { return std::max(1, int(std::lround(n * scale))); };
  const Plane small = averaged(ink, b, scaled(w), scaled(h));
  std::vector<double> columns(size_t(small.width)), rows(size_t(small.height));
  for (int y = 0; y < small.height; ++y) {
    for (int x = 0; x < small.width; ++x)
      columns[size_t(x)] += small.at(x, y), rows[size_t(y)] += small.at(x, y);
  }
  const int left = offset_of(columns), top = offset_of(rows);
  for (int y = 0; y < small.height; ++y) {
    for (int x = 0; x < small.width; ++x) {
      const float value = std::clamp(std::nearbyint(small.at(x, y) * 255), 0.0f, 255.0f);
      pixels[size_t((top + y) * kSide + left + x)] = uint8_t(value);
    }
  }
  return pixels;
}

}  // namespace lf::files
