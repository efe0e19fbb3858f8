#include "figures/print/paint.h"

#include <algorithm>
#include <cmath>

#include "base/errors.h"

namespace lf::figures {
namespace {

constexpr int kMostPixels = 16384;  ///< of a side

/// Draws shapes on a canvas with so many pixels per unit.
class Painter {
 public:
  Painter(files::Canvas& canvas, float scale, files::Point origin = {})
      : canvas_(canvas), scale_(scale), origin_(origin) {}

  void operator()(const FilledBox& s) {
    const Box b = placed(s.box);
    canvas_.fill_rect(b.x, b.y, b.w, b.h, s.color, s.radius * scale_);
  }
  void operator()(const Outline& s) {
    const Box b = placed(s.box);
    canvas_.stroke_rect(b.x, b.y, b.w, b.h, s.color, s.thickness * scale_, s.radius * scale_);
  }
  void operator()(const Line& s) {
    std::vector<files::Point> points;
    points.reserve(s.points.size());
    for (const files::Point& p : s.points) points.push_back(placed(p));
    canvas_.polyline(points, s.color, s.thickness * scale_);
  }
  void operator()(const Dot& s) { canvas_.disc(placed(s.center), s.radius * scale_, s.color); }
  void operator()(const Cloud& s) {
    for (const Dot& dot : s.dots)
      if (dot.center.x >= s.area.x && dot.center.x <= s.area.right() && dot.center.y >= s.area.y &&
          dot.center.y <= s.area.bottom())
        (*this)(dot);
  }
  /// Whole pixels: a digit of 28 × 28 that fits stays sharp.
  void operator()(const Picture& s) {
    const Box b = placed(s.box);
    const int x = int(std::lround(b.x)), y = int(std::lround(b.y));
    canvas_.blit_tinted(s.pixels.data(), s.width, s.height, x, y, int(std::lround(b.right())) - x,
                        int(std::lround(b.bottom())) - y, s.low, s.high, s.scaling);
  }
  void operator()(const Words& s) {
    files::TextStyle style = s.style;
    style.size *= scale_;
    canvas_.text(placed(s.at), s.text, style);
  }

 private:
  files::Point placed(files::Point p) const {
    return {(p.x - origin_.x) * scale_, (p.y - origin_.y) * scale_};
  }
  Box placed(const Box& b) const {
    const files::Point at = placed(files::Point{b.x, b.y});
    return {at.x, at.y, b.w * scale_, b.h * scale_};
  }

  files::Canvas& canvas_;
  float scale_;
  files::Point origin_;
};

int pixels_of(float units, double scale) { return int(std::lround(std::ceil(double(units) * scale - 1e-6))); }

uint8_t channel_between(uint8_t a, uint8_t b, float share) {
  return uint8_t(float(a) + (float(b) - float(a)) * share + 0.5f);
}

/// Colour and opacity of what was drawn alike on black and on white.
void add_unmixed(std::vector<uint8_t>& rgba, const uint8_t* on_black, const uint8_t* on_white) {
  int opacity = 255;
  for (int i = 0; i < 3; ++i) opacity = std::min(opacity, 255 - (int(on_white[i]) - int(on_black[i])));
  opacity = std::clamp(opacity, 0, 255);
  for (int i = 0; i < 3; ++i)
    rgba.push_back(opacity == 0 ? 0
                                : uint8_t(std::min(255, (int(on_black[i]) * 255 + opacity / 2) / opacity)));
  rgba.push_back(uint8_t(opacity));
}

}  // namespace

files::Image8 painted(const Drawing& drawing, double scale) {
  const int width = pixels_of(drawing.width(), scale), height = pixels_of(drawing.height(), scale);
  if (width > kMostPixels || height > kMostPixels)
    throw InputError("an image of " + std::to_string(width) + " × " + std::to_string(height) +
                     " pixels is too large; at most " + std::to_string(kMostPixels) +
                     " on a side: choose a smaller width or dpi, or write .svg or .pdf");
  files::Canvas canvas(width, height, drawing.palette().window);
  Painter painter(canvas, float(scale));
  for (const Shape& shape : drawing.shapes()) std::visit(painter, shape);
  return canvas.image();
}

files::Image8 tinted(const Picture& picture) {
  const bool opaque = picture.low.alpha >= 1 && picture.high.alpha >= 1;
  files::Image8 image{picture.width, picture.height, opaque ? 3 : 4, {}};
  for (const uint8_t value : picture.pixels) {
    const float share = float(value) / 255;
    image.pixels.push_back(channel_between(picture.low.r, picture.high.r, share));
    image.pixels.push_back(channel_between(picture.low.g, picture.high.g, share));
    image.pixels.push_back(channel_between(picture.low.b, picture.high.b, share));
    const float alpha = picture.low.alpha + (picture.high.alpha - picture.low.alpha) * share;
    if (!opaque) image.pixels.push_back(uint8_t(255 * alpha + 0.5f));
  }
  return image;
}

files::Image8 painted_cloud(const Cloud& cloud, double scale) {
  const int width = std::clamp(pixels_of(cloud.area.w, scale), 1, kMostPixels),
            height = std::clamp(pixels_of(cloud.area.h, scale), 1, kMostPixels);
  files::Canvas black(width, height, files::Rgb::hex(0)), white(width, height, files::Rgb::hex(0xFFFFFF));
  for (files::Canvas* canvas : {&black, &white})
    Painter(*canvas, float(scale), {cloud.area.x, cloud.area.y})(cloud);
  files::Image8 image{width, height, 4, {}};
  const std::vector<uint8_t>&dark = black.image().pixels, &light = white.image().pixels;
  image.pixels.reserve(dark.size() / 3 * 4);
  for (size_t i = 0; i + 2 < dark.size(); i += 3) add_unmixed(image.pixels, &dark[i], &light[i]);
  return image;
}

}  // namespace lf::figures
