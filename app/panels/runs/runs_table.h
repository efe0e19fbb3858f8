// The content of the upper card of the Runs page.
#pragma once

#include "panels/panel.h"

namespace lf::app::panels {

/// The list of stored runs, newest first, each with its numbers and buttons.
void draw_runs_list(const PanelContext& c);

}  // namespace lf::app::panels
