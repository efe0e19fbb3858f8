// The content of the upper card of the Runs page.
#pragma once

#include "panels/panel.h"

namespace lf::app::panels {

/// The stored runs that pass the filter, in its order, each with its numbers, samples and buttons.
void draw_runs_list(const PanelContext& c);

}  // namespace lf::app::panels
