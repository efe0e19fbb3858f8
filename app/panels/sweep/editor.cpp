// The plan that is edited: settings and their values, seeds, budget; and what can be done with it.
#include <algorithm>

#include "base/number_text.h"
#include "base/time_text.h"
#include "panels/sweep/cards.h"
#include "panels/sweep/draft.h"
#include "widgets/control/button.h"
#include "widgets/control/card.h"
#include "widgets/control/combo.h"
#include "widgets/control/text_field.h"
#include "widgets/text/text.h"
#include "widgets/text/wrap_line.h"

namespace lf::app::panels {
namespace {

constexpr float kPlanRow = 30, kPlanGap = 6, kPlanLabel = 62, kTextLine = 17, kButtonRow = 30;
constexpr float kNarrowEditor = 500;  ///< below: the buttons need two rows, the outlook more lines

void draw_label(const PanelContext& c, Rect& row, const std::string& text) {
  draw_text(c.ui, row.take_left(c.px(kPlanLabel), c.px(6)), Type::Small, c.theme().text2, text);
}

/// A text of the view that is typed in place.
void draw_field(const PanelContext& c, const Rect& place, const ControlInfo& info, const std::string& key,
                const std::string& initial, const std::string& hint) {
  std::string text = c.view.text(key, initial);
  if (text_field(c.ui, place, info, text, hint).changed) c.view.set(key, text);
}

/// The settings as rows of a menu, those of other axes disabled.
std::vector<MenuRow> setting_rows(const PanelContext& c, size_t own, int& current) {
  std::vector<MenuRow> list;
  for (const auto& name : axis_settings()) {
    std::string taken;
    for (size_t i = 0; i < draft_axis_count(c.view); ++i)
      if (i != own && c.view.text(axis_key(i, "setting"), "") == name) taken = "It is compared already.";
    if (c.view.text(axis_key(own, "setting"), "") == name) current = static_cast<int>(list.size());
    list.push_back({name, name, setting_info(name).label, taken});
  }
  return list;
}

/// The preset's value and its neighbours: values to begin with.
std::string first_values(const PanelContext& c, const std::string& setting) {
  const SettingInfo& info = setting_info(setting);
  const std::string present = c.snapshot.settings->values.text(setting);
  if (info.kind == SettingKind::Switch) return "on off";
  if (info.kind == SettingKind::Choice) {
    std::string all;
    for (const auto& choice : info.choices) all += (all.empty() ? "" : " ") + choice;
    return all;
  }
  const auto number = parse_number(present);
  if (!number || *number * 2 > info.max || *number == 0) return present;
  return present + " " + number_text(*number * 2);
}

void draw_axis(const PanelContext& c, Rect row, size_t axis) {
  const std::string name = "sweep.axis." + std::to_string(axis);
  const std::string setting = c.view.text(axis_key(axis, "setting"), "");
  const ControlInfo cross{name + ".remove", "Remove", "Compares this setting no longer.", "", ""};
  const Rect remove = row.take_right(c.px(24), c.px(4));
  int current = -1;
  const auto list = setting_rows(c, axis, current);
  const ControlInfo choose{name, setting, "The setting that is compared.", setting, ""};
  const int chosen = combo(c.ui, row.take_left(0.5f * row.w, c.px(6)), choose, list, current);
  const std::string range = setting_info(setting).meaning +
                            "\nValues separated by blanks, or a range such as " + "0.001..0.008 x 4.";
  draw_field(c, row, {name + ".values", setting, range, "", ""}, axis_key(axis, "values"), "", "values");
  if (chosen >= 0) {
    c.view.set(axis_key(axis, "setting"), list[static_cast<size_t>(chosen)].id);
    c.view.set(axis_key(axis, "values"), first_values(c, list[static_cast<size_t>(chosen)].id));
  }
  if (icon_button(c.ui, remove, Icon::Close, cross)) remove_draft_axis(c.view, axis);
}

void draw_add(const PanelContext& c, const Rect& row, size_t axis) {
  int current = -1;
  const auto list = setting_rows(c, axis, current);
  const bool full = axis >= kDraftAxes;
  const ControlInfo add{"sweep.add", axis == 0 ? "choose a setting to compare" : "add a setting",
                        "Every combination of the values is trained, with every seed.", "",
                        full ? "A sweep of the window compares at most four settings." : ""};
  const int chosen = combo(c.ui, row, add, list, -1);
  if (chosen < 0 || full) return;
  c.view.set(axis_key(axis, "setting"), list[static_cast<size_t>(chosen)].id);
  c.view.set(axis_key(axis, "values"), first_values(c, list[static_cast<size_t>(chosen)].id));
}

void draw_seeds(const PanelContext& c, Rect row) {
  draw_label(c, row, "seeds");
  draw_field(c, row,
             {"sweep.seeds", "Seeds",
              "Each combination is trained once with each of these seeds: 1 2 3, or 1..3.", "", ""},
             kDraftSeeds, "1 2", "1 2");
}

void draw_budget(const PanelContext& c, Rect row) {
  draw_label(c, row, "each run");
  const std::string unit = c.view.text(kDraftUnit, budget_units().front());
  std::vector<MenuRow> list;
  int current = 0;
  for (const auto& each : budget_units()) {
    if (each == unit) current = static_cast<int>(list.size());
    const char* hint = each == "seconds"  ? "the first run's steps are those of all"
                       : each == "preset" ? "the preset's own steps"
                       : each == "epochs" ? "passes over the digits"
                                          : "optimiser steps of the flow";
    list.push_back({each, each, hint, ""});
  }
  const ControlInfo info{"sweep.unit", unit, "Unit of the length of each run.", unit, ""};
  const int chosen = combo(c.ui, row.take_right(c.px(96), c.px(6)), info, list, current);
  if (chosen >= 0) c.view.set(kDraftUnit, list[static_cast<size_t>(chosen)].id);
  if (unit == "preset") return;
  draw_field(c, row, {"sweep.budget", "Length", "Length of each run.", "", ""}, kDraftBudget, "300", "300");
}

/// ", with flow.width=64": what all runs have in common beside the preset.
std::string changed_text(const SweepPlan& plan) {
  constexpr size_t kNamed = 3;
  if (plan.settings.size() > kNamed)
    return ", with " + counted(static_cast<int64_t>(plan.settings.size()), "changed setting");
  std::string text;
  for (const auto& [key, value] : plan.settings)
    text += (text.empty() ? ", with " : ", ") + key + "=" + value;
  return text;
}

/// "12 runs, about 4 min, 0.5 GB on the disk" as far as it is known, or why there is no plan.
void draw_outlook(const PanelContext& c, const Rect& place, const Draft& draft, const std::string& text) {
  if (!draft.problem.empty()) {
    readout(c.ui, place, {"sweep.outlook", "Problem", draft.problem, draft.problem, ""});
    draw_paragraph(c.ui, place, Type::Small, c.theme().warning, sentence_case(draft.problem));
    return;
  }
  const auto& sweep = c.snapshot.sweep;
  const bool known = sweep && sweep->folder.empty() && c.view.text("now.sweep.estimated", "") == text;
  SweepEstimate estimate = known ? sweep->estimate : SweepEstimate{};
  if (!known && draft.plan.budget.seconds > 0) estimate.run_seconds = draft.plan.budget.seconds;
  std::string said = sweep_estimate_text(sweep_run_count(draft.plan), estimate) + ".";
  if (!known) said += " 'Estimate' measures time and disk space.";
  said += " Preset " + draft.plan.preset + changed_text(draft.plan) + ".";
  readout(c.ui, place, {"sweep.outlook", "Number of runs", "Combinations times seeds.", said, ""});
  draw_paragraph(c.ui, place, Type::Small, c.theme().text2, said);
}

/// Why no job can begin now; "" if it can.
std::string busy_reason(const PanelContext& c) {
  if (c.snapshot.run->phase == Phase::Loading) return "The digits are being read.";
  if (c.snapshot.sweep && c.snapshot.sweep->active) return "A sweep is training.";
  if (c.snapshot.job->active) return "Another job is running.";
  return c.snapshot.run->running ? "A run is training; pause it first." : "";
}

/// Why the sweep shown cannot continue; "" if it can.
std::string continue_reason(const PanelContext& c) {
  const auto& sweep = c.snapshot.sweep;
  if (!sweep || sweep->folder.empty()) return "No stored sweep is shown.";
  const bool whole =
      std::all_of(sweep->runs.begin(), sweep->runs.end(), [](const SweepRun& run) { return run.ended(); });
  return whole ? "All runs of this sweep have ended." : busy_reason(c);
}

/// Returns the height used.
float draw_buttons(const PanelContext& c, const Rect& area, const Draft& draft, const std::string& text) {
  WrapLine line(area, c.px(kButtonRow), c.px(kPlanGap));
  const bool active = c.snapshot.sweep && c.snapshot.sweep->active;
  const std::string busy = draft.problem.empty() ? busy_reason(c) : "The plan is not complete.";
  const ControlInfo estimate{
      "sweep.estimate", "Estimate",
      "Measures a few steps of the first run: time and disk space of all. Lists the runs.", "", busy};
  if (button(c.ui, line.next(button_width(c.ui, estimate.label)), estimate)) {
    c.view.set("now.sweep.estimated", text);
    c.send(SweepCommand{"", text, "", true});
  }
  const ControlInfo start{"sweep.start", "Start", "Trains all runs, one after another, in a new folder.", "",
                          busy};
  if (button(c.ui, line.next(button_width(c.ui, start.label)), start, {ButtonKind::Primary, Icon::None, ""}))
    c.send(SweepCommand{"", text, ""});
  const ControlInfo stop{"sweep.stop", "Stop",
                         "Ends the sweep. Finished runs stay; the current one starts anew when it continues.",
                         "", active ? "" : "No sweep is training."};
  if (button(c.ui, line.next(button_width(c.ui, stop.label)), stop)) c.send(CancelCommand{});
  const ControlInfo resume{"sweep.continue", "Continue",
                           "Trains the runs of the shown sweep that have not ended.", "", continue_reason(c)};
  if (button(c.ui, line.next(button_width(c.ui, resume.label)), resume))
    c.send(SweepCommand{c.snapshot.sweep->folder, "", ""});
  return line.height();
}

/// The folder of the shown sweep is kept for the next session.
void keep_folder(const PanelContext& c) {
  const auto& sweep = c.snapshot.sweep;
  if (!sweep || sweep->folder.empty() || c.view.text("now.sweep.kept", "") == sweep->folder) return;
  c.view.set("now.sweep.kept", sweep->folder);
  c.view.set(kDraftFolder, sweep->folder);
}

void draw_open(const PanelContext& c, Rect row) {
  keep_folder(c);
  const std::string folder = c.view.text(kDraftFolder, "");
  const ControlInfo show{"sweep.show", "Show", "Shows a stored sweep.", "",
                         folder.empty() ? "Type the folder of a sweep." : busy_reason(c)};
  const Rect place = row.take_right(button_width(c.ui, show.label), c.px(6));
  draw_label(c, row, "stored");
  draw_field(c, row, {"sweep.folder", "Folder", "Folder of a stored sweep, with its sweep.json.", "", ""},
             kDraftFolder, "", "folder of a sweep");
  if (button(c.ui, place, show)) c.send(ViewSweepCommand{folder});
}

float outlook_lines(bool narrow) { return narrow ? 4 : 2; }
float button_rows(bool narrow) { return narrow ? 2 : 1; }

}  // namespace

float sweep_editor_height(const PanelContext& c, float width) {
  constexpr float kFixedRows = 4, kFrame = 64;  // add, seeds, length, stored
  const auto rows = static_cast<float>(draft_axis_count(c.view)) + kFixedRows;
  const bool narrow = width < c.px(kNarrowEditor);
  return kFrame + rows * (kPlanRow + kPlanGap) + outlook_lines(narrow) * kTextLine + kPlanGap +
         button_rows(narrow) * (kButtonRow + kPlanGap);
}

void draw_sweep_editor(const PanelContext& c) {
  const CardChip median{
      {"sweep.median", "median rule",
       "Stops a run whose samples are worse than those of the median finished run, at a quarter, "
       "half and three quarters of its steps. The table says so.",
       "", ""},
      c.view.on(kDraftMedian, true)};
  const CardBody parts = card(c.ui, c.area, {"sweep.editor", "Plan", "", "", {median}});
  if (parts.clicked == 0) c.view.flip(kDraftMedian, true);
  Rect body = parts.body;
  const auto row = [&] { return body.take_top(c.px(kPlanRow), c.px(kPlanGap)); };
  const size_t axes = draft_axis_count(c.view);
  for (size_t i = 0; i < axes; ++i) draw_axis(c, row(), i);
  draw_add(c, row(), axes);
  draw_seeds(c, row());
  draw_budget(c, row());
  const Draft draft = draft_of(c.view, c.snapshot.settings->values);
  const std::string text = draft.problem.empty() ? plan_text(draft.plan) : "";
  const bool narrow = c.area.w < c.px(kNarrowEditor);
  draw_outlook(c, body.take_top(c.px(outlook_lines(narrow) * kTextLine), c.px(kPlanGap)), draft, text);
  body.take_top(draw_buttons(c, body, draft, text), c.px(kPlanGap));
  draw_open(c, row());
}

}  // namespace lf::app::panels
