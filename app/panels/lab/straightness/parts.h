// The cards of the straightness tool, in two files.
#pragma once

#include <vector>

#include "lab/straightness/result.h"
#include "panels/lab/panels.h"

namespace lf {

/// By how many percent each way is longer than the straight line.
std::vector<float> straightness_detours(const LabStraightness& found);
double straightness_mean(const std::vector<float>& values);
/// The bars of all classes; which property they show is chosen in the head.
void draw_straightness_classes(const PanelContext& c, const LabStraightness& found);
/// How many digits have how much of it.
void draw_straightness_spread(const PanelContext& c, const LabStraightness& found);

}  // namespace lf
