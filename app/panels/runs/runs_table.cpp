#include "panels/runs/runs_table.h"

#include <string>
#include <vector>

#include "panels/runs/run_editor.h"
#include "panels/runs/run_row.h"
#include "panels/runs/run_thumbnails.h"
#include "panels/runs/runs_filter.h"
#include "widgets/control/card.h"
#include "widgets/control/scroll.h"

namespace lf::app::panels {
namespace {

/// The place of a run in the list.
struct ListedRun {
  size_t index = 0;     ///< in the snapshot
  size_t position = 0;  ///< in the list
  Rect row, details;    ///< `details` is empty unless they are open
};

/// Only a few of hundreds of rows are on screen, and only they are drawn.
bool is_visible(const ListedRun& run) {
  const ImVec2 low = draw()->GetClipRectMin(), high = draw()->GetClipRectMax();
  const float bottom = run.details.empty() ? run.row.bottom() : run.details.bottom();
  return bottom >= low.y && run.row.y <= high.y;
}

/// The rows on screen; `height` becomes that of all.
std::vector<ListedRun> rows_on_screen(const PanelContext& c, float& height) {
  const std::vector<size_t>& shown = shown_runs(c);
  const float row = run_row_height(c), editor = run_editor_height(c);
  std::vector<ListedRun> visible;
  height = 0;
  for (size_t k = 0; k < shown.size(); ++k) {
    ListedRun run{shown[k], k, {c.area.x, c.area.y + height, c.area.w, row}, {}};
    height += row;
    if (edits_run(c.view, c.snapshot.runs->runs[run.index])) {
      run.details = {c.area.x, c.area.y + height, c.area.w, editor};
      height += editor + c.px(6);
    }
    if (is_visible(run)) visible.push_back(run);
  }
  return visible;
}

/// The row of a branch is to the right of its parent's, with a line that leads to it.
Rect indented(const PanelContext& c, const ListedRun& run) {
  if (!shows_tree(run_filter_of(c.view))) return run.row;
  const int depth = branch_depth(c.snapshot.runs->runs, shown_runs(c), run.index);
  Rect row = run.row;
  if (depth == 0) return row;
  const Rect room = row.take_left(c.px(18) * static_cast<float>(depth));
  const float x = room.right() - c.px(6), y = room.y + c.px(16);
  draw()->AddLine({x, room.y}, {x, y}, c.theme().text2, c.px(1));
  draw()->AddLine({x, y}, {room.right() + c.px(4), y}, c.theme().text2, c.px(1));
  return row;
}

float draw_rows(const PanelContext& c) {
  float height = 0;
  const std::vector<ListedRun> visible = rows_on_screen(c, height);
  std::vector<size_t> indices;
  for (const ListedRun& run : visible) indices.push_back(run.index);
  prepare_run_thumbnails(c, indices);
  for (const ListedRun& run : visible) {
    const Color stripe = fade(c.theme().raised, 0.45f);
    if (run.position % 2 == 1) draw()->AddRectFilled(run.row.min(), run.row.max(), stripe, c.px(6));
    draw_run_row(c.within(indented(c, run)), run.index);
    if (!run.details.empty())
      draw_run_editor(c.within(run.details), c.snapshot.runs->runs[run.index], std::to_string(run.index));
  }
  return height;
}

}  // namespace

void draw_runs_list(const PanelContext& c) {
  Rect area = c.area;
  if (shown_runs(c).empty())
    return empty_state(c.ui, area, "No run matches", "Change the search or press 'show all' above.");
  const float width = area.w - c.px(14);  // the scroll bar's width, whether there is one or not
  if (width >= c.px(kWideRunRow)) {
    const Rect head = area.take_top(c.px(20), c.px(4));
    draw_run_columns(c.within({head.x, head.y, width, head.h}));
  }
  scroll_area(c.ui, area, "runs.list", [&](const Rect& room) {
    return draw_rows(c.within({room.x, room.y, width, room.h}));
  });
}

}  // namespace lf::app::panels
