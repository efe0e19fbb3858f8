// Arranges the cards of a comparison.
#pragma once

#include "panels/panel.h"

namespace lf::app::panels {

/// Two to four models: digits from the same noise, curves, what differs, trajectories.
void draw_compare_page(const PanelContext& c);

}  // namespace lf::app::panels
