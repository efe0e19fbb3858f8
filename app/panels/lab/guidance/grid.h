// The grid of guidance by steps, a card of the tool "guidance".
#pragma once

#include "lab/guidance/result.h"
#include "panels/panel.h"

namespace lf::app::panels {

/// One digit with every guidance weight and number of steps; a click on one sets both for the whole
/// program.
void draw_guidance_grid(const PanelContext& c, const LabGuidance& g, size_t digit);

}  // namespace lf::app::panels
