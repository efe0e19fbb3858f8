// The bar at the bottom of the window, which moves all generated digits along t.
#pragma once

#include "panels/panel.h"

namespace lf::app::panels {

constexpr float kTransportHeight = 78;

/// The time bar: play, t in large figures, the track with a tick at every solver step, loop and
/// speed.
void draw_playback(const PanelContext& c);

/// The speeds that the speed control offers.
const std::vector<double>& speed_table();

}  // namespace lf::app::panels
