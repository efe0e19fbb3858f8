#include "panels/training/settings_panel.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "base/number_text.h"
#include "config/autoencoder_share.h"
#include "panels/actions.h"
#include "panels/training/training_text.h"
#include "widgets/control/combo.h"
#include "widgets/control/scroll.h"
#include "widgets/control/slider.h"
#include "widgets/control/text_field.h"
#include "widgets/text/text.h"

namespace lf::app::panels {
namespace {

std::string plain_number(double value, bool integer) {
  char text[48];
  std::snprintf(text, sizeof text, integer ? "%.0f" : "%.6g", value);
  return text;
}

std::string tooltip_of(const SettingInfo& s, const SettingsBlock& block) {
  std::string text = s.meaning;
  text += s.live ? "\nTakes effect immediately."
                 : "\nTakes effect in the next new run; the current run does not change.";
  const auto shown = [](const std::string& value) { return value.empty() ? std::string("none") : value; };
  text += " Preset: " + shown(block.values.preset_text(s.key)) + ".";
  if (!s.live && block.values.text(s.key) != block.run.text(s.key))
    text += " The current run has " + shown(block.run.text(s.key)) + ".";
  if (s.kind == SettingKind::Number || s.kind == SettingKind::Integer)
    text += " Drag to change, click to type.";
  return text;
}

/// A path is used once typing ends: half a path is no file.
void draw_path(const PanelContext& c, const Rect& place, const SettingInfo& s, const ControlInfo& info) {
  const std::string value = c.snapshot.settings->values.text(s.key);
  std::string& draft = c.view.drafts[s.key];
  const TextFieldResult r = text_field(c.ui, place, info, draft, "path of a file");
  const bool taken = (r.entered || r.left) && draft != value;
  if (taken) set_setting(c, s.key, draft);
  if (!r.focused && !taken) draft = value;
}

/// The starting value for dragging a number that is a word: the value of "auto" in a run with these
/// settings; the largest number for "end", which it equals.
double number_behind_word(const PanelContext& c, const SettingInfo& s) {
  const Settings& values = c.snapshot.settings->values;
  const int64_t flow_steps = values.flow.steps;
  const int64_t digits = expected_train_count(*c.snapshot.run);
  double number = s.max;
  if (s.key == setting_key(&AutoencoderSettings::epochs))
    number = autoencoder_epochs(values, flow_steps, digits);
  if (s.key == setting_key(&AutoencoderSettings::freeze)) number = encoder_epochs(values, flow_steps, digits);
  return std::clamp(number, s.min, s.max);
}

/// Why a live setting has no effect on the current model; "" if it has.
std::string without_labels(const PanelContext& c, const std::string& key) {
  const bool asks =
      key == setting_key(&PreviewSettings::digit) || key == setting_key(&PreviewSettings::guidance);
  return asks && !c.snapshot.run->labelled ? "This model is unconditional." : "";
}

void draw_value(const PanelContext& c, const Rect& place, const SettingInfo& s, const ControlInfo& info,
                bool changed) {
  const std::string text = c.snapshot.settings->values.text(s.key);
  if (s.kind == SettingKind::Path) {
    draw_path(c, place, s, info);
  } else if (s.kind == SettingKind::Switch) {
    const bool on = text == "on";
    if (toggle(c.ui, {place.right() - c.px(33), place.y, c.px(33), place.h}, info, on))
      set_setting(c, s.key, on ? "off" : "on");
  } else if (s.kind == SettingKind::Choice) {
    std::vector<MenuRow> list;
    int current = -1;
    for (const std::string& choice : s.choices) {
      if (choice == text) current = static_cast<int>(list.size());
      list.push_back({choice, choice, "", ""});
    }
    const int chosen = combo(c.ui, place, info, list, current);
    if (chosen >= 0) set_setting(c, s.key, s.choices[static_cast<size_t>(chosen)]);
  } else {
    NumberSpec number;
    number.info = info;
    const bool word = std::find(s.choices.begin(), s.choices.end(), text) != s.choices.end();
    number.value = word ? number_behind_word(c, s) : parse_number(text).value_or(0);
    number.shown = word ? text : "";
    number.low = s.min;
    number.high = s.max;
    number.integer = s.kind == SettingKind::Integer;
    number.logarithmic = s.logarithmic;
    number.overridden = changed;
    number.unit = s.unit;
    double value = number.value;
    if (number_field(c.ui, place, number, value)) set_setting(c, s.key, plain_number(value, number.integer));
  }
}

void draw_row(const PanelContext& c, Rect row, const SettingInfo& s) {
  const SettingsBlock& block = *c.snapshot.settings;
  const Theme& t = c.theme();
  const bool changed = block.values.text(s.key) != block.values.preset_text(s.key);
  const ControlInfo info{"setting." + s.key, s.label, tooltip_of(s, block), block.values.text(s.key),
                         without_labels(c, s.key)};
  Rect reset = row.take_right(c.px(22), c.px(4));
  reset = reset.inset(0, 0.5f * (reset.h - c.px(22)));
  const ControlInfo back{info.name + ".reset", "Reset to " + block.values.preset_text(s.key),
                         "Resets to the preset's value.", "",
                         changed ? "" : "It already has the preset's value."};
  if (icon_button(c.ui, reset, Icon::Reset, back)) set_setting(c, s.key, block.values.preset_text(s.key));
  const Rect value = row.take_right(c.px(118), c.px(8)).inset(0, c.px(2));
  const bool waiting = !s.live && block.values.text(s.key) != block.run.text(s.key);
  const Rect dot = row.take_left(c.px(8), c.px(4));
  if (s.live) draw()->AddCircleFilled(dot.center(), c.px(2.5f), t.good);
  if (waiting) draw()->AddCircle(dot.center(), c.px(3), t.warning, 12, c.px(1.5f));
  const std::string why = info.disabled.empty() ? "" : info.disabled + "\n";
  readout(c.ui, row, {info.name + ".label", s.label, why + info.tooltip, "", ""});
  draw_text(c.ui, row, Type::Small, changed ? t.text : mix(t.text2, t.text, 0.35f), s.label);
  draw_value(c, value, s, info, changed);
}

/// The legend of the two dots.
float draw_key(const PanelContext& c, const Rect& at) {
  const Theme& t = c.theme();
  Rect line{at.x, at.y, at.w, c.px(22)};
  Rect dot = line.take_left(c.px(8), c.px(4));
  draw()->AddCircleFilled(dot.center(), c.px(2.5f), t.good);
  line.take_left(draw_text(c.ui, line, Type::Small, t.text2, "acts at once"), c.px(14));
  dot = line.take_left(c.px(8), c.px(4));
  draw()->AddCircle(dot.center(), c.px(3), t.warning, 12, c.px(1.5f));
  draw_text(c.ui, line, Type::Small, t.text2, "for the next run");
  return c.px(28);
}

/// Theme and font size: the look of the window, not the experiment.
float draw_look(const PanelContext& c, const Rect& at) {
  Rect line{at.x, at.y, at.w, c.px(26)};
  float used = 0;
  for (const Theme& theme : theme_table()) {
    const float width = chip_width(c.ui, theme.label) + c.px(4);
    const Rect place{line.x + used, line.y, width, c.px(24)};
    const ControlInfo info{"theme." + theme.name, theme.label, "Colours of the window. Key T switches them.",
                           "", ""};
    if (chip(c.ui, place, info, theme.name == c.view.theme)) c.view.theme = theme.name;
    used += width + c.px(6);
  }
  NumberSpec size;
  size.info = {"font", "Font scale", "Size of text and controls. Keys + and −.", "", ""};
  size.value = c.view.font_scale;
  size.low = 0.6, size.high = 3;
  size.unit = "×";
  size.shown = fixed(size.value, 2);
  double value = size.value;
  const Rect place{line.x + used, line.y, std::max(c.px(50), line.w - used), c.px(24)};
  if (number_field(c.ui, place, size, value)) c.view.font_scale = static_cast<float>(value);
  return c.px(36);
}

}  // namespace

void hide_settings(const PanelContext& c) {
  const std::string folded = "The settings are hidden; the control 'settings' shows them.";
  for (const char* name : {"font", "theme.dark", "theme.light", "theme.projector"})
    c.ui.map.add_hidden(name, name, folded);
  for (const SettingInfo& s : setting_table()) {
    c.ui.map.add_hidden("setting." + s.key, s.label,
                        "The settings are hidden; the control 'settings' shows them.");
  }
}

void draw_settings_panel(const PanelContext& c) {
  const Theme& t = c.theme();
  draw()->AddRectFilled(c.area.min(), c.area.max(), t.bar);
  draw()->AddLine({c.area.right() - 1, c.area.y}, {c.area.right() - 1, c.area.bottom()}, t.border);
  readout(c.ui, c.area, {"panel.settings", "Settings", "", "", ""});
  scroll_area(c.ui, c.area.inset(c.px(12), c.px(8)), "settings.scroll", [&](const Rect& room) {
    float y = room.y + draw_look(c, room);
    y += draw_key(c, {room.x, y, room.w, room.h});
    std::string group;
    for (const SettingInfo& s : setting_table()) {
      if (s.group != group) {
        group = s.group;
        draw_text(c.ui, {room.x, y + c.px(8), room.w, c.px(24)}, Type::Title, t.text, group);
        y += c.px(34);
      }
      draw_row(c, {room.x, y, room.w, c.px(30)}, s);
      y += c.px(30);
    }
    return y - room.y + c.px(8);
  });
}

}  // namespace lf::app::panels
