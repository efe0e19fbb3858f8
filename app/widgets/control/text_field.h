// A line of text to type into.
#pragma once

#include <string>

#include "widgets/control/control.h"

namespace lf::app::widgets {

/// Input of this frame.
struct TextFieldResult {
  bool changed = false;
  bool entered = false;  ///< Enter was pressed
  bool left = false;     ///< something was typed, and the user clicked elsewhere
  bool focused = false;
};

/// Edits `text` in place; `hint` is shown while it is empty. `focus` puts the cursor into it now. The value
/// in the ui-map is the text.
TextFieldResult text_field(Ui& ui, const Rect& rect, const ControlInfo& info, std::string& text,
                           const std::string& hint, bool focus = false);

}  // namespace lf::app::widgets
