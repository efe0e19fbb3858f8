// One square grey picture in a texture of its own, drawn as ink in a colour of choice.
#pragma once

#include <cstdint>
#include <vector>

#include "gl/texture.h"
#include "widgets/ui.h"

namespace lf {

class MaskPicture {
 public:
  /// Takes over `side` · `side` bytes, rows from the top.
  void set(const std::vector<uint8_t>& pixels, int side);
  /// Draws it over `rect`; nothing before set().
  void draw_ink(const Rect& rect, Color ink) const;

 private:
  Texture texture_;
};

}  // namespace lf
