// The cards of the straightness tool, in two files.
#pragma once

#include <vector>

#include "lab/straightness/result.h"
#include "panels/lab/panels.h"

namespace lf::app::panels {

/// The extra length of each trajectory over the straight line, in percent.
std::vector<float> straightness_detours(const LabStraightness& found);
double straightness_mean(const std::vector<float>& values);
/// The bars of all classes; the property is selected in the head.
void draw_straightness_classes(const PanelContext& c, const LabStraightness& found);
/// The distribution of the property over the digits.
void draw_straightness_spread(const PanelContext& c, const LabStraightness& found);

}  // namespace lf::app::panels
