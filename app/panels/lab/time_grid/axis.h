// The time grid's axis of t: the steps as handles, and what each of them gets wrong.
#pragma once

#include <vector>

#include "lab/time_grid/result.h"
#include "panels/panel.h"

namespace lf {

/// Draws the axis into the area of the context. `handles` are the boundaries as they stand, from 0 to 1; a
/// dragged one asks for the new grid in every frame.
void draw_time_axis(const PanelContext& c, const LabTimeGrid& found, const std::vector<double>& handles);

}  // namespace lf
