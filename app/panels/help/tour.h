// The guided tour: explains the real cards, which stay usable meanwhile.
#pragma once

#include "panels/panel.h"

namespace lf::app::panels {

/// Starts at the first step, on the Explore page.
void start_tour(ViewState& view);
/// Ends it; false if there was none.
bool end_tour(ViewState& view);
/// The current step, or −1 without a tour.
int tour_step(const ViewState& view);
/// The number of steps.
int tour_length();

/// Draws the current step over the window, if there is a tour: a frame around its card, and a note
/// beside it. `c.area` is the whole window.
void draw_tour(const PanelContext& c);

}  // namespace lf::app::panels
