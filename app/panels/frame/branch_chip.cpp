#include "panels/frame/branch_chip.h"

#include <algorithm>

#include "config/branch_settings.h"
#include "widgets/control/button.h"
#include "widgets/text/text.h"

namespace lf::app::panels {
namespace {

constexpr float kNarrowRow = 560;

/// What was changed in the settings since the run began. Settings of another preset are not meant for it.
std::vector<std::string> wished_changes(const Snapshot& snapshot) {
  const SettingsBlock& settings = *snapshot.settings;
  std::vector<std::string> words;
  if (settings.values.preset() != settings.run.preset()) return words;
  for (const std::string& key : branch_settings())
    if (settings.values.text(key) != settings.run.text(key))
      words.push_back(key + "=" + settings.values.text(key));
  return words;
}

std::string branch_tooltip(const PanelContext& c, const BranchCommand& command) {
  const std::string at = command.step < 0 ? "its present step" : "flow step " + grouped(command.step);
  const std::string with =
      command.settings.empty()
          ? "To change something, set a learning rate, label drop or coupling in the settings first."
          : "From there on: " + command.settings + ".";
  return "Starts a new run from the exact state of this one at " + at + ". " + with +
         (c.snapshot.run->running ? " This run pauses." : "");
}

}  // namespace

BranchCommand branch_here(const Snapshot& snapshot, const ViewState& view) {
  BranchCommand command;
  command.folder = snapshot.run->run_folder;
  command.step = view.step_asked;
  for (const std::string& word : wished_changes(snapshot))
    command.settings += (command.settings.empty() ? "" : " ") + word;
  return command;
}

std::string branch_reason(const Snapshot& snapshot) {
  if (snapshot.run->run_folder.empty()) return "This model has no run.";
  if (snapshot.job->active) return "Another job is running.";
  return snapshot.run->flow_step == 0 ? "The flow of this run has made no step yet." : "";
}

void draw_branch_chip(const PanelContext& c, Rect& row) {
  if (row.w < c.px(kNarrowRow))
    return c.ui.map.add_hidden("marks.branch", "branch here", "Shown in wider windows.");
  const BranchCommand command = branch_here(c.snapshot, c.view);
  const Rect cut = row.take_right(chip_width(c.ui, "branch here"), c.px(8));
  const Rect place{cut.x, cut.center().y - c.px(12), cut.w, c.px(24)};
  const ControlInfo info{"marks.branch", "branch here", branch_tooltip(c, command), command.settings,
                         branch_reason(c.snapshot)};
  if (chip(c.ui, place, info, false, false)) c.send(command);
}

}  // namespace lf::app::panels
