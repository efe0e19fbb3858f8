// The trajectories of the compared models on one map.
#pragma once

#include "panels/panel.h"

namespace lf::app::panels {

/// The trajectory of every digit in the colour of its model; the selected digit stands out. Needs models with
/// one autoencoder: others have different latents.
void draw_compared_map_card(const PanelContext& c);

}  // namespace lf::app::panels
