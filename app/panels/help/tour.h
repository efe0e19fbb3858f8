// The guided first tour: "What am I looking at?", told at the real cards, which stay usable meanwhile.
#pragma once

#include "panels/panel.h"

namespace lf {

/// Begins at the first step, on the Explore page.
void start_tour(ViewState& view);
/// Ends it; false when none was on.
bool end_tour(ViewState& view);
/// The step shown, or −1 when no tour is on.
int tour_step(const ViewState& view);
/// How many steps there are.
int tour_length();

/// Draws the present step over the window, if a tour is on: a frame around the card it is about, and a note
/// beside it. `c.area` is the whole window.
void draw_tour(const PanelContext& c);

}  // namespace lf
