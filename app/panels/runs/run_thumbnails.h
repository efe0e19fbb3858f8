// Samples of each run in its row.
#pragma once

#include <vector>

#include "panels/panel.h"

namespace lf::app::panels {

/// Prepares the samples of these rows, by their index in the snapshot; cheap if they are the same as before.
void prepare_run_thumbnails(const PanelContext& c, const std::vector<size_t>& rows);

/// Draws the samples of a run side by side from the left of `box`, as many as fit. `run` must be prepared.
void draw_run_thumbnails(const PanelContext& c, const Rect& box, size_t run);

}  // namespace lf::app::panels
