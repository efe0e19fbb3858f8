// The third row of the Quality page: the score over time, and its reliability.
#pragma once

#include "panels/panel.h"

namespace lf::app::panels {

/// FD % of the live scores during training.
void draw_history_card(const PanelContext& c);
/// The memorisation check.
void draw_memorisation_card(const PanelContext& c);
/// The judge network and its scores for known images.
void draw_judge_card(const PanelContext& c);

}  // namespace lf::app::panels
