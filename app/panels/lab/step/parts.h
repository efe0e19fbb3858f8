// The cards of one step explained, in three files.
#pragma once

#include <string>

#include "lab/step/result.h"
#include "panels/lab/panels.h"

namespace lf {

constexpr size_t kStages = 7;

extern const char* const kStageTitles[kStages];
/// The number that a stage's box shows.
std::string stage_figure(const LabStep& s, size_t stage);
/// What happens in a stage, with the step's own numbers.
std::string stage_sentence(const LabStep& s, size_t stage);

/// What the stage looked at adds, as a chart.
void draw_stage_chart(const PanelContext& c, const LabStep& s, size_t stage);

}  // namespace lf
