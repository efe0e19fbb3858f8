// One square grey image in its own texture, drawn as ink in any colour.
#pragma once

#include <cstdint>
#include <vector>

#include "gl/texture.h"
#include "widgets/ui.h"

namespace lf::app::widgets {

class MaskPicture {
 public:
  /// Takes over `side` · `side` bytes, rows from the top.
  void set(const std::vector<uint8_t>& pixels, int side);
  /// Draws it over `rect`; nothing before set().
  void draw_ink(const Rect& rect, Color ink) const;

 private:
  gl::Texture texture_;
};

}  // namespace lf::app::widgets
