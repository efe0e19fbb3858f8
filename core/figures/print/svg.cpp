// Written without a library: cairo's SVG turns letters into outlines, which cannot be selected or searched.
#include "figures/print/svg.h"

#include <cmath>

#include "base/number_text.h"
#include "base/printed.h"
#include "figures/print/paint.h"
#include "files/base64.h"
#include "files/image/png.h"

namespace lf::figures {
namespace {

constexpr double kCloudDpi = 600;

/// A coordinate with at most two places.
std::string place(double value) { return number_text(std::round(value * 100) / 100); }

std::string attribute(const char* name, double value) {
  return std::string(" ") + name + "=\"" + place(value) + "\"";
}

std::string hex(files::Rgb color) { return printed("#%02x%02x%02x", color.r, color.g, color.b); }

std::string paint_of(const char* name, files::Rgb color) {
  std::string text = std::string(" ") + name + "=\"" + hex(color) + "\"";
  if (color.alpha < 1) text += attribute((std::string(name) + "-opacity").c_str(), double(color.alpha));
  return text;
}

/// Bytes of the well-formed UTF-8 character that begins at `i`; 0 where none begins.
size_t character_at(const std::string& text, size_t i) {
  const auto byte = [&](size_t at) { return at < text.size() ? uint8_t(text[at]) : uint8_t(0); };
  const uint8_t first = byte(i);
  if (first < 0x80) return 1;
  const size_t length = first >= 0xF0 && first < 0xF5 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 0;
  if (length == 0 || first >= 0xF5) return 0;
  for (size_t k = 1; k < length; ++k)
    if ((byte(i + k) & 0xC0) != 0x80) return 0;
  const bool long_form = (first == 0xE0 && byte(i + 1) < 0xA0) || (first == 0xF0 && byte(i + 1) < 0x90);
  const bool no_character = (first == 0xED && byte(i + 1) > 0x9F) || (first == 0xF4 && byte(i + 1) > 0x8F);
  const bool not_xml = first == 0xEF && byte(i + 1) == 0xBF && byte(i + 2) >= 0xBE;
  return long_form || no_character || not_xml ? 0 : length;
}

/// Text for XML: marks escaped, bytes that XML cannot hold replaced.
std::string escaped(const std::string& text) {
  std::string safe;
  for (size_t i = 0; i < text.size();) {
    const size_t length = character_at(text, i);
    const char c = text[i];
    if (length == 0)
      safe += "\xEF\xBF\xBD";
    else if (c == '&')
      safe += "&amp;";
    else if (c == '<')
      safe += "&lt;";
    else if (c == '>')
      safe += "&gt;";
    else if (c == '"')
      safe += "&quot;";
    else if (length == 1 && uint8_t(c) < 0x20)
      safe += ' ';
    else
      safe += text.substr(i, length);
    i += length == 0 ? 1 : length;
  }
  return safe;
}

const char* family_of(files::FontStyle style) {
  return style == files::FontStyle::kMono
             ? "'JetBrains Mono', 'Roboto Mono', 'DejaVu Sans Mono', Menlo, Consolas, monospace"
             : "Inter, Roboto, 'Noto Sans', 'DejaVu Sans', Helvetica, Arial, sans-serif";
}

class SvgWriter {
 public:
  explicit SvgWriter(const Drawing& drawing) : mm_per_unit_(drawing.mm_per_unit) {}

  void operator()(const FilledBox& s) {
    text += "<rect" + box(s.box) + corners(s.radius, s.box) + paint_of("fill", s.color) + "/>\n";
  }
  void operator()(const Outline& s) {
    const float inset = s.thickness / 2;
    const Box inner{s.box.x + inset, s.box.y + inset, s.box.w - s.thickness, s.box.h - s.thickness};
    text += "<rect" + box(inner) + corners(s.radius - inset, inner) + " fill=\"none\"" +
            paint_of("stroke", s.color) + attribute("stroke-width", double(s.thickness)) + "/>\n";
  }
  void operator()(const Line& s) {
    std::string path;
    bool joined = false;
    for (const files::Point& p : s.points) {
      const bool finite = std::isfinite(p.x) && std::isfinite(p.y);
      if (finite) path += (joined ? "L" : "M") + place(double(p.x)) + " " + place(double(p.y));
      joined = finite;
    }
    if (path.empty()) return;
    text += "<path d=\"" + path + "\" fill=\"none\"" + paint_of("stroke", s.color) +
            attribute("stroke-width", double(s.thickness)) +
            " stroke-linecap=\"round\" stroke-linejoin=\"round\"/>\n";
  }
  void operator()(const Dot& s) {
    text += "<circle" + attribute("cx", double(s.center.x)) + attribute("cy", double(s.center.y)) +
            attribute("r", double(s.radius)) + paint_of("fill", s.color) + "/>\n";
  }
  void operator()(const Cloud& s) { image(s.area, painted_cloud(s, kCloudDpi / 25.4 * mm_per_unit_), true); }
  void operator()(const Picture& s) { image(s.box, tinted(s), s.scaling == files::Scaling::kBilinear); }
  void operator()(const Words& s) {
    const char* anchor = s.style.align == files::Align::kCenter  ? " text-anchor=\"middle\""
                         : s.style.align == files::Align::kRight ? " text-anchor=\"end\""
                                                                 : "";
    text += "<text" + attribute("x", double(s.at.x)) + attribute("y", double(s.at.y)) + anchor +
            attribute("font-size", double(s.style.size)) + " font-family=\"" + family_of(s.style.font) +
            "\"" + (s.style.font == files::FontStyle::kSemibold ? " font-weight=\"600\"" : "") +
            paint_of("fill", s.style.color) + ">" + escaped(s.text) + "</text>\n";
  }

  std::string text;

 private:
  static std::string box(const Box& b) {
    return attribute("x", double(b.x)) + attribute("y", double(b.y)) + attribute("width", double(b.w)) +
           attribute("height", double(b.h));
  }
  static std::string corners(float radius, const Box& b) {
    const float fits = std::min(radius, std::min(b.w, b.h) / 2);
    return fits > 0 ? attribute("rx", double(fits)) : "";
  }
  void image(const Box& b, const files::Image8& pixels, bool smooth) {
    text += "<image" + box(b) +
            " preserveAspectRatio=\"none\" style=\"image-rendering:" + (smooth ? "auto" : "pixelated") +
            "\" xlink:href=\"data:image/png;base64," + files::base64(files::encode_png(pixels)) + "\"/>\n";
  }

  double mm_per_unit_;
};

}  // namespace

std::string svg_text(const Drawing& drawing) {
  const double width = double(drawing.width()), height = double(drawing.height());
  SvgWriter writer(drawing);
  writer.text =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" "
      "version=\"1.1\" width=\"" +
      place(width * drawing.mm_per_unit) + "mm\" height=\"" + place(height * drawing.mm_per_unit) +
      "mm\" viewBox=\"0 0 " + place(width) + " " + place(height) + "\">\n<title>" + escaped(drawing.title) +
      "</title>\n";
  writer(FilledBox{{0, 0, drawing.width(), drawing.height()}, drawing.palette().window, 0});
  for (const Shape& shape : drawing.shapes()) std::visit(writer, shape);
  return writer.text + "</svg>\n";
}

}  // namespace lf::figures
