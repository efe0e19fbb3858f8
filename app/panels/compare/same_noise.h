// The compared models on the same noise.
#pragma once

#include "panels/panel.h"

namespace lf::app::panels {

/// The digits of every model at the slider's t: side by side, or two of them in one grid with a divider,
/// alternating, or as their difference.
void draw_same_noise_card(const PanelContext& c);

}  // namespace lf::app::panels
