// The lower card of the Runs page, which shows the effect of other settings.
#pragma once

#include "panels/panel.h"

namespace lf::app::panels {

/// Curves of two stored runs in one plot: the first in the colour of its network, the second in the
/// colour of text.
void draw_compare_card(const PanelContext& c);

}  // namespace lf::app::panels
