#include "panels/runs/runs_table.h"

#include <string>

#include "panels/compare/models.h"
#include "panels/quality/quality_text.h"
#include "panels/runs/runs_text.h"
#include "widgets/control/button.h"
#include "widgets/control/scroll.h"
#include "widgets/text/text.h"
#include "widgets/text/wrap_line.h"

namespace lf::app::panels {
namespace {

constexpr float kWideRow = 52, kWideFrom = 800, kButton = 28;

/// Widths of the number columns, effective pixels.
struct FigureColumn {
  const char* title;
  float width;
};
constexpr FigureColumn kFigures[] = {{"flow steps", 130}, {"time", 64}, {"FD %", 70}, {"PSNR", 70}};

Color state_colour(const PanelContext& c, const RunSummary& run) {
  if (run.state == "crashed" || run.state == "diverged") return c.theme().warning;
  if (run.state == "running") return c.theme().accent;
  return run.state == "done" ? c.theme().good : c.theme().text2;
}

std::string figure(const RunSummary& run, int column) {
  if (column == 0) return run_steps(run);
  if (column == 1) return clock_text(run.seconds);
  if (column == 2) return fd_text(run.fd);
  return run.psnr > 0 ? fixed(run.psnr, 1) + " dB" : "—";
}

void draw_name(const PanelContext& c, Rect box, const RunSummary& run) {
  const Rect mark = box.take_left(c.px(10), c.px(8));
  draw()->AddCircleFilled({mark.center().x, box.y + c.px(11)}, c.px(4), state_colour(c, run));
  draw_text(c.ui, box.take_top(c.px(22)), Type::Title, c.theme().text,
            run.name + (run.current ? " · current" : ""));
  const std::string crashed =
      run.state == "crashed" ? " — ended by a crash; Resume continues from its last save" : "";
  draw_text(c.ui, box.take_top(c.px(18)), Type::Small, c.theme().text2, run_subtitle(run) + crashed);
}

void draw_open(const PanelContext& c, WrapLine& line, const RunSummary& run, const std::string& number) {
  const ControlInfo info{"runs.open." + number, "Open", "Opens this run's model and curves.", "",
                         run.current ? "This is the current run." : ""};
  if (button(c.ui, line.next(button_width(c.ui, info.label)), info)) c.send(OpenCommand{run.folder});
}

void draw_resume(const PanelContext& c, WrapLine& line, const RunSummary& run, const std::string& number) {
  const ControlInfo info{"runs.resume." + number, "Resume",
                         "Continues training where it stopped, bit for bit.", "", resume_run_reason(run)};
  if (button(c.ui, line.next(button_width(c.ui, info.label)), info)) c.send(ResumeRunCommand{run.folder, {}});
}

void draw_compare(const PanelContext& c, WrapLine& line, const RunSummary& run, const std::string& number) {
  const ControlInfo info{
      "runs.compare." + number, "compare",
      "Adds it to the comparison, of up to four runs: curves below, more on the page Compare.", "", ""};
  Rect place = line.next(chip_width(c.ui, info.label));
  place = {place.x, place.center().y - 0.5f * chip_height(c.ui), place.w, chip_height(c.ui)};
  if (chip(c.ui, place, info, is_compared(c.view, c.snapshot, run.folder)))
    c.send(toggle_compared(c.view, c.snapshot, run.folder));
}

void draw_folder_buttons(const PanelContext& c, WrapLine& line, const RunSummary& run,
                         const std::string& number) {
  const ControlInfo copy{"runs.folder." + number, "Copy folder", run.folder, run.folder, ""};
  if (icon_button(c.ui, line.next(c.px(kButton)), Icon::Folder, copy))
    ImGui::SetClipboardText(run.folder.c_str());
  const ControlInfo remove{"runs.delete." + number, "Delete",
                           "Deletes the run and its files, after a confirmation.", "",
                           delete_run_reason(run)};
  if (icon_button(c.ui, line.next(c.px(kButton)), Icon::Close, remove))
    c.view.set("now.runs.deleting", run.folder);
}

float buttons_width(const PanelContext& c) {
  return button_width(c.ui, "Open") + button_width(c.ui, "Resume") + chip_width(c.ui, "compare") +
         2 * c.px(kButton) + 4 * c.px(6);
}

void draw_buttons(const PanelContext& c, const Rect& area, const RunSummary& run, const std::string& number) {
  WrapLine line(area, c.px(kButton), c.px(6));
  draw_open(c, line, run, number);
  draw_resume(c, line, run, number);
  draw_compare(c, line, run, number);
  draw_folder_buttons(c, line, run, number);
}

/// In place of the row: the confirmation of a deletion.
void draw_question(const PanelContext& c, Rect row, const RunSummary& run, const std::string& number) {
  row = row.inset(c.px(8), 0);
  const ControlInfo yes{"runs.delete." + number + ".confirm", "Delete",
                        "Deletes the folder; this cannot be undone.", "", ""};
  const ControlInfo no{"runs.delete." + number + ".keep", "Keep", "Changes nothing.", "", ""};
  Rect line{row.x, row.center().y - c.px(15), row.w, c.px(30)};
  const Rect keep = line.take_right(button_width(c.ui, no.label), c.px(8));
  const Rect remove = line.take_right(button_width(c.ui, yes.label), c.px(12));
  draw_text(c.ui, line, Type::Body, c.theme().text,
            "Delete '" + run.name + "' with its model, curves and figures?");
  const bool deleted = button(c.ui, remove, yes, {ButtonKind::Danger, Icon::None, ""}).clicked;
  if (deleted) c.send(DeleteRunCommand{run.folder});
  if (button(c.ui, keep, no) || deleted) c.view.set("now.runs.deleting", std::string());
}

void draw_wide_row(const PanelContext& c, Rect row, const RunSummary& run, const std::string& number) {
  Rect buttons = row.take_right(buttons_width(c), c.px(16));
  buttons.y = row.center().y - c.px(14);
  draw_buttons(c, buttons, run, number);
  for (int i = 3; i >= 0; --i) {
    draw_text(c.ui, row.take_right(c.px(kFigures[i].width), c.px(4)), Type::Mono, c.theme().text,
              figure(run, i), Align::Right);
  }
  draw_name(c, {row.x, row.y + c.px(5), row.w - c.px(8), row.h - c.px(8)}, run);
}

void draw_compact_row(const PanelContext& c, Rect row, const RunSummary& run, const std::string& number) {
  row.take_top(c.px(5));
  draw_name(c, row.take_top(c.px(42)), run);
  const std::string figures =
      figure(run, 0) + " steps · " + figure(run, 1) + " · FD " + figure(run, 2) + " · " + figure(run, 3);
  draw_text(c.ui, row.take_top(c.px(20), c.px(2)), Type::MonoSmall, c.theme().text2, figures);
  draw_buttons(c, row, run, number);
}

void draw_head(const PanelContext& c, Rect line) {
  line.take_right(buttons_width(c), c.px(16));
  for (int i = 3; i >= 0; --i) {
    draw_text(c.ui, line.take_right(c.px(kFigures[i].width), c.px(4)), Type::Small, c.theme().text2,
              kFigures[i].title, Align::Right);
  }
  line.take_left(c.px(18));
  draw_text(c.ui, line, Type::Small, c.theme().text2, "run");
}

float row_height(const PanelContext& c, bool wide_rows) {
  if (wide_rows) return c.px(kWideRow);
  const bool two_lines = c.area.w - c.px(20) < buttons_width(c);
  return c.px(two_lines ? 142 : 108);
}

void draw_row(const PanelContext& c, const Rect& row, size_t i, bool wide_rows) {
  const RunSummary& run = c.snapshot.runs->runs[i];
  const std::string number = std::to_string(i);
  const Color fill = run.current ? fade(c.theme().accent, 0.10f) : c.theme().raised;
  if (run.current || i % 2 == 1)
    draw()->AddRectFilled(row.min(), row.max(), fade(fill, run.current ? 1 : 0.45f), c.px(6));
  readout(c.ui, row, {"runs.row." + number, run.name, "", run.state, ""});
  if (c.view.text("now.runs.deleting", "") == run.folder) {
    draw_question(c, row, run, number);
  } else if (wide_rows) {
    draw_wide_row(c, row.inset(c.px(8), 0), run, number);
  } else {
    draw_compact_row(c, row.inset(c.px(8), 0), run, number);
  }
}

}  // namespace

void draw_runs_list(const PanelContext& c) {
  Rect area = c.area;
  const bool wide_rows = area.w >= c.px(kWideFrom);
  const float width = area.w - c.px(14);  // the scroll bar's width, whether there is one or not
  if (wide_rows) {
    Rect head = area.take_top(c.px(20), c.px(4));
    head.w = width;
    draw_head(c, head.inset(c.px(8), 0));
  }
  scroll_area(c.ui, area, "runs.list", [&](const Rect& room) {
    const float height = row_height(c.within({room.x, room.y, width, room.h}), wide_rows);
    const size_t count = c.snapshot.runs->runs.size();
    for (size_t i = 0; i < count; ++i) {
      draw_row(c, {room.x, room.y + static_cast<float>(i) * height, width, height}, i, wide_rows);
    }
    return static_cast<float>(count) * height;
  });
}

}  // namespace lf::app::panels
