#pragma once

#include "panels/panel.h"

namespace lf {

/// How good the drawn digits are, and how one knows: the badge explained, limits, digits one by one, checks,
/// the judge, and the score over time.
void draw_quality_page(const PanelContext& c);

}  // namespace lf
