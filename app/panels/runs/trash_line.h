// Deleted runs at the bottom of the list: restore one, or delete all for good.
#pragma once

#include "panels/panel.h"

namespace lf::app::panels {

/// Height of the line at scale 1; 0 while the trash is empty.
float trash_line_height(const RunsBlock& runs);

/// Draws it into c.area.
void draw_trash_line(const PanelContext& c);

/// The notice about the run that was deleted last, with its undo; true while there is one.
bool undo_notice(const Snapshot& snapshot, const ViewState& view, std::string& text);
/// It was dismissed.
void dismiss_undo(const Snapshot& snapshot, ViewState& view);

}  // namespace lf::app::panels
