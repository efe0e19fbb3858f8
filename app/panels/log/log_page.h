// The record of a session on screen; the run's folder keeps all of it in commands.log.
#pragma once

#include "panels/panel.h"

namespace lf::app::panels {

/// The log of all commands and events, with a filter; lines can be copied.
void draw_log_page(const PanelContext& c);

}  // namespace lf::app::panels
