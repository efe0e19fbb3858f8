// The curves of the compared runs in one plot.
#pragma once

#include "panels/panel.h"

namespace lf::app::panels {

/// Loss or scores of up to four runs, by step, seconds or digits seen, each in the colour of its model.
void draw_compare_card(const PanelContext& c);

}  // namespace lf::app::panels
