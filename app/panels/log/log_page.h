#pragma once

#include "panels/panel.h"

namespace lf {

/// Everything that was asked for and everything that happened, with a filter; lines can be copied.
void draw_log_page(const PanelContext& c);

}  // namespace lf
