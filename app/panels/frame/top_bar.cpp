#include "panels/frame/top_bar.h"

#include <algorithm>

#include "panels/actions.h"
#include "panels/frame/view_clipboard.h"
#include "panels/run_status.h"
#include "widgets/control/combo.h"
#include "widgets/text/text.h"

namespace lf::app::panels {
namespace {

constexpr float kControl = 34;  // height of the controls

/// An area of this width in the middle of the bar's height.
Rect slot(Rect& bar, const PanelContext& c, float width, float gap = 8) {
  const Rect cut = bar.take_left(width, c.px(gap));
  return {cut.x, cut.center().y - c.px(0.5f * kControl), cut.w, c.px(kControl)};
}

const char* undo_label(const RunBlock& run) { return run.undo_ends_reflow ? "Undo reflow" : "Undo reset"; }

const char* undo_tooltip(const RunBlock& run) {
  return run.undo_ends_reflow ? "Returns to the model before the reflow. The reflow stays in Runs."
                              : "Undoes the last reset: the run returns to its previous step.";
}

Response reset_button(const PanelContext& c, const Rect& place) {
  const RunBlock& run = *c.snapshot.run;
  if (run.can_undo_reset && !run.running) {
    return button(c.ui, place, {"undo-reset", undo_label(run), undo_tooltip(run), "", ""},
                  {ButtonKind::Plain, Icon::Undo, ""});
  }
  return button(
      c.ui, place,
      {"reset", "Reset", "Saves the run, then goes back to step 0. You can undo it; the run stays in Runs.",
       "", reset_disabled(run)},
      {ButtonKind::Plain, Icon::Reset, "R"});
}

void draw_reset(const PanelContext& c, Rect& bar) {
  const RunBlock& run = *c.snapshot.run;
  const bool undo = run.can_undo_reset && !run.running;
  const float width =
      button_width(c.ui, undo ? undo_label(run) : "Reset", {ButtonKind::Plain, Icon::Reset, undo ? "" : "R"});
  if (reset_button(c, slot(bar, c, width)))
    c.send(undo ? Command(UndoResetCommand{}) : Command(ResetCommand{}));
  if (undo) c.ui.map.add_hidden("reset", "Reset", "The run was already reset; 'Undo reset' restores it.");
}

void draw_train(const PanelContext& c, Rect& bar) {
  const TrainAction action = train_action(*c.snapshot.run);
  const Icon icon = action.kind == TrainAction::Kind::Pause ? Icon::Pause : Icon::Play;
  const ButtonLook look{ButtonKind::Primary, icon, "Space"};
  // One width for all its labels, so that nothing beside it jumps.
  const float width = button_width(c.ui, "Train longer", look);
  if (button(c.ui, slot(bar, c, width),
             {"train", action.label, action.tooltip, action.label, action.disabled}, look)) {
    press_train(c);
  }
  if (action.kind != TrainAction::Kind::TrainLonger) return;
  const Rect place = slot(bar, c, button_width(c.ui, "New run"));
  if (button(c.ui, place,
             {"new-run", "New run",
              "Starts a new run with the settings on the left. The finished run stays in Runs.", "",
              action.disabled})) {
    TrainCommand fresh;
    fresh.fresh = true;
    c.send(fresh);
  }
}

void draw_step(const PanelContext& c, Rect& bar) {
  const Rect place = slot(bar, c, button_width(c.ui, "Step", {ButtonKind::Plain, Icon::None, "S"}));
  const ControlInfo info{
      "step", "Step",
      "One optimiser step of the current phase, then pause: shows the effect of a single batch.", "",
      step_disabled(*c.snapshot.run)};
  if (button(c.ui, place, info, {ButtonKind::Plain, Icon::None, "S"})) c.send(StepCommand{});
}

/// The duration of "Fast" on this machine is unknown here; each preset's row contains its
/// description.
void draw_preset(const PanelContext& c, Rect& bar) {
  std::vector<MenuRow> list;
  int current = -1;
  for (const PresetInfo& preset : preset_table()) {
    if (preset.name == c.snapshot.settings->values.preset()) current = static_cast<int>(list.size());
    list.push_back({preset.name, preset.label, preset.meaning, ""});
  }
  // A current run keeps its preset: the box then says that it applies to the next one.
  const RunBlock& run = *c.snapshot.run;
  const bool next = (run.running || run.resumable) && run.preset != c.snapshot.settings->values.preset();
  if (next && current >= 0)
    list[static_cast<size_t>(current)].label = "next: " + list[static_cast<size_t>(current)].label;
  const Rect place = slot(bar, c, c.px(next ? 128 : 104), 16);
  const ControlInfo info{"preset", "Preset",
                         next ? "Settings of the next new run. The current run has the preset " + run.preset +
                                    ". The page Training starts a new run."
                              : "Settings of a new run. Your changes are marked in the settings.",
                         "", ""};
  const int chosen = combo(c.ui, place, info, list, current);
  if (chosen >= 0) c.send(PresetCommand{list[static_cast<size_t>(chosen)].id});
}

/// Everything that does not fit, registered with its name.
void draw_overflow(const PanelContext& c, Rect& bar) {
  const RunBlock& run = *c.snapshot.run;
  const Rect cut = bar.take_right(c.px(34), c.px(8));
  const Rect place{cut.x, cut.center().y - c.px(17), c.px(34), c.px(34)};
  const Response r = icon_button(c.ui, place, Icon::Menu,
                                 {"more", "More", "Reset, step, presets and the run's figures.", "", ""});
  std::vector<MenuRow> list{{"reset", "Reset", "R", reset_disabled(run)},
                            {"step", "Step", "S", step_disabled(run)}};
  int current = -1;
  for (const PresetInfo& preset : preset_table()) {
    if (preset.name == c.snapshot.settings->values.preset()) current = static_cast<int>(list.size());
    list.push_back({"preset." + preset.name, "Preset " + preset.label, "", ""});
  }
  const Score& score = best_score(*c.snapshot.quality);
  const std::string grade = score.valid ? " · grade " + std::string(score.grade) : "";
  list.push_back({"quality", "Quality " + quality_text(*c.snapshot.quality) + grade, "", ""});
  list.push_back({"copy-view", "Copy this view", "Ctrl C", ""});
  list.push_back({"device", run.device.empty() ? "Device" : run.device, rate_text(run.digits_per_second),
                  "Display only."});
  for (const char* name : {"reset", "step", "preset", "quality", "device"}) {
    c.ui.map.add_hidden(name, name, "In the menu 'More' at the right of the bar.");
  }
  const int chosen = menu(c.ui, "more", place, r.clicked, list, current);
  if (chosen < 0) return;
  const std::string& id = list[static_cast<size_t>(chosen)].id;
  if (id == "reset")
    c.send(ResetCommand{});
  else if (id == "step")
    c.send(StepCommand{});
  else if (id == "quality")
    c.view.page = "quality";
  else if (id == "copy-view")
    copy_view(c);
  else
    c.send(PresetCommand{id.substr(std::string("preset.").size())});
}

}  // namespace

void draw_top_bar(const PanelContext& c) {
  const Theme& t = c.theme();
  draw()->AddRectFilled(c.area.min(), c.area.max(), t.bar);
  draw()->AddLine({c.area.x, c.area.bottom() - 1}, {c.area.right(), c.area.bottom() - 1}, t.border);
  Rect bar = c.area.inset(c.px(16), 0);
  const float effective = c.area.w / c.ui.scale;
  if (effective >= 1080) {
    const float name = draw_text(c.ui, bar, Type::Strong, t.text, "Latent Flow");
    bar.take_left(name, c.px(5));
    const float second = draw_text(c.ui, bar, Type::Strong, t.text2, "Explorer");
    bar.take_left(second, c.px(20));
  }
  const bool folded = effective < 1000;
  if (!folded) draw_reset(c, bar);
  draw_train(c, bar);
  if (!folded) {
    draw_step(c, bar);
    draw_preset(c, bar);
  } else {
    draw_overflow(c, bar);
  }
  if (effective >= 1300)
    draw_device(c, bar);
  else
    c.ui.map.add_hidden(
        "device", c.snapshot.run->device,
        folded ? "In the menu 'More' at the right of the bar." : "Shown in wider windows; see the log.");
  if (!folded) draw_quality_badge(c, bar);
  draw_phase(c, bar);
}

}  // namespace lf::app::panels
