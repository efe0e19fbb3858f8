// Buttons one after the other, on as many lines as they need.
#pragma once

#include <vector>

#include "widgets/control/button.h"

namespace lf::app::widgets {

struct RowButton {
  ControlInfo info;
  ButtonLook look;
};

/// Draws them from the top left of `area`; returns the index of the clicked one, else −1.
int button_row(Ui& ui, const Rect& area, const std::vector<RowButton>& buttons);
}  // namespace lf::app::widgets
