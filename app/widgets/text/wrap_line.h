// Positions for controls that must wrap where the window is narrow.
#pragma once

#include "widgets/layout.h"

namespace lf::app::widgets {

/// Assigns areas from left to right, on a new line if one does not fit.
class WrapLine {
 public:
  WrapLine(const Rect& area, float line_height, float gap)
      : area_(area), x_(area.x), y_(area.y), line_(line_height), gap_(gap) {}

  /// The next area of this width (at most the total width).
  Rect next(float width) {
    width = width < area_.w ? width : area_.w;
    if (x_ > area_.x && x_ + width > area_.right() + 0.5f) {
      x_ = area_.x;
      y_ += line_ + gap_;
    }
    const Rect place{x_, y_, width, line_};
    x_ += width + gap_;
    return place;
  }
  /// Height of all lines so far.
  float height() const { return y_ - area_.y + line_; }

 private:
  Rect area_;
  float x_, y_, line_, gap_;
};

}  // namespace lf::app::widgets
