// The text field that replaces a number while it is typed.
#pragma once

#include "widgets/control/slider.h"

namespace lf::app::widgets {

/// Starts typing in the next frame.
void begin_typing(Ui& ui, const NumberSpec& spec);

/// True while the number is being typed. Call once per frame: a field that disappears with its page
/// ends its typing, otherwise it would take the keys when the page comes back.
bool is_typed(const NumberSpec& spec);

/// Draws the text field. Returns true when another value was entered, with Enter or by a click
/// elsewhere; Escape cancels. `value` stays within the field's limits.
bool typed_number(Ui& ui, const Rect& rect, const NumberSpec& spec, double& value);

/// "0.1 is the highest", below a field whose typed number was clamped, for a moment.
void draw_held_back(Ui& ui, const Rect& rect, const NumberSpec& spec);

}  // namespace lf::app::widgets
