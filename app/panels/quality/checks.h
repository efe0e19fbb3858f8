// The third row of the Quality page: the score over time, and whether it can be trusted.
#pragma once

#include "panels/panel.h"

namespace lf {

/// FD % of the live scores while training.
void draw_history_card(const PanelContext& c);
/// Does it copy training digits?
void draw_memorisation_card(const PanelContext& c);
/// The judge network and what it gives to known pictures.
void draw_judge_card(const PanelContext& c);

}  // namespace lf
