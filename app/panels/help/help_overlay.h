// The short help inside the window; tour.h is the long one.
#pragma once

#include "panels/panel.h"

namespace lf::app::panels {

/// F1: what the window shows, in four sentences, the keys, the mouse actions, and a button for the
/// guided tour. Called while view.help.
void draw_help_overlay(const PanelContext& c);

}  // namespace lf::app::panels
