// The first row of the Quality page.
#pragma once

#include "panels/panel.h"

namespace lf::app::panels {

/// Grade, FD %, its meaning, and the scoring buttons.
void draw_badge_card(const PanelContext& c);
/// Noise floor, decoder's limit and score on one logarithmic ruler with the grades.
void draw_scale_card(const PanelContext& c);
/// The colour of a grade.
Color grade_tone(const Theme& theme, const std::string& grade);

}  // namespace lf::app::panels
