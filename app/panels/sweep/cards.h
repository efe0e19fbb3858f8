// The cards of the page "Sweep".
#pragma once

#include "panels/panel.h"
#include "protocol/sweep.h"

namespace lf::app::panels {

/// The plan that is edited, and the buttons that start, stop and continue a sweep.
void draw_sweep_editor(const PanelContext& c);
/// The height that it needs at a width in pixels, in effective pixels.
float sweep_editor_height(const PanelContext& c, float width);

/// Runs by rank.
void draw_sweep_table(const PanelContext& c);

/// Scores of the combinations: a heat map, a line with standard deviations, or parallel axes.
void draw_sweep_chart(const PanelContext& c);
/// Parallel axes: a line per run through its values to its FD.
void draw_sweep_parallel(const PanelContext& c, const SweepBlock& sweep);

/// Ten digits of each run from the same noise.
void draw_sweep_samples(const PanelContext& c);

}  // namespace lf::app::panels
