// Shapes, images and text drawn into an image: the base of all figures.
#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/dark_colours.h"
#include "files/image/font.h"
#include "files/image/png.h"

namespace lf::files {

/// A colour; `alpha` in [0, 1] is its opacity.
struct Rgb {
  uint8_t r = 0, g = 0, b = 0;
  float alpha = 1.0f;
  /// The colour 0xRRGGBB.
  static constexpr Rgb hex(uint32_t value, float alpha = 1.0f) {
    return {uint8_t(value >> 16), uint8_t(value >> 8), uint8_t(value), alpha};
  }
  constexpr Rgb with_alpha(float a) const { return {r, g, b, a}; }
};

/// The dark theme of the window, for figures beside it. Names describe roles, not places.
namespace theme {
inline constexpr Rgb kWindow = Rgb::hex(dark::kWindow), kBar = Rgb::hex(dark::kBar),
                     kCard = Rgb::hex(dark::kCard);
inline constexpr Rgb kBorder = Rgb::hex(dark::kBorder), kText = Rgb::hex(dark::kText),
                     kTextDim = Rgb::hex(dark::kTextDim);
inline constexpr Rgb kAccent = Rgb::hex(dark::kAccent), kNoise = Rgb::hex(dark::kNoise),
                     kData = Rgb::hex(dark::kData);
inline constexpr Rgb kAutoencoder = Rgb::hex(dark::kAutoencoder), kFlow = Rgb::hex(dark::kFlow),
                     kHeldOut = Rgb::hex(0xFFFFFF);
}  // namespace theme

struct Point {
  float x = 0, y = 0;  ///< pixels from the top left corner; integers are pixel edges
};

enum class Align { kLeft, kCenter, kRight };
enum class Scaling { kNearest, kBilinear };

/// Style of a text. `size` is pixels per em.
struct TextStyle {
  float size = 13;
  Rgb color = theme::kText;
  FontStyle font = FontStyle::kRegular;
  Align align = Align::kLeft;
};

/// An RGB image for figures without a display. All shapes are anti-aliased and clipped to the
/// image.
class Canvas {
 public:
  /// width x height pixels of one colour. Throws InputError unless both are in 1…16,384.
  Canvas(int width, int height, Rgb background = theme::kWindow);
  int width() const { return image_.width; }
  int height() const { return image_.height; }
  const Image8& image() const { return image_; }

  /// Filled rectangle with edges at x, y, x+w, y+h (fractions are partly covered), corners rounded
  /// by `radius`.
  void fill_rect(float x, float y, float w, float h, Rgb color, float radius = 0);
  /// Outline of `thickness` pixels drawn inside the rectangle's edges.
  void stroke_rect(float x, float y, float w, float h, Rgb color, float thickness = 1, float radius = 0);
  /// A line with round ends.
  void line(Point a, Point b, Rgb color, float thickness = 1) { polyline({a, b}, color, thickness); }
  /// Joined lines with round ends; overlaps at the joints are not painted twice. Points that are not finite
  /// break the line.
  void polyline(const std::vector<Point>& points, Rgb color, float thickness = 1);
  /// A filled disc.
  void disc(Point center, float radius, Rgb color);
  /// A grey image (w x h bytes, 0 = black, 255 = white) scaled to the rectangle x, y, width,
  /// height.
  void blit_grey(const uint8_t* pixels, int w, int h, int x, int y, int width, int height,
                 Scaling scaling = Scaling::kNearest);
  /// The same tinted: 0 becomes `low`, 255 becomes `high`.
  void blit_tinted(const uint8_t* pixels, int w, int h, int x, int y, int width, int height, Rgb low,
                   Rgb high, Scaling scaling = Scaling::kNearest);

  /// UTF-8 text in one line; `at` is on the baseline, at the left end, middle or right end as the style says.
  void text(Point at, const std::string& utf8, const TextStyle& style = {});
  /// Width of a text in pixels.
  float text_width(const std::string& utf8, const TextStyle& style = {}) const;

  /// Blends a colour into one pixel; coverage in [0, 1] is multiplied by the colour's alpha. No
  /// effect outside.
  void blend(int x, int y, Rgb color, float coverage);
  void write_png(const std::filesystem::path& path) const;

 private:
  const Font& font(FontStyle style) const;
  /// Blends a colour with what `coverage` says of the distance from the edge of a rounded rectangle.
  template <class Coverage>
  void blend_rect(float x, float y, float w, float h, Rgb color, float radius, Coverage coverage);
  void draw_glyph(const Glyph& glyph, int pen_x, int baseline, Rgb color);
  Image8 image_;
  mutable std::shared_ptr<const Font> fonts_[3];
};

}  // namespace lf::files
