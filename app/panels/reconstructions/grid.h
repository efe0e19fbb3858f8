// The grid of the Reconstructions page and the controls above it.
#pragma once

#include "panels/panel.h"

namespace lf::app::panels {

/// Filter, paging and index field; returns the height used.
float draw_reconstruction_controls(const PanelContext& c);

/// Triples of original | reconstruction | difference; a click selects one (view switch
/// reconstructions.selected). Returns the index of the triple under the mouse, or −1.
int draw_reconstruction_grid(const PanelContext& c);

/// Index of the selected triple, always one of those shown.
int selected_reconstruction(const PanelContext& c);

}  // namespace lf::app::panels
