// Two images in one place with a divider to drag: the first at its left, the second at its right.
#pragma once

#include "widgets/control/control.h"
#include "widgets/image/atlas.h"

namespace lf::app::widgets {

struct WipeSpec {
  ControlInfo info;
  const ImageAtlas* left = nullptr;
  const ImageAtlas* right = nullptr;
  size_t index = 0;                   ///< of the image in both atlases
  std::string left_word, right_word;  ///< shown in the corners of their sides
};

/// Draws both into the square `rect`; `share` (0..1) is the position of the divider. True when it
/// was moved.
bool wipe(Ui& ui, const Rect& rect, const WipeSpec& spec, float& share);

}  // namespace lf::app::widgets
