// What differs between the compared models, in words and numbers.
#pragma once

#include "panels/panel.h"

namespace lf::app::panels {

/// Settings that differ, weights by layer, and where two runs diverge; which of them is chosen by a chip.
void draw_differences_card(const PanelContext& c);

}  // namespace lf::app::panels
