// The row below the top bar that selects the page.
#pragma once

#include "panels/panel.h"

namespace lf::app::panels {

constexpr float kTabBarHeight = 40;

/// The pages as tabs, with the settings' handle at the left and the pipeline at the right.
void draw_tab_bar(const PanelContext& c);

/// True when the settings panel is open: as chosen, else by the width of the window.
bool settings_open(const PanelContext& c, float window_width);

}  // namespace lf::app::panels
