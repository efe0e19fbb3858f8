#pragma once

#include "panels/panel.h"

namespace lf {

/// F1: what the window shows, in four sentences, the keys, what the mouse does, and the way to the guided
/// tour. Called while view.help.
void draw_help_overlay(const PanelContext& c);

}  // namespace lf
