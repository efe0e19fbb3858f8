// Names and numbers in even columns: what a card states without a picture.
#pragma once

#include <string>
#include <vector>

#include "widgets/control/control.h"

namespace lf {

/// One figure with its name; "—" is the value of what was not measured (say why in the tooltip).
struct Fact {
  ControlInfo info;  ///< label: the name, value: the figure, tooltip: what it means
  Color colour = 0;  ///< 0: the usual text
  float share = 1;   ///< how wide its column is beside the others
};

/// Draws the facts into `area`, name above figure, as many to a row as fit at `least` effective pixels each.
/// Returns the height used.
float facts(Ui& ui, const Rect& area, const std::vector<Fact>& list, float least = 128);

/// The height that facts() would use at this width.
float facts_height(const Ui& ui, float width, size_t count, float least = 128);

}  // namespace lf
