// Text on a canvas.
#include <cmath>

#include "files/image/canvas.h"

namespace lf::files {
namespace {

/// The code points of a UTF-8 text; broken bytes become the replacement character.
std::vector<uint32_t> decode_utf8(const std::string& text) {
  std::vector<uint32_t> points;
  for (size_t i = 0; i < text.size();) {
    const auto lead = uint8_t(text[i]);
    const int extra = lead < 0x80 ? 0 : lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC0 ? 1 : -1;
    uint32_t point = extra <= 0 ? lead : lead & (0x3Fu >> extra);
    bool sound = extra >= 0 && i + size_t(extra) < text.size();
    for (int k = 1; sound && k <= extra; ++k) {
      const auto next = uint8_t(text[i + size_t(k)]);
      sound = (next & 0xC0) == 0x80;
      point = point << 6 | (next & 0x3F);
    }
    points.push_back(sound ? point : 0xFFFD);
    i += sound ? size_t(extra) + 1 : 1;
  }
  return points;
}

}  // namespace

const Font& Canvas::font(FontStyle style) const {
  auto& font = fonts_[int(style)];
  if (!font) font = load_font(style);
  return *font;
}

float Canvas::text_width(const std::string& utf8, const TextStyle& style) const {
  float width = 0;
  for (uint32_t point : decode_utf8(utf8)) width += font(style.font).glyph(point, style.size, 0).advance;
  return width;
}

void Canvas::draw_glyph(const Glyph& glyph, int pen_x, int baseline, Rgb color) {
  for (int y = 0; y < glyph.height; ++y) {
    for (int x = 0; x < glyph.width; ++x) {
      const uint8_t covered = glyph.coverage[size_t(y) * glyph.width + x];
      if (covered) blend(pen_x + glyph.left + x, baseline + glyph.top + y, color, float(covered) / 255);
    }
  }
}

void Canvas::text(Point at, const std::string& utf8, const TextStyle& style) {
  float pen = at.x;
  if (style.align == Align::kCenter) pen -= text_width(utf8, style) / 2;
  if (style.align == Align::kRight) pen -= text_width(utf8, style);
  for (uint32_t point : decode_utf8(utf8)) {
    const float quarter = std::floor(pen * 4) / 4;  // allowed positions of letters; a finer grid is not
                                                    // visible
    const float whole = std::floor(quarter);
    const Glyph glyph = font(style.font).glyph(point, style.size, quarter - whole);
    draw_glyph(glyph, int(whole), int(std::lround(at.y)), style.color);
    pen += glyph.advance;
  }
}

}  // namespace lf::files
