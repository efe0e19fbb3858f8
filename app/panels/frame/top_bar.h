// The bar at the top of the window: controls and state of training, on every page.
#pragma once

#include "panels/panel.h"

namespace lf::app::panels {

/// Height of the bar in effective pixels.
constexpr float kTopBarHeight = 58;

/// Reset · Train · Step · preset · phase and progress · speed · quality badge · device; folds into a menu
/// where the window is narrow.
void draw_top_bar(const PanelContext& c);

}  // namespace lf::app::panels
