// Buttons, chips and switches.
#pragma once

#include <string>

#include "widgets/control/control.h"
#include "widgets/icons.h"

namespace lf::app::widgets {

enum class ButtonKind { Plain, Primary, Quiet, Danger };

struct ButtonLook {
  ButtonKind kind = ButtonKind::Plain;
  Icon icon = Icon::None;
  std::string key;  ///< keyboard key, shown as a small cap at the right
};

/// A button filling `rect`; `info.label` is its text.
Response button(Ui& ui, const Rect& rect, const ControlInfo& info, const ButtonLook& look = {});
/// The width such a button needs.
float button_width(const Ui& ui, const std::string& label, const ButtonLook& look = {});

/// A square button with an icon only.
Response icon_button(Ui& ui, const Rect& rect, Icon icon, const ControlInfo& info, bool on = false);

/// A small rounded switch (on: filled) or action (`toggles` false). Its value in the ui-map is "on"/"off".
Response chip(Ui& ui, const Rect& rect, const ControlInfo& info, bool on, bool toggles = true);
float chip_width(const Ui& ui, const std::string& label);
/// Height of a chip.
float chip_height(const Ui& ui);

/// A sliding switch for settings; returns true when it was clicked.
bool toggle(Ui& ui, const Rect& rect, const ControlInfo& info, bool on);

}  // namespace lf::app::widgets
