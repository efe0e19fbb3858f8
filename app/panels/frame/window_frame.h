// The layout of the window around the page, and the first function of a frame's drawing.
#pragma once

#include "panels/panel.h"

namespace lf::app::panels {

/// Draws the whole window into one full-size ImGui window: bars, messages, settings, the page, the
/// time bar and everything above. `c.area` is the window.
void draw_window_frame(const PanelContext& c);

}  // namespace lf::app::panels
