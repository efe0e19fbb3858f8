// Arranges the plots of curves.h and the card of the current run.
#pragma once

#include "panels/panel.h"

namespace lf::app::panels {

/// Everything about training: both losses, the loss by time, learning rates, speed, the plan of the
/// run, and the buttons that start, extend, save and export it.
void draw_training_page(const PanelContext& c);

}  // namespace lf::app::panels
