// The text field that stands in for a number while it is typed.
#pragma once

#include "widgets/control/slider.h"

namespace lf {

/// From the next frame on the number is typed into.
void begin_typing(Ui& ui, const NumberSpec& spec);

/// Is the number being typed? Asked once a frame: a field that went from sight with its page has ended its
/// typing, or it would take the keys from the window when the page comes back.
bool is_typed(const NumberSpec& spec);

/// Draws the text field. Returns true when another value was entered, with Enter or by going elsewhere;
/// Escape takes the typing back. `value` stays within the field's limits.
bool typed_number(Ui& ui, const Rect& rect, const NumberSpec& spec, double& value);

/// "0.1 is the highest", below a field whose typed number went too far, for a moment.
void draw_held_back(Ui& ui, const Rect& rect, const NumberSpec& spec);

}  // namespace lf
