// One row of the list of runs.
#pragma once

#include <string>

#include "panels/panel.h"

namespace lf::app::panels {

/// Width from which a row has columns, in effective pixels.
constexpr float kWideRunRow = 800;

/// Height of a row at the width of c.area, without its details.
float run_row_height(const PanelContext& c);

/// The titles of the columns, above the first row; only in wide lists.
void draw_run_columns(const PanelContext& c);

/// Draws the run with this index in the snapshot into c.area; its samples must be prepared
/// (run_thumbnails.h).
void draw_run_row(const PanelContext& c, size_t index);

}  // namespace lf::app::panels
