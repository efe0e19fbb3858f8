#pragma once

#include "panels/panel.h"

namespace lf {

/// The quality of the generated digits: the badge explained, limits, classes, checks, the judge,
/// and the score over time.
void draw_quality_page(const PanelContext& c);

}  // namespace lf
