#pragma once

#include "panels/panel.h"

namespace lf {

/// Everything about how a run learns: both losses, the loss by time, learning rates, speed, what the run will
/// do, and the buttons that start, lengthen, save and export it.
void draw_training_page(const PanelContext& c);

}  // namespace lf
