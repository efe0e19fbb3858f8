// Details of a run below its row: name, note and tags to edit, disk use.
#pragma once

#include "panels/panel.h"

namespace lf::app::panels {

/// True if the details of this run are open.
bool edits_run(const ViewState& view, const RunSummary& run);
/// Opens them, or closes them again.
void toggle_run_editor(ViewState& view, const RunSummary& run);

/// The command that stores what was typed; it changes nothing if `problem` is not "".
struct LabelEdit {
  LabelRunCommand command;
  bool changed = false;
  std::string problem;
};
/// Compares the typed texts with the label of the run.
LabelEdit label_edit(const ViewState& view, const RunSummary& run);

/// Height of the details at the width of c.area.
float run_editor_height(const PanelContext& c);
/// Draws them into c.area; `number` ends the names of their controls.
void draw_run_editor(const PanelContext& c, const RunSummary& run, const std::string& number);

}  // namespace lf::app::panels
