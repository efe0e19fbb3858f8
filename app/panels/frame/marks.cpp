#include "panels/frame/marks.h"

#include <algorithm>
#include <cmath>

#include "config/solver_table.h"
#include "panels/actions.h"
#include "panels/frame/branch_chip.h"
#include "widgets/control/button.h"
#include "widgets/control/slider.h"
#include "widgets/text/text.h"

namespace lf::app::panels {
namespace {

constexpr double kAnswerSeconds = 0.4;  ///< the worker has heard of a choice by then

/// The place of a step on the track; the present follows the last mark.
size_t place_of(const MarksBlock& marks, int64_t step) {
  if (step < 0) return marks.steps.size();
  const auto found = std::lower_bound(marks.steps.begin(), marks.steps.end(), step);
  return static_cast<size_t>(found - marks.steps.begin());
}

void ask(const PanelContext& c, size_t place) {
  const MarksBlock& marks = *c.snapshot.marks;
  const int64_t step = place < marks.steps.size() ? marks.steps[place] : -1;
  if (step == c.view.step_asked) return;
  c.view.step_asked = step;
  c.view.step_asked_at = c.ui.time;
  c.send(ViewStepCommand{step});
}

/// A script may choose, or another run: the track follows, unless the answer to the hand is still on its way.
void follow_worker(const PanelContext& c) {
  const bool just_asked = c.ui.time - c.view.step_asked_at < kAnswerSeconds;
  if (!ImGui::IsMouseDown(0) && !just_asked) c.view.step_asked = c.snapshot.marks->chosen;
}

std::string step_words(const PanelContext& c) {
  const int64_t step = c.view.step_asked;
  return step < 0 ? "now · flow step " + grouped(c.snapshot.run->flow_step) : "at flow step " + grouped(step);
}

/// The animation has the noise, the class and the sampler of the preview.
TimeLapseCommand animation(const PanelContext& c) {
  const FlowBlock& flow = *c.snapshot.flow;
  TimeLapseCommand command;
  command.out = training_path(*c.snapshot.run);
  if (flow.t.empty()) return command;
  command.digit = flow.digit;
  command.guidance = flow.guidance;
  command.seed = static_cast<uint64_t>(flow.seed);
  command.solver = flow.solver;
  for (const SolverFacts& solver : solver_table())
    if (solver.id == flow.solver && !solver.adaptive) command.nfe = flow.nfe;
  return command;
}

void draw_save(const PanelContext& c, Rect& row) {
  if (row.w < c.px(620)) return c.ui.map.add_hidden("marks.gif", "save GIF", "Shown in wider windows.");
  const Rect cut = row.take_right(chip_width(c.ui, "save GIF"), c.px(8));
  const Rect place{cut.x, cut.center().y - c.px(12), cut.w, c.px(24)};
  const ControlInfo info{
      "marks.gif", "save GIF",
      "Saves the digits after every mark as an animation: " + training_path(*c.snapshot.run) + ".", "",
      c.snapshot.job->active ? "Another job is running." : ""};
  if (chip(c.ui, place, info, false, false)) c.send(animation(c));
}

}  // namespace

bool marks_known(const PanelContext& c) { return c.snapshot.marks->steps.size() > 1; }

bool step_known(const Snapshot& snapshot, const ViewState& view) {
  const MarksBlock& marks = *snapshot.marks;
  const size_t place = place_of(marks, view.step_asked);
  return place < marks.flows.size() && marks.steps[place] == view.step_asked && marks.flows[place] != nullptr;
}

bool step_shown(const Snapshot& snapshot, const ViewState& view) {
  const MarksBlock& marks = *snapshot.marks;
  return step_known(snapshot, view) ||
         (view.step_asked >= 0 && marks.shown && marks.chosen == view.step_asked);
}

Snapshot looking_back(const Snapshot& snapshot, const ViewState& view) {
  Snapshot shown = snapshot;
  if (!step_known(snapshot, view)) return shown;
  const MarksBlock& marks = *snapshot.marks;
  const size_t place = place_of(marks, view.step_asked);
  shown.flow = marks.flows[place];
  if (marks.reconstructions[place]) shown.reconstruction = marks.reconstructions[place];
  return shown;
}

void draw_marks(const PanelContext& c) {
  const MarksBlock& marks = *c.snapshot.marks;
  const Theme& t = c.theme();
  follow_worker(c);
  draw()->AddRectFilled(c.area.min(), c.area.max(), t.bar);
  draw()->AddLine({c.area.x, c.area.y}, {c.area.right(), c.area.y}, t.border);
  Rect row = c.area.inset(c.px(16), 0);
  const Rect words = row.take_left(c.px(164), c.px(10));
  draw_text(c.ui, words, Type::Body, c.view.step_asked < 0 ? t.text2 : t.accent, step_words(c));
  const Rect cut = row.take_right(chip_width(c.ui, "now"), c.px(16));
  const Rect place{cut.x, cut.center().y - c.px(12), cut.w, c.px(24)};
  if (chip(c.ui, place, {"marks.now", "now", "Shows the present weights again. Key End.", "", ""},
           c.view.step_asked < 0, false))
    ask(c, marks.steps.size());
  draw_save(c, row);
  draw_branch_chip(c, row);
  MomentTrack track;
  track.info = {"marks", "Training step",
                "Shows samples and reconstructions as they were after this step of the flow, with the same "
                "noise. Drag it, or use Shift with ← and →. Bright marks appear at once; the others are "
                "computed when they are asked for.",
                c.view.step_asked < 0 ? "now" : std::to_string(c.view.step_asked), ""};
  track.ticks = marks.steps.size() + 1;
  track.drawn = marks.drawn;
  track.drawn.push_back(1);
  track.place = place_of(marks, c.view.step_asked);
  size_t chosen = track.place;
  if (moment_track(c.ui, row.inset(c.px(8), c.px(4)), track, chosen)) ask(c, chosen);
}

void step_mark(const PanelContext& c, int step) {
  const MarksBlock& marks = *c.snapshot.marks;
  const auto now = static_cast<int64_t>(place_of(marks, c.view.step_asked));
  ask(c, static_cast<size_t>(std::clamp<int64_t>(now + step, 0, static_cast<int64_t>(marks.steps.size()))));
}

void choose_mark(const PanelContext& c, size_t index) { ask(c, index); }

void draw_marks_ahead(const PanelContext& c) { c.send(ViewStepCommand{c.view.step_asked}); }

void add_shown_step(const PanelContext& c, PlotSpec& plot) {
  if (c.view.step_asked >= 0)
    plot.marks.push_back({"shown", fade(c.theme().accent, 0.9f), static_cast<double>(c.view.step_asked), 2});
}

void choose_step_by_click(const PanelContext& c, const PlotState& plot) {
  const std::vector<int64_t>& steps = c.snapshot.marks->steps;
  if (!plot.clicked || steps.size() < 2) return;
  const auto away = [&](int64_t step) { return std::abs(static_cast<double>(step) - plot.hover_x); };
  const auto nearest =
      std::min_element(steps.begin(), steps.end(), [&](int64_t a, int64_t b) { return away(a) < away(b); });
  ask(c, static_cast<size_t>(nearest - steps.begin()));
}

}  // namespace lf::app::panels
