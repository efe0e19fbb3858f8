// The same digits by each grid of steps.
#pragma once

#include "lab/time_grid/result.h"
#include "panels/panel.h"

namespace lf::app::panels {

/// Rows of digits: these steps, equal ones, equalised ones and the reference.
void draw_grid_pictures(const PanelContext& c, const LabTimeGrid& found);

}  // namespace lf::app::panels
