// Two pictures in one place with a divider to drag: left of it the first, right of it the second.
#pragma once

#include "widgets/control/control.h"
#include "widgets/image/atlas.h"

namespace lf {

struct WipeSpec {
  ControlInfo info;
  const ImageAtlas* left = nullptr;
  const ImageAtlas* right = nullptr;
  size_t index = 0;                   ///< of the picture in both atlases
  std::string left_word, right_word;  ///< shown in the corners of their sides
};

/// Draws both into the square `rect`; `share` (0..1) is where the divider stands. True when it was moved.
bool wipe(Ui& ui, const Rect& rect, const WipeSpec& spec, float& share);

}  // namespace lf
