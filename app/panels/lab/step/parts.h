// The cards of one step explained, in three files.
#pragma once

#include <string>

#include "lab/step/result.h"
#include "panels/lab/panels.h"

namespace lf::app::panels {

constexpr size_t kStages = 7;

extern const char* const kStageTitles[kStages];
/// The number in a stage's box.
std::string stage_figure(const LabStep& s, size_t stage);
/// A description of a stage, with the step's own numbers.
std::string stage_sentence(const LabStep& s, size_t stage);

/// The chart of the selected stage.
void draw_stage_chart(const PanelContext& c, const LabStep& s, size_t stage);

}  // namespace lf::app::panels
