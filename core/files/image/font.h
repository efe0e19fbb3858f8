// The shapes of letters, for the text that canvas.h draws.
#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace lf::files {

/// One glyph as a coverage mask: 0 = nothing, 255 = full ink. `left` and `top` place the mask relative to the
/// pen on the baseline (pixels, y down), `advance` moves the pen.
struct Glyph {
  int width = 0, height = 0;
  int left = 0, top = 0;
  float advance = 0;
  std::vector<uint8_t> coverage;
};

/// Letters for figures without a display: the first packaged sans font on the system, else a
/// built-in stroke font.
class Font {
 public:
  virtual ~Font() = default;
  /// The glyph of a code point at a height of `size` pixels per em, with the pen at the fraction `shift_x` in
  /// [0, 1).
  virtual Glyph glyph(uint32_t code_point, float size, float shift_x) const = 0;
  /// Height above the baseline of the tallest letters, in pixels.
  virtual float ascent(float size) const = 0;
};

enum class FontStyle { kRegular, kSemibold, kMono };

/// The packaged font file that would be used for a style (Inter, Roboto, DejaVu, …), or nothing.
std::optional<std::filesystem::path> find_font(FontStyle style);

/// Loads the font of a style, or the built-in one when none is installed. Never fails.
std::shared_ptr<const Font> load_font(FontStyle style);
/// The built-in font, independent of the machine: for images that must be equal everywhere.
std::shared_ptr<const Font> builtin_font();

}  // namespace lf::files
