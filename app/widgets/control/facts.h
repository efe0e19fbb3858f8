// Names and numbers in even columns.
#pragma once

#include <string>
#include <vector>

#include "widgets/control/control.h"

namespace lf::app::widgets {

/// One number with its name; the value is "—" if it was not measured (the tooltip says why).
struct Fact {
  ControlInfo info;  ///< label: the name, value: the number, tooltip: its meaning
  Color colour = 0;  ///< 0: the usual text
  float share = 1;   ///< relative width of its column
};

/// Draws the facts into `area`, name above number, as many per row as fit at `least` effective
/// pixels each. Returns the height used.
float facts(Ui& ui, const Rect& area, const std::vector<Fact>& list, float least = 128);

/// The height that facts() would use at this width.
float facts_height(const Ui& ui, float width, size_t count, float least = 128);

}  // namespace lf::app::widgets
