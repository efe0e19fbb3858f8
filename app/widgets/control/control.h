// Shared by all controls: a clickable area, an entry in the ui-map, a tooltip, and a reason when
// disabled.
#pragma once

#include <string>

#include "widgets/ui.h"

namespace lf::app::widgets {

/// The description of a control.
struct ControlInfo {
  std::string name;      ///< in the ui-map, and its ImGui id: unique in the frame
  std::string label;     ///< its name for users
  std::string tooltip;   ///< one or two sentences
  std::string value;     ///< its value, as text
  std::string disabled;  ///< why it cannot be used; "" if it can
};

/// Events of a control in this frame.
struct Response {
  bool hovered = false, held = false, clicked = false, double_clicked = false, right_clicked = false;
  bool enabled = true;
  explicit operator bool() const { return clicked; }
};

/// Puts a control on `rect` (nothing is drawn), registers it and shows its tooltip when the mouse rests on
/// it.
Response control(Ui& ui, const Rect& rect, const ControlInfo& info);

/// Registers a passive element (a plot, an image, a badge) with a tooltip; it takes no clicks.
bool readout(Ui& ui, const Rect& rect, const ControlInfo& info);

/// Draws a tooltip box now, beside the mouse: a title (may be empty) and wrapped text.
void tooltip_box(Ui& ui, const std::string& title, const std::string& text);

}  // namespace lf::app::widgets
