#include "panels/runs/run_row.h"

#include <algorithm>
#include <cmath>

#include "panels/compare/models.h"
#include "panels/files/files_panel.h"
#include "panels/quality/quality_text.h"
#include "panels/runs/run_editor.h"
#include "panels/runs/run_thumbnails.h"
#include "panels/runs/runs_text.h"
#include "protocol/run_filter.h"
#include "widgets/control/button.h"
#include "widgets/text/text.h"
#include "widgets/text/wrap_line.h"

namespace lf::app::panels {
namespace {

constexpr float kWideHeight = 52, kButton = 28, kLeastName = 230, kThumbnail = 26;

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

void draw_star(const PanelContext& c, const Rect& place, const RunSummary& run, const std::string& number) {
  const bool on = run.label.star;
  const ControlInfo info{"runs.star." + number, on ? "Remove the star" : "Star",
                         "Stars mark runs that you want to find again.", on ? "on" : "off", ""};
  const Response r = control(c.ui, place, info);
  const Color colour = on ? c.theme().data : r.hovered ? c.theme().text : c.theme().faint;
  draw_icon(on ? Icon::FilledStar : Icon::Star, place.center(), c.px(12), colour);
  if (r) c.send(LabelRunCommand{run.folder, "", "", "", on ? "off" : "on", ""});
}

/// The tags behind the title, as many as fit.
void draw_tags(const PanelContext& c, Rect box, const RunSummary& run) {
  for (const std::string& tag : run.label.tags) {
    const float width = text_size(c.ui, Type::Small, tag).x + c.px(12);
    if (width > box.w) return;
    Rect pill = box.take_left(width, c.px(5));
    pill = {pill.x, pill.center().y - c.px(8), pill.w, c.px(16)};
    draw()->AddRectFilled(pill.min(), pill.max(), fade(c.theme().accent, 0.18f), c.px(8));
    draw_text(c.ui, pill, Type::Small, c.theme().text, tag, Align::Center);
  }
}

/// Star, state, title and tags; the facts below.
void draw_name(const PanelContext& c, Rect box, const RunSummary& run, const std::string& number) {
  Rect head = box.take_top(c.px(22));
  const Rect star = head.take_left(c.px(20), c.px(4));
  draw_star(c, star, run, number);
  const Rect mark = head.take_left(c.px(10), c.px(8));
  draw()->AddCircleFilled(mark.center(), c.px(4), state_colour(c, run));
  const float used =
      draw_text(c.ui, head, Type::Title, c.theme().text, run_title(run) + (run.current ? " · current" : ""));
  head.take_left(used, c.px(8));
  draw_tags(c, head, run);
  Rect below = box.take_top(c.px(18));
  below.take_left(c.px(42));
  const bool damaged = !run.label_problem.empty();
  draw_text(c.ui, below, Type::Small, damaged ? c.theme().warning : c.theme().text2,
            damaged ? "label unreadable · " + run_subtitle(run) : run_subtitle(run));
}

void draw_open(const PanelContext& c, WrapLine& line, const RunSummary& run, const std::string& number) {
  const ControlInfo info{"runs.open." + number, "Open", "Opens this run's model and curves.", "",
                         run.current ? "This is the current run." : ""};
  if (button(c.ui, line.next(button_width(c.ui, info.label)), info)) c.send(OpenCommand{run.folder});
}

void draw_resume(const PanelContext& c, WrapLine& line, const RunSummary& run, const std::string& number) {
  const ControlInfo info{"runs.resume." + number, "Resume",
                         "Continues training where it stopped, bit for bit. A finished run is loaded so that "
                         "Train longer can continue it.",
                         "", resume_run_reason(run, c.snapshot.run->from_shipped)};
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

void draw_share_chip(const PanelContext& c, WrapLine& line, const RunSummary& run,
                     const std::string& number) {
  const ControlInfo info{"runs.share." + number, "Share…",
                         "Writes one page that shows this run in a browser, with its network in it. You "
                         "choose the file.",
                         "", c.snapshot.job->active ? "Another job is running." : ""};
  Rect place = line.next(chip_width(c.ui, info.label));
  place = {place.x, place.center().y - 0.5f * chip_height(c.ui), place.w, chip_height(c.ui)};
  if (chip(c.ui, place, info, false)) open_share_panel(c.view, run.folder);
}

void draw_details_button(const PanelContext& c, WrapLine& line, const RunSummary& run,
                         const std::string& number) {
  const bool open = edits_run(c.view, run);
  const ControlInfo info{"runs.details." + number, "Details",
                         "Name, tags and note of this run, and its disk use.", open ? "on" : "off", ""};
  if (icon_button(c.ui, line.next(c.px(kButton)), open ? Icon::Down : Icon::Right, info, open))
    toggle_run_editor(c.view, run);
}

void draw_folder_buttons(const PanelContext& c, WrapLine& line, const RunSummary& run,
                         const std::string& number) {
  const ControlInfo copy{"runs.folder." + number, "Copy folder", run.folder, run.folder, ""};
  if (icon_button(c.ui, line.next(c.px(kButton)), Icon::Folder, copy))
    ImGui::SetClipboardText(run.folder.c_str());
  const ControlInfo remove{"runs.delete." + number, "Delete",
                           "Moves the run to the trash, from which it can be restored.", "",
                           delete_run_reason(run)};
  if (icon_button(c.ui, line.next(c.px(kButton)), Icon::Close, remove)) c.send(DeleteRunCommand{run.folder});
}

float buttons_width(const PanelContext& c) {
  return button_width(c.ui, "Open") + button_width(c.ui, "Resume") + chip_width(c.ui, "compare") +
         chip_width(c.ui, "Share…") + 3 * c.px(kButton) + 6 * c.px(6);
}

void draw_buttons(const PanelContext& c, const Rect& area, const RunSummary& run, const std::string& number) {
  WrapLine line(area, c.px(kButton), c.px(6));
  draw_open(c, line, run, number);
  draw_resume(c, line, run, number);
  draw_compare(c, line, run, number);
  draw_share_chip(c, line, run, number);
  draw_details_button(c, line, run, number);
  draw_folder_buttons(c, line, run, number);
}

/// Cuts the room of the samples from the right of a row, if its name keeps enough.
Rect take_thumbnails(const PanelContext& c, Rect& row) {
  constexpr float kMostThumbnails = 10;
  const float step = c.px(kThumbnail) + c.px(2);
  const float fit = std::min(kMostThumbnails, std::floor((row.w - c.px(kLeastName)) / step));
  if (fit < 3) return {};
  const Rect cut = row.take_right(fit * step, c.px(8));
  return {cut.x, row.center().y - 0.5f * c.px(kThumbnail), cut.w, c.px(kThumbnail)};
}

/// How many figures fit beside the name; the last ones are left out first.
int figure_columns(const PanelContext& c, float width) {
  float left = width - buttons_width(c) - c.px(16) - c.px(kLeastName);
  int columns = 0;
  for (const FigureColumn& column : kFigures) {
    left -= c.px(column.width) + c.px(4);
    if (left >= 0) ++columns;
  }
  return std::max(2, columns);
}

void draw_wide_row(const PanelContext& c, size_t index, const std::string& number) {
  const RunSummary& run = c.snapshot.runs->runs[index];
  Rect row = c.area;
  Rect buttons = row.take_right(buttons_width(c), c.px(16));
  buttons.y = row.center().y - c.px(14);
  draw_buttons(c, buttons, run, number);
  for (int i = figure_columns(c, c.area.w) - 1; i >= 0; --i) {
    draw_text(c.ui, row.take_right(c.px(kFigures[i].width), c.px(4)), Type::Mono, c.theme().text,
              figure(run, i), Align::Right);
  }
  if (const Rect samples = take_thumbnails(c, row); !samples.empty()) draw_run_thumbnails(c, samples, index);
  draw_name(c, {row.x, row.y + c.px(5), row.w - c.px(8), row.h - c.px(8)}, run, number);
}

void draw_compact_row(const PanelContext& c, size_t index, const std::string& number) {
  const RunSummary& run = c.snapshot.runs->runs[index];
  Rect row = c.area;
  row.take_top(c.px(5));
  Rect head = row.take_top(c.px(42));
  if (const Rect samples = take_thumbnails(c, head); !samples.empty()) draw_run_thumbnails(c, samples, index);
  draw_name(c, head, run, number);
  const std::string figures =
      figure(run, 0) + " steps · " + figure(run, 1) + " · FD " + figure(run, 2) + " · " + figure(run, 3);
  draw_text(c.ui, row.take_top(c.px(20), c.px(2)), Type::MonoSmall, c.theme().text2, figures);
  draw_buttons(c, row, run, number);
}

}  // namespace

void draw_run_columns(const PanelContext& c) {
  Rect line = c.area.inset(c.px(8), 0);
  const int columns = figure_columns(c, line.w);
  line.take_right(buttons_width(c), c.px(16));
  for (int i = columns - 1; i >= 0; --i) {
    draw_text(c.ui, line.take_right(c.px(kFigures[i].width), c.px(4)), Type::Small, c.theme().text2,
              kFigures[i].title, Align::Right);
  }
  line.take_left(c.px(42));
  draw_text(c.ui, line, Type::Small, c.theme().text2, "run");
}

float run_row_height(const PanelContext& c) {
  if (c.area.w >= c.px(kWideRunRow)) return c.px(kWideHeight);
  const bool two_lines = c.area.w - c.px(20) < buttons_width(c);
  return c.px(two_lines ? 142 : 108);
}

void draw_run_row(const PanelContext& c, size_t index) {
  const RunSummary& run = c.snapshot.runs->runs[index];
  const std::string number = std::to_string(index);
  const Rect row = c.area;
  if (run.current)
    draw()->AddRectFilled(row.min(), row.max(), fade(fade(c.theme().accent, 0.10f), 1), c.px(6));
  const std::string& tip = run.label_problem.empty() ? run.label.note : run.label_problem;
  readout(c.ui, row, {"runs.row." + number, run_title(run), tip, run.state, ""});
  const PanelContext inner = c.within(row.inset(c.px(8), 0));
  if (row.w >= c.px(kWideRunRow))
    draw_wide_row(inner, index, number);
  else
    draw_compact_row(inner, index, number);
}

}  // namespace lf::app::panels
