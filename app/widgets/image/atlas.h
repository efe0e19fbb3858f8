#pragma once

#include <cstdint>
#include <vector>

#include "gl/texture.h"
#include "widgets/ui.h"

namespace lf {

/// Many small grey pictures in one texture, uploaded only when they change. Drawn as ink over paper, so that
/// a theme chooses both colours.
class ImageAtlas {
 public:
  static constexpr int kSide = 28;

  /// Sets the contents: `count` pictures of 28×28 bytes. `version` names them: the same version is not
  /// uploaded twice.
  void set(const uint8_t* pixels, size_t count, uint64_t version);
  /// The signed difference b − a of two sets as 2·count pictures: first the positive parts, then the negative
  /// ones, each amplified by `gain`.
  void set_difference(const uint8_t* a, const uint8_t* b, size_t count, uint64_t version, float gain = 2);

  size_t count() const { return count_; }
  /// Draws picture `index` over `rect` in one colour (paper not included).
  void draw_ink(const Rect& rect, size_t index, Color ink) const;

 private:
  /// The part of a picture that is not empty, in its pixels; the ends lie behind the last ones.
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
  std::vector<Box> boxes_;  ///< per picture: only there is something to draw
};

/// Digits drawn while this exists are drawn in three layers, all papers beneath all inks beneath all marks
/// and words: a change of texture between them would cost a software renderer more than the picture. They
/// must not overlap. One inside of another does nothing.
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

/// One picture of a digit: rounded paper, ink, and where wanted a line in the colour of its class below.
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
