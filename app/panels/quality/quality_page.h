// Arranges the cards of badge.h, digits.h and checks.h by the width of the window.
#pragma once

#include "panels/panel.h"

namespace lf::app::panels {

/// The quality of the generated digits: the badge explained, limits, classes, checks, the judge,
/// and the score over time.
void draw_quality_page(const PanelContext& c);

}  // namespace lf::app::panels
