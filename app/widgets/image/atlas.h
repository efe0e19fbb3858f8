// Images of digits: kept in one texture, drawn in the colours of the theme.
#pragma once

#include <cstdint>
#include <vector>

#include "gl/texture.h"
#include "widgets/ui.h"

namespace lf {

/// Many small grey images in one texture, uploaded only when they change. Drawn as ink over paper,
/// so that a theme chooses both colours.
class ImageAtlas {
 public:
  static constexpr int kSide = 28;

  /// Sets the contents: `count` images of 28×28 bytes. `version` identifies them: the same version
  /// is not uploaded twice.
  void set(const uint8_t* pixels, size_t count, uint64_t version);
  /// The signed difference b − a of two sets as 2·count images: first the positive parts, then the
  /// negative ones, each amplified by `gain`.
  void set_difference(const uint8_t* a, const uint8_t* b, size_t count, uint64_t version, float gain = 2);

  size_t count() const { return count_; }
  /// Draws image `index` over `rect` in one colour (without paper).
  void draw_ink(const Rect& rect, size_t index, Color ink) const;

 private:
  /// The part of an image that is not empty, in its pixels; the ends are exclusive.
  struct Box {
    int x0 = kSide, y0 = kSide, x1 = 0, y1 = 0;
  };
  void upload(const std::vector<uint8_t>& sheet, int columns, int rows);
  Box box_of(const std::vector<uint8_t>& sheet, size_t index) const;
  ImVec2 corner(size_t index) const;

  Texture texture_;
  size_t count_ = 0;
  uint64_t version_ = ~0ull;
  int columns_ = 1;
  int width_ = 1, height_ = 1;
  std::vector<Box> boxes_;  ///< per image: only this part is drawn
};

/// Digits drawn while this object exists are drawn in three layers: all papers, then all inks, then
/// all marks and texts. A change of texture between them would cost a software renderer more than
/// the image. They must not overlap. A nested object has no effect.
class TileLayers {
 public:
  explicit TileLayers(Ui& ui);
  ~TileLayers();
  TileLayers(const TileLayers&) = delete;
  TileLayers& operator=(const TileLayers&) = delete;

 private:
  Ui& ui_;
  bool splits_;
};

/// One image of a digit: rounded paper, ink, and an optional line in the colour of its class below.
struct TileLook {
  int label = -1;         ///< 0..9 draws the class underline
  bool selected = false;  ///< a frame in the accent colour
  bool hovered = false;
  float opacity = 1;
};
void digit_tile(const Ui& ui, const Rect& rect, const ImageAtlas& atlas, size_t index, const TileLook& look);
/// The signed difference: positive parts amber, negative parts blue over the card's surface.
void difference_tile(const Ui& ui, const Rect& rect, const ImageAtlas& difference, size_t index);

}  // namespace lf
