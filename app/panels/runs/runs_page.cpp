#include "panels/runs/runs_page.h"

#include <string>

#include "panels/compare/curves.h"
#include "panels/files/files_panel.h"
#include "panels/page_scroll.h"
#include "panels/runs/runs_filter.h"
#include "panels/runs/runs_table.h"
#include "panels/runs/trash_line.h"
#include "widgets/control/card.h"
#include "widgets/text/text.h"

namespace lf::app::panels {
namespace {

/// Requests the list when the page is first shown and whenever something was saved or a run changed
/// its state.
void ask_for_runs(const PanelContext& c) {
  const RunBlock& run = *c.snapshot.run;
  const std::string key = std::to_string(c.snapshot.notice->saves) + "/" + phase_name(run.phase) + "/" +
                          (run.running ? "1" : "0") + "/" + run.run_folder;
  if (run.phase == Phase::Loading || c.view.text("now.runs.asked", "") == key) return;
  c.view.set("now.runs.asked", key);
  c.send(ListRunsCommand{});
}

void draw_root(const PanelContext& c, Rect line) {
  const std::string& root = c.snapshot.runs->root;
  const ControlInfo copy{"runs.copy_root", "copy path",
                         "Copies the path of the runs' folder to the clipboard.", root,
                         root.empty() ? "The folder is not known yet." : ""};
  Rect place = line.take_right(chip_width(c.ui, copy.label), c.px(8));
  place = {place.x, place.center().y - 0.5f * chip_height(c.ui), place.w, chip_height(c.ui)};
  if (chip(c.ui, place, copy, false, false)) ImGui::SetClipboardText(root.c_str());
  readout(c.ui, line, {"runs.root", "Folder", root, root, ""});
  draw_text(c.ui, line, Type::Small, c.theme().text2,
            root.empty() ? "reading the runs' folder …" : "stored in " + root);
}

CardBody draw_list_frame(const PanelContext& c) {
  const RunsBlock& runs = *c.snapshot.runs;
  const std::string unit = runs.runs.empty() ? "" : runs_total(runs, shown_runs(c));
  const CardChip shipped{
      {"runs.shipped", "bundled model", "Opens the model that is bundled with the program.", "", ""},
      false,
      false};
  const CardChip import_run{{"runs.import", "import …",
                             "Checks a run folder from another machine and copies it to your runs.", "", ""},
                            false,
                            false};
  const CardChip refresh{{"runs.refresh", "refresh", "Reads the folder again.", "", ""}, false, false};
  const CardBody parts = card(c.ui, c.area, {"runs", "Runs", unit, "", {shipped, import_run, refresh}});
  if (parts.clicked == 0) c.send(ShippedCommand{});
  if (parts.clicked == 1) open_files_panel(c.view, FilesMode::Import);
  if (parts.clicked == 2) c.send(ListRunsCommand{});
  return parts;
}

void draw_list_card(const PanelContext& c) {
  const RunsBlock& runs = *c.snapshot.runs;
  Rect body = draw_list_frame(c).body;
  draw_root(c, body.take_bottom(c.px(24), c.px(4)));
  if (const float height = trash_line_height(runs); height > 0)
    draw_trash_line(c.within(body.take_bottom(c.px(height), c.px(4))));
  if (runs.runs.empty()) {
    empty_state(
        c.ui, body, "No runs yet",
        "Every training run is stored here with its model, curves and images. You can open, resume or "
        "compare them. Press Train (Space) to start the first.");
    return;
  }
  body.take_top(draw_runs_filter(c.within(body)), c.px(6));
  draw_runs_list(c.within(body));
}

}  // namespace

void draw_runs_page(const PanelContext& c) {
  ask_for_runs(c);
  page_scroll(c, "runs.scroll", 600, [&](const PanelContext& page) {
    const float list = page.snapshot.runs->compared.empty() ? 2.2f : 1.1f;  // less room for an empty plot
    const auto parts = rows(page.area, {list, 1}, c.px(12));
    draw_list_card(page.within(parts[0]));
    draw_compare_card(page.within(parts[1]));
  });
}

}  // namespace lf::app::panels
