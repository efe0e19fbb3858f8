// A figure as a list of shapes: every figure is drawn into one, and written from it as pixels (paint.h), SVG
// (svg.h) or PDF (pdf.h).
#pragma once

#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "figures/print/palette.h"
#include "files/image/canvas.h"

namespace lf::figures {

/// Millimetres of a figure's unit on paper: text of 22 units is 7.5 points high.
inline constexpr double kMmPerUnit = 0.12;

struct Box {
  float x = 0, y = 0, w = 0, h = 0;
  float right() const { return x + w; }
  float bottom() const { return y + h; }
};

/// The shapes. Places and sizes are units from the top left corner.
struct FilledBox {
  Box box;
  files::Rgb color;
  float radius;  ///< of the corners
};
/// Of `thickness`, inside the box's edges.
struct Outline {
  Box box;
  files::Rgb color;
  float thickness, radius;
};
/// Joined lines with round ends; points that are not finite break it.
struct Line {
  std::vector<files::Point> points;
  files::Rgb color;
  float thickness;
};
struct Dot {
  files::Point center;
  float radius;
  files::Rgb color;
};
/// Many dots: one image in SVG and PDF, so that these files stay small.
struct Cloud {
  Box area;  ///< what lies outside is cut off
  std::vector<Dot> dots;
};
/// An image of grey values, in colours from `low` (0) to `high` (255).
struct Picture {
  Box box;
  int width, height;            ///< pixels
  std::vector<uint8_t> pixels;  ///< (height, width)
  files::Rgb low, high;
  files::Scaling scaling;
};
struct Words {
  files::Point at;  ///< on the baseline
  std::string text;
  files::TextStyle style;
};
using Shape = std::variant<FilledBox, Outline, Line, Dot, Cloud, Picture, Words>;

class Drawing {
 public:
  /// Width and height in units. Throws InputError unless both are positive and finite.
  Drawing(float width, float height, const Palette& palette = kDark);

  float width() const { return width_; }
  float height() const { return height_; }
  const Palette& palette() const { return *palette_; }
  const std::vector<Shape>& shapes() const { return shapes_; }

  /// The name of the figure, for readers of the file.
  std::string title;
  double mm_per_unit = kMmPerUnit;

  /// As those of files::Canvas.
  void fill_rect(float x, float y, float w, float h, files::Rgb color, float radius = 0);
  void stroke_rect(float x, float y, float w, float h, files::Rgb color, float thickness = 1,
                   float radius = 0);
  void line(files::Point a, files::Point b, files::Rgb color, float thickness = 1);
  void polyline(std::vector<files::Point> points, files::Rgb color, float thickness = 1);
  void disc(files::Point center, float radius, files::Rgb color);
  void blit_tinted(const uint8_t* pixels, int w, int h, float x, float y, float width, float height,
                   files::Rgb low, files::Rgb high, files::Scaling scaling = files::Scaling::kNearest);
  void text(files::Point at, const std::string& utf8, const files::TextStyle& style);
  /// A few dots stay vectors.
  void cloud(const Box& area, std::vector<Dot> dots);

 private:
  float width_, height_;
  const Palette* palette_;
  std::vector<Shape> shapes_;
};

/// Units of a text's width in the font of the figures.
float text_width(const std::string& utf8, const files::TextStyle& style);

}  // namespace lf::figures
