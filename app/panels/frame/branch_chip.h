// Leaves the run at the shown step of its training.
#pragma once

#include <string>

#include "panels/panel.h"

namespace lf::app::panels {

/// The branch that would begin now: at the shown step, with those changed settings that a branch can have.
BranchCommand branch_here(const Snapshot& snapshot, const ViewState& view);
/// Why there is none; "" if it is possible.
std::string branch_reason(const Snapshot& snapshot);

/// A chip at the right end of `row`, which it shortens; in narrow rows hidden.
void draw_branch_chip(const PanelContext& c, Rect& row);

}  // namespace lf::app::panels
