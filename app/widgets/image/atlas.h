// Images of digits: kept in one texture, drawn in the colours of the theme.
#pragma once

#include <cstdint>
#include <vector>

#include "base/image_shape.h"
#include "base/image_sheet.h"
#include "gl/texture.h"
#include "widgets/ui.h"

namespace lf::app::widgets {

/// Many small grey images in one texture, uploaded only when they change. Drawn as ink over paper,
/// so that a theme chooses both colours.
class ImageAtlas {
 public:
  /// Sets the contents. `version` identifies them: the same version is not uploaded twice.
  void set(const ImageSheet& sheet, uint64_t version);
  /// The signed difference b − a of two sheets of the same shape and count as twice as many images:
  /// first the positive parts, then the negative ones, each amplified by `gain`.
  void set_difference(const ImageSheet& a, const ImageSheet& b, uint64_t version, float gain = 2);

  size_t count() const { return count_; }
  /// Of its images, as the sheet had it.
  const ImageShape& shape() const { return shape_; }
  /// The part of `rect` that an image fills: the largest of its shape, in the middle.
  Rect fitted(const Rect& rect) const;
  /// Draws image `index` in one colour (without paper) as large as it fits into `rect`.
  void draw_ink(const Rect& rect, size_t index, Color ink) const;
  /// The same, only what lies between two vertical lines: for two images with a divider.
  void draw_ink_between(const Rect& rect, size_t index, Color ink, float left, float right) const;

 private:
  /// The part of an image that is not empty, in its pixels; the ends are exclusive.
  struct Box {
    int x0 = 0, y0 = 0, x1 = 0, y1 = 0;
  };
  /// True if these contents are new and must be uploaded.
  bool renew(const ImageShape& shape, size_t count, uint64_t version);
  /// Uploads all images; write(index, row, destination of one row) writes a row of one.
  template <class Write>
  void upload(Write write);
  Box box_of(const std::vector<uint8_t>& texels, size_t index) const;
  ImVec2 corner(size_t index) const;
  /// Of an image and its margin, in texels.
  int cell_width() const { return shape_.width + 2; }
  int cell_height() const { return shape_.height + 2; }

  gl::Texture texture_;
  ImageShape shape_ = kDigitShape;
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

}  // namespace lf::app::widgets
