// The view on screen as one line of a script, and back.
#pragma once

#include <string>
#include <vector>

#include "panels/view_state.h"
#include "protocol/commands.h"
#include "protocol/snapshot.h"
#include "protocol/view_line.h"

namespace lf::app::panels {

/// What is on screen now. Values that are initial in a new window are left out.
ViewLine view_on_screen(const Snapshot& snapshot, const ViewState& view);

/// The steps to a view.
struct ViewChange {
  std::vector<Command> commands;  ///< to be sent in this order
  std::string problem;            ///< what of the line cannot be shown, and why; "" if everything can
};

/// Changes `view`, and returns the commands for the rest. A line with a page is a whole view: what it does
/// not name returns to its initial value. Others change only what they name. `runs_root` is the folder of
/// runs that are named without a path.
ViewChange change_view(const ViewLine& line, const Snapshot& snapshot, const std::string& runs_root,
                       ViewState& view);

}  // namespace lf::app::panels
