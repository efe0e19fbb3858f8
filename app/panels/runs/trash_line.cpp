#include "panels/runs/trash_line.h"

#include <algorithm>
#include <string>

#include "protocol/run_filter.h"
#include "widgets/control/combo.h"
#include "widgets/text/text.h"

namespace lf::app::panels {
namespace {

constexpr const char* kEmptying = "now.runs.emptying";
constexpr const char* kUndoSeen = "now.runs.undo_seen";

std::string trash_words(const RunsBlock& runs) {
  int64_t bytes = 0;
  for (const TrashedRun& run : runs.trash) bytes += run.bytes;
  return counted(static_cast<int64_t>(runs.trash.size()), "run") + ", " + bytes_text(bytes);
}

/// From the right end of a line, with the height of a chip.
Rect chip_from_right(const PanelContext& c, Rect& line, float width) {
  const Rect place = line.take_right(width, c.px(8));
  return {place.x, place.center().y - 0.5f * chip_height(c.ui), place.w, chip_height(c.ui)};
}

void draw_question(const PanelContext& c, Rect line) {
  const ControlInfo yes{"runs.trash.confirm", "Delete for good",
                        "Deletes these runs and their files; this cannot be undone.", "", ""};
  const ControlInfo no{"runs.trash.keep", "Keep", "Changes nothing.", "", ""};
  const bool kept =
      chip(c.ui, chip_from_right(c, line, chip_width(c.ui, no.label)), no, false, false).clicked;
  const bool deleted =
      chip(c.ui, chip_from_right(c, line, chip_width(c.ui, yes.label)), yes, true, false).clicked;
  draw_text(c.ui, line, Type::Body, c.theme().warning,
            "Delete " + trash_words(*c.snapshot.runs) + ", from the disk? This cannot be undone.");
  if (deleted) c.send(EmptyTrashCommand{});
  if (kept || deleted) c.view.set(kEmptying, false);
}

void draw_restore(const PanelContext& c, Rect& line) {
  constexpr size_t kMostRows = 15;
  const std::vector<TrashedRun>& trash = c.snapshot.runs->trash;
  std::vector<MenuRow> rows;
  for (size_t i = 0; i < std::min(kMostRows, trash.size()); ++i)
    rows.push_back({std::to_string(i), trash[i].name, bytes_text(trash[i].bytes), ""});
  const ControlInfo info{"runs.restore", "restore …", "Returns a deleted run to the list.", "restore …", ""};
  const Rect place = chip_from_right(c, line, chip_width(c.ui, info.label) + c.px(16));
  const int picked = combo(c.ui, place, info, rows, -1, true);
  if (picked >= 0) c.send(RestoreRunCommand{trash[static_cast<size_t>(picked)].folder});
}

}  // namespace

float trash_line_height(const RunsBlock& runs) { return runs.trash.empty() ? 0 : 26; }

void draw_trash_line(const PanelContext& c) {
  Rect line = c.area;
  if (c.view.on(kEmptying, false)) return draw_question(c, line);
  const ControlInfo empty{"runs.empty_trash", "empty …",
                          "Deletes the runs in the trash for good, after a question.", "", ""};
  if (chip(c.ui, chip_from_right(c, line, chip_width(c.ui, empty.label)), empty, false, false))
    c.view.set(kEmptying, true);
  draw_restore(c, line);
  const std::string words = "trash: " + trash_words(*c.snapshot.runs);
  readout(
      c.ui, line,
      {"runs.trash", "Trash", "Deleted runs. They use disk space until the trash is emptied.", words, ""});
  draw_text(c.ui, line, Type::Small, c.theme().text2, words);
}

bool undo_notice(const Snapshot& snapshot, const ViewState& view, std::string& text) {
  const std::string& deleted = snapshot.runs->last_deleted;
  if (deleted.empty() || view.text(kUndoSeen, "") == deleted) return false;
  text = "The run " + deleted.substr(deleted.find_last_of('/') + 1) + " is in the trash.";
  return true;
}

void dismiss_undo(const Snapshot& snapshot, ViewState& view) {
  view.set(kUndoSeen, snapshot.runs->last_deleted);
}

}  // namespace lf::app::panels
