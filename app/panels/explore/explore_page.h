// Arranges the cards of cards.h on the page that opens first.
#pragma once

#include "panels/panel.h"

namespace lf::app::panels {

/// The default page: loss curves, reconstructions, and the flow as grid, map and film strip, all
/// controlled by t. In small windows the flow grid and one switchable card.
void draw_explore_page(const PanelContext& c);

}  // namespace lf::app::panels
