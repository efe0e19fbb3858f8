// The plots of the Training page, one card each.
#pragma once

#include "panels/panel.h"

namespace lf::app::panels {

/// Velocity error of the flow: training and held-out.
void draw_training_flow_card(const PanelContext& c);
/// Reconstruction and KL loss of the autoencoder.
void draw_training_autoencoder_card(const PanelContext& c);
/// The flow's loss in bins of t, noise at the left.
void draw_training_time_card(const PanelContext& c);
/// Both learning rates.
void draw_training_rate_card(const PanelContext& c);

}  // namespace lf::app::panels
