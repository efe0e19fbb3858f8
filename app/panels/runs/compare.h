#pragma once

#include "panels/panel.h"

namespace lf {

/// Curves of two stored runs over each other: the first in the colour of its network, the second
/// in that of words.
void draw_compare_card(const PanelContext& c);

}  // namespace lf
