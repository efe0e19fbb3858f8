#include "files/image/font.h"

#include <algorithm>
#include <cmath>

// stb's font code is static here for the reason given in png.cpp.
#define STBTT_STATIC
#define STB_TRUETYPE_IMPLEMENTATION
#include <stb_easy_font.h>
#include <stb_truetype.h>

#include "base/errors.h"
#include "files/atomic_write.h"

namespace lf::files {
namespace {

constexpr uint64_t kMaxFontBytes = 64ull << 20;

/// A TrueType or OpenType file.
class OutlineFont : public Font {
 public:
  explicit OutlineFont(const std::filesystem::path& path) : file_(read_file(path, kMaxFontBytes)) {
    if (file_.size() < 12 ||
        !stbtt_InitFont(&info_, file_.data(), stbtt_GetFontOffsetForIndex(file_.data(), 0))) {
      throw InputError("cannot use the font '" + path.string() + "': it is damaged");
    }
  }

  Glyph glyph(uint32_t code_point, float size, float shift_x) const override {
    const float scale = stbtt_ScaleForMappingEmToPixels(&info_, size);
    const int index = stbtt_FindGlyphIndex(&info_, int(code_point));
    int advance = 0, bearing = 0, x0 = 0, y0 = 0, x1 = 0, y1 = 0;
    stbtt_GetGlyphHMetrics(&info_, index, &advance, &bearing);
    stbtt_GetGlyphBitmapBoxSubpixel(&info_, index, scale, scale, shift_x, 0, &x0, &y0, &x1, &y1);
    Glyph glyph{x1 - x0, y1 - y0, x0, y0, float(advance) * scale, {}};
    glyph.coverage.resize(size_t(std::max(glyph.width, 0)) * size_t(std::max(glyph.height, 0)));
    if (!glyph.coverage.empty()) {
      stbtt_MakeGlyphBitmapSubpixel(&info_, glyph.coverage.data(), glyph.width, glyph.height, glyph.width,
                                    scale, scale, shift_x, 0, index);
    }
    return glyph;
  }

  float ascent(float size) const override {
    int x0 = 0, y0 = 0, x1 = 0, y1 = 0;
    stbtt_GetCodepointBox(&info_, 'H', &x0, &y0, &x1, &y1);
    return float(y1) * stbtt_ScaleForMappingEmToPixels(&info_, size);
  }

 private:
  std::vector<uint8_t> file_;  // info_ points into it
  stbtt_fontinfo info_{};
};

/// stb's tiny built-in letters (ASCII, made of small bars), scaled. They are always available.
class BarFont : public Font {
 public:
  Glyph glyph(uint32_t code_point, float size, float shift_x) const override {
    const float scale = size / kEm;
    char text[2] = {char(code_point < 33 || code_point > 126 ? ' ' : code_point), 0};
    Glyph glyph{int(std::ceil(8 * scale)) + 1, int(std::ceil(kEm * scale)) + 1, 0, 0, 0, {}};
    glyph.top = int(std::floor(-kBaseline * scale));
    glyph.advance = float(stb_easy_font_width(text)) * scale;
    glyph.coverage.resize(size_t(glyph.width) * glyph.height);
    Quad quads[64];
    const int n = stb_easy_font_print(0, 0, text, nullptr, quads, sizeof quads);
    for (int i = 0; i < n; ++i) fill(glyph, quads[i], scale, shift_x);
    return glyph;
  }
  float ascent(float size) const override { return kBaseline / kEm * size; }

 private:
  static constexpr float kEm = 10, kBaseline = 7;
  struct Vertex {
    float x, y, z;
    uint8_t color[4];
  };
  struct Quad {
    Vertex corners[4];  // an upright rectangle: 0 top left, 2 bottom right
  };

  static float overlap(float low, float high, int pixel) {
    return std::clamp(std::min(high, float(pixel + 1)) - std::max(low, float(pixel)), 0.0f, 1.0f);
  }

  static void fill(Glyph& glyph, const Quad& quad, float scale, float shift_x) {
    const float below = -kBaseline * scale - float(glyph.top);
    const float left = quad.corners[0].x * scale + shift_x, right = quad.corners[2].x * scale + shift_x;
    const float top = quad.corners[0].y * scale + below, bottom = quad.corners[2].y * scale + below;
    for (int y = 0; y < glyph.height; ++y) {
      for (int x = 0; x < glyph.width; ++x) {
        uint8_t& pixel = glyph.coverage[size_t(y) * glyph.width + x];
        const float covered = overlap(left, right, x) * overlap(top, bottom, y);
        pixel = uint8_t(std::min(255.0f, float(pixel) + 255 * covered));
      }
    }
  }
};

}  // namespace

std::shared_ptr<const Font> builtin_font() { return std::make_shared<BarFont>(); }

std::shared_ptr<const Font> load_font(FontStyle style) {
  if (const auto path = find_font(style)) {
    try {
      return std::make_shared<OutlineFont>(*path);
    } catch (const InputError&) {
      // An unreadable font must not prevent the figure: continue with the built-in letters.
    }
  }
  return builtin_font();
}

}  // namespace lf::files
