#include "files/image/canvas.h"

#include <algorithm>
#include <cmath>

#include "base/errors.h"

namespace lf::files {
namespace {

/// Signed distance from p to a rectangle around `center` with half sizes hx, hy and rounded corners; negative
/// inside.
float rounded_rect_distance(float px, float py, Point center, float hx, float hy, float radius) {
  const float dx = std::fabs(px - center.x) - (hx - radius), dy = std::fabs(py - center.y) - (hy - radius);
  const float outside = std::hypot(std::max(dx, 0.0f), std::max(dy, 0.0f));
  return outside + std::min(std::max(dx, dy), 0.0f) - radius;
}

/// Coverage of a pixel by a shape whose edge is `distance` away from the pixel's centre.
float coverage_at(float distance) { return std::clamp(0.5f - distance, 0.0f, 1.0f); }

float segment_distance(float px, float py, Point a, Point b) {
  const float dx = b.x - a.x, dy = b.y - a.y;
  const float length2 = dx * dx + dy * dy;
  const float t = length2 > 0 ? std::clamp(((px - a.x) * dx + (py - a.y) * dy) / length2, 0.0f, 1.0f) : 0;
  return std::hypot(px - a.x - t * dx, py - a.y - t * dy);
}

/// Whole pixels [x0, x1) x [y0, y1) that a shape can touch, clipped to the image.
struct PixelBox {
  int x0, y0, x1, y1;
};

PixelBox touched(float left, float top, float right, float bottom, const Image8& image) {
  const auto clip = [](float v, int limit) { return int(std::clamp(v, 0.0f, float(limit))); };
  return {clip(std::floor(left), image.width), clip(std::floor(top), image.height),
          clip(std::ceil(right), image.width), clip(std::ceil(bottom), image.height)};
}

}  // namespace

Canvas::Canvas(int width, int height, Rgb background) : image_{width, height, 3, {}} {
  constexpr int kLargest = 16384;
  if (width < 1 || height < 1 || width > kLargest || height > kLargest) {
    throw InputError("cannot make an image of " + std::to_string(width) + " x " + std::to_string(height) +
                     " pixels: 1 to 16384 per side");
  }
  image_.pixels.resize(size_t(width) * height * 3);
  for (size_t i = 0; i < image_.pixels.size(); i += 3) {
    image_.pixels[i] = background.r, image_.pixels[i + 1] = background.g, image_.pixels[i + 2] = background.b;
  }
}

void Canvas::blend(int x, int y, Rgb color, float coverage) {
  if (x < 0 || y < 0 || x >= image_.width || y >= image_.height) return;
  const float alpha = std::clamp(coverage * color.alpha, 0.0f, 1.0f);
  uint8_t* pixel = &image_.pixels[(size_t(y) * image_.width + x) * 3];
  const uint8_t channels[3] = {color.r, color.g, color.b};
  for (int c = 0; c < 3; ++c) {
    pixel[c] = uint8_t(float(pixel[c]) + (float(channels[c]) - float(pixel[c])) * alpha + 0.5f);
  }
}

template <class Coverage>
void Canvas::blend_rect(float x, float y, float w, float h, Rgb color, float radius, Coverage coverage) {
  if (w <= 0 || h <= 0) return;
  const Point center{x + w / 2, y + h / 2};
  radius = std::min({radius, w / 2, h / 2});
  const PixelBox box = touched(x, y, x + w, y + h, image_);
  for (int py = box.y0; py < box.y1; ++py) {
    for (int px = box.x0; px < box.x1; ++px) {
      const float d = rounded_rect_distance(float(px) + 0.5f, float(py) + 0.5f, center, w / 2, h / 2, radius);
      blend(px, py, color, coverage(d));
    }
  }
}

void Canvas::fill_rect(float x, float y, float w, float h, Rgb color, float radius) {
  blend_rect(x, y, w, h, color, radius, [&](float d) { return std::min({coverage_at(d), w, h}); });
}

void Canvas::stroke_rect(float x, float y, float w, float h, Rgb color, float thickness, float radius) {
  blend_rect(x, y, w, h, color, radius, [&](float d) { return coverage_at(d) - coverage_at(d + thickness); });
}

void Canvas::polyline(const std::vector<Point>& points, Rgb color, float thickness) {
  const auto finite = [](Point p) { return std::isfinite(p.x) && std::isfinite(p.y); };
  // All segments go into one mask first: where two meet, the pixel gets the larger coverage, not
  // the sum.
  std::vector<float> mask(size_t(image_.width) * image_.height, 0.0f);
  const float half = std::max(thickness, 1.0f) / 2, share = std::min(thickness, 1.0f);
  for (size_t i = 0; i + 1 < points.size(); ++i) {
    const Point a = points[i], b = points[i + 1];
    if (!finite(a) || !finite(b)) continue;
    const float margin = half + 1;
    const PixelBox box = touched(std::min(a.x, b.x) - margin, std::min(a.y, b.y) - margin,
                                 std::max(a.x, b.x) + margin, std::max(a.y, b.y) + margin, image_);
    for (int y = box.y0; y < box.y1; ++y) {
      for (int x = box.x0; x < box.x1; ++x) {
        float& m = mask[size_t(y) * image_.width + x];
        m = std::max(m, share * coverage_at(segment_distance(float(x) + 0.5f, float(y) + 0.5f, a, b) - half));
      }
    }
  }
  for (size_t i = 0; i < mask.size(); ++i) {
    if (mask[i] > 0) blend(int(i % size_t(image_.width)), int(i / size_t(image_.width)), color, mask[i]);
  }
}

void Canvas::disc(Point center, float radius, Rgb color) {
  const PixelBox box = touched(center.x - radius - 1, center.y - radius - 1, center.x + radius + 1,
                               center.y + radius + 1, image_);
  for (int y = box.y0; y < box.y1; ++y) {
    for (int x = box.x0; x < box.x1; ++x) {
      const float d = std::hypot(float(x) + 0.5f - center.x, float(y) + 0.5f - center.y) - radius;
      blend(x, y, color, coverage_at(d));
    }
  }
}

void Canvas::write_png(const std::filesystem::path& path) const { files::write_png(path, image_); }

}  // namespace lf::files
