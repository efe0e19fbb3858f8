// The two halves of the coupling lab: pairing of a batch, and the effect of a reflow on the
// trajectories.
#pragma once

#include "lab/coupling/result.h"
#include "panels/lab/panels.h"

namespace lf::app::panels {

/// Three couplings of one batch side by side, their costs, and which one the next run uses.
void draw_pairings(const PanelContext& c, const LabCoupling* found);

/// The flow's trajectories, solved finely and with few steps, before and after a reflow, and the
/// button that starts one.
void draw_reflow(const PanelContext& c, const LabCoupling* found);

/// The chips that choose between the two.
std::vector<CardChip> coupling_view_chips(const PanelContext& c);
/// Handles a click on one of them; true if there was one.
bool coupling_view_clicked(const PanelContext& c, int clicked);

}  // namespace lf::app::panels
