#pragma once

#include "panels/panel.h"

namespace lf {

/// Draws the whole window into one full-size ImGui window: bars, messages, settings, the page, the transport
/// and what lies above. `c.area` is the window.
void draw_window_frame(const PanelContext& c);

}  // namespace lf
