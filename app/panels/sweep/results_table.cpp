// Runs of a sweep by rank.
#include <algorithm>

#include "panels/sweep/cards.h"
#include "panels/sweep/sweep_text.h"
#include "widgets/control/button.h"
#include "widgets/control/card.h"
#include "widgets/control/scroll.h"
#include "widgets/text/text.h"

namespace lf::app::panels {
namespace {

constexpr float kRunRow = 26, kMostValueWidth = 170, kScrollBar = 14;

/// A number column of the table.
struct ScoreColumn {
  const char* title;
  float width;
};
constexpr ScoreColumn kScores[] = {{"seed", 44}, {"FD %", 58}, {"acc. %", 54},
                                   {"PSNR", 50}, {"time", 56}, {"state", 128}};

std::string score(const SweepRun& run, size_t column) {
  switch (column) {
    case 0:
      return std::to_string(run.seed);
    case 1:
      return score_cell(run.fd, 2);
    case 2:
      return score_cell(run.accuracy, 1, 100);
    case 3:
      return score_cell(run.psnr, 1);
    case 4:
      return run.seconds > 0 ? clock_text(run.seconds) : "—";
    default:
      return state_cell(run);
  }
}

Color state_colour(const PanelContext& c, const SweepRun& run) {
  if (run.state == SweepState::Running) return c.theme().accent;
  if (run.state == SweepState::Done) return c.theme().good;
  return run.state == SweepState::Diverged || run.state == SweepState::Failed ? c.theme().warning
                                                                              : c.theme().text2;
}

/// One line: rank, values, scores, and a button that opens the run. `run` null: the heading.
void draw_line(const PanelContext& c, Rect line, const SweepPlan& plan, const SweepRun* run,
               const std::string& rank) {
  const Color words = run ? c.theme().text : c.theme().text2;
  line.take_right(c.px(24), c.px(4));
  for (size_t i = std::size(kScores); i-- > 0;) {
    const bool state = i + 1 == std::size(kScores);
    const Rect cell = line.take_right(c.px(kScores[i].width), c.px(state ? 16 : 6));
    const Type type = run && !state ? Type::Mono : Type::Small;
    draw_text(c.ui, cell, type, run && state ? state_colour(c, *run) : words,
              run ? score(*run, i) : kScores[i].title, state ? Align::Left : Align::Right);
  }
  draw_text(c.ui, line.take_left(c.px(26), c.px(4)), run ? Type::MonoSmall : Type::Small, c.theme().text2,
            rank);
  if (plan.axes.empty()) return;
  line.w = std::min(line.w, c.px(kMostValueWidth) * static_cast<float>(plan.axes.size()));
  const auto cells = columns(line, std::vector<float>(plan.axes.size(), 1), c.px(6));
  for (size_t i = 0; i < cells.size(); ++i)
    draw_text(c.ui, cells[i], run ? Type::Mono : Type::Small, words,
              run ? plan.axes[i].values[run->point[i]] : plan.axes[i].setting);
}

void draw_run(const PanelContext& c, const Rect& row, const SweepBlock& sweep, size_t index, size_t rank) {
  const SweepRun& run = sweep.runs[index];
  const std::string number = std::to_string(index);
  const bool selected = c.view.text("now.sweep.selected", "") == run.name;
  Rect words = row;
  words.take_right(c.px(30));  // the button that opens the run
  const Response r = control(c.ui, words,
                             {"sweep.run." + number, run.name, sentence_case(sweep_state_text(run)),
                              selected ? "selected" : sweep_state_name(run.state), ""});
  if (r.clicked) c.view.set("now.sweep.selected", selected ? std::string() : run.name);
  if (selected || r.hovered || run.state == SweepState::Running)
    draw()->AddRectFilled(row.min(), row.max(),
                          fade(selected ? c.theme().accent : c.theme().raised, selected ? 0.2f : 1), c.px(5));
  draw_line(c, row.inset(c.px(4), 0), sweep.plan, &run,
            run.state == SweepState::Done ? std::to_string(rank + 1) : "");
}

void draw_open_run(const PanelContext& c, const Rect& row, const SweepBlock& sweep, size_t index) {
  const SweepRun& run = sweep.runs[index];
  const bool stored = run.state == SweepState::Done || run.state == SweepState::Stopped;
  const ControlInfo open{"sweep.open." + std::to_string(index), "Open", "Opens the model of this run.",
                         run.name,
                         !stored                   ? "This run has no model yet."
                         : sweep.active            ? "A sweep is training; stop it first."
                         : c.snapshot.run->running ? "A run is training; pause it first."
                                                   : ""};
  const float side = c.px(22);
  if (icon_button(c.ui, {row.right() - side - c.px(4), row.center().y - 0.5f * side, side, side},
                  Icon::Folder, open))
    c.send(OpenCommand{sweep.folder + "/" + run.name});
}

}  // namespace

void draw_sweep_table(const PanelContext& c) {
  const auto& sweep = c.snapshot.sweep;
  const std::string unit = sweep ? sweep->plan.name + (sweep->folder.empty() ? " · planned" : "") : "";
  const CardBody parts =
      card(c.ui, c.area, {"sweep.runs", "Runs of the sweep", unit, sweep ? sweep_sentence(*sweep) : "", {}});
  Rect body = parts.body;
  if (!sweep) {
    empty_state(
        c.ui, body, "No sweep yet",
        "A sweep trains one run after another: each combination of the settings in the plan, with each seed. "
        "Choose a setting to compare, then press Start.");
    return;
  }
  Rect head = body.take_top(c.px(20), c.px(2));
  const float width = body.w - c.px(kScrollBar);
  head.w = width;
  draw_line(c, head.inset(c.px(4), 0), sweep->plan, nullptr, "");
  const auto order = ranked_runs(sweep->runs);
  scroll_area(c.ui, body, "sweep.runs.list", [&](const Rect& room) {
    float y = room.y;
    for (size_t rank = 0; rank < order.size(); ++rank, y += c.px(kRunRow)) {
      const Rect row{room.x, y, width, c.px(kRunRow)};
      draw_run(c, row, *sweep, order[rank], rank);
      draw_open_run(c, row, *sweep, order[rank]);
    }
    return y - room.y;
  });
}

}  // namespace lf::app::panels
