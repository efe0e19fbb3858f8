// What all controls share: a place that can be clicked, an entry in the ui-map, a tooltip, and a reason when
// it is disabled.
#pragma once

#include <string>

#include "widgets/ui.h"

namespace lf {

/// What a control says about itself.
struct ControlInfo {
  std::string name;      ///< in the ui-map, and its ImGui id: unique in the frame
  std::string label;     ///< what it is called
  std::string tooltip;   ///< one or two sentences
  std::string value;     ///< what it shows, as text
  std::string disabled;  ///< why it cannot be used; "" when it can
};

/// What happened to it in this frame.
struct Response {
  bool hovered = false, held = false, clicked = false, double_clicked = false, right_clicked = false;
  bool enabled = true;
  explicit operator bool() const { return clicked; }
};

/// Puts a control on `rect` (nothing is drawn), registers it and shows its tooltip when the mouse rests on
/// it.
Response control(Ui& ui, const Rect& rect, const ControlInfo& info);

/// Registers something that only shows (a plot, a picture, a badge) with a tooltip; the mouse falls through.
bool readout(Ui& ui, const Rect& rect, const ControlInfo& info);

/// Draws a tooltip box now, beside the mouse: a title (may be empty) and wrapped text.
void tooltip_box(Ui& ui, const std::string& title, const std::string& text);

}  // namespace lf
