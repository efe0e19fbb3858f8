// One digit over both axes of time: t of the flow to the right, the training downwards.
#pragma once

#include "panels/panel.h"

namespace lf::app::panels {

/// A row for some marks of the run, a column for every solver step, all of the selected digit from the same
/// noise: its states, or its endpoint estimates. A click chooses both times. Draws nothing where there is no
/// preview.
void draw_training_pad(const PanelContext& c, bool endpoints);

}  // namespace lf::app::panels
