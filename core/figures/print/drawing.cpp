#include "figures/print/drawing.h"

#include <cmath>
#include <utility>

#include "base/errors.h"
#include "base/printed.h"

namespace lf::figures {
namespace {

constexpr size_t kMostVectorDots = 1500;

}  // namespace

Drawing::Drawing(float width, float height, const Palette& palette)
    : width_(width), height_(height), palette_(&palette) {
  if (!(width > 0 && height > 0 && std::isfinite(width) && std::isfinite(height)))
    throw InputError("a figure of " + printed("%g", double(width)) + " × " + printed("%g", double(height)) +
                     " units cannot be drawn");
}

void Drawing::fill_rect(float x, float y, float w, float h, files::Rgb color, float radius) {
  shapes_.push_back(FilledBox{{x, y, w, h}, color, radius});
}

void Drawing::stroke_rect(float x, float y, float w, float h, files::Rgb color, float thickness,
                          float radius) {
  shapes_.push_back(Outline{{x, y, w, h}, color, thickness, radius});
}

void Drawing::line(files::Point a, files::Point b, files::Rgb color, float thickness) {
  polyline({a, b}, color, thickness);
}

void Drawing::polyline(std::vector<files::Point> points, files::Rgb color, float thickness) {
  if (!points.empty()) shapes_.push_back(Line{std::move(points), color, thickness});
}

void Drawing::disc(files::Point center, float radius, files::Rgb color) {
  shapes_.push_back(Dot{center, radius, color});
}

void Drawing::blit_tinted(const uint8_t* pixels, int w, int h, float x, float y, float width, float height,
                          files::Rgb low, files::Rgb high, files::Scaling scaling) {
  if (w <= 0 || h <= 0) return;
  const size_t count = static_cast<size_t>(w) * static_cast<size_t>(h);
  shapes_.push_back(Picture{{x, y, width, height}, w, h, {pixels, pixels + count}, low, high, scaling});
}

void Drawing::text(files::Point at, const std::string& utf8, const files::TextStyle& style) {
  if (!utf8.empty()) shapes_.push_back(Words{at, utf8, style});
}

void Drawing::cloud(const Box& area, std::vector<Dot> dots) {
  if (dots.size() > kMostVectorDots) {
    shapes_.push_back(Cloud{area, std::move(dots)});
    return;
  }
  for (const Dot& dot : dots) shapes_.push_back(dot);
}

float text_width(const std::string& utf8, const files::TextStyle& style) {
  static const files::Canvas measure(1, 1);
  return measure.text_width(utf8, style);
}

}  // namespace lf::figures
