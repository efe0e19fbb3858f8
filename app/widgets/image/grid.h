// Many digits at a glance, each with a tooltip and a click.
#pragma once

#include <string>
#include <vector>

#include "widgets/control/control.h"
#include "widgets/image/atlas.h"

namespace lf::app::widgets {

/// A grid of digits that fills its area with the largest squares that fit.
struct ImageGridSpec {
  ControlInfo info;
  const ImageAtlas* atlas = nullptr;
  size_t first = 0;  ///< atlas index of the first image
  int count = 0;
  const uint8_t* labels = nullptr;    ///< (count) classes for the underline; may be null
  std::vector<std::string> captions;  ///< below each image; may be empty
  int selected = -1;
  float largest = 96;      ///< side limit in effective pixels
  std::string hover_text;  ///< tooltip over an image; '#' is replaced by its index
};

/// Mouse events.
struct ImageGridResult {
  int hovered = -1, clicked = -1;
};

ImageGridResult image_grid(Ui& ui, const Rect& area, const ImageGridSpec& spec);

}  // namespace lf::app::widgets
