// The time grid's axis of t: the steps as handles, and the error of each.
#pragma once

#include <vector>

#include "lab/time_grid/result.h"
#include "panels/panel.h"

namespace lf::app::panels {

/// Draws the axis into the area of the context. `handles` are the current boundaries, from 0 to 1;
/// dragging one requests the new grid in every frame.
void draw_time_axis(const PanelContext& c, const LabTimeGrid& found, const std::vector<double>& handles);

}  // namespace lf::app::panels
