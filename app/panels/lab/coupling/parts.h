// The two halves of the coupling tool: how a batch is paired, and what a reflow does to the ways.
#pragma once

#include "lab/coupling/result.h"
#include "panels/lab/panels.h"

namespace lf {

/// Three couplings of one batch side by side, what they cost, and which one the next run trains with.
void draw_pairings(const PanelContext& c, const LabCoupling* found);

/// The flow's ways solved finely and by few steps, before and after a reflow, and the button that begins one.
void draw_reflow(const PanelContext& c, const LabCoupling* found);

/// The chips that choose between the two.
std::vector<CardChip> coupling_view_chips(const PanelContext& c);
/// Takes a click on one of them; true when it was one.
bool coupling_view_clicked(const PanelContext& c, int clicked);

}  // namespace lf
