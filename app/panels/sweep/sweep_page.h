// The page "Sweep": runs with the settings of a table or grid, edited, trained and compared.
#pragma once

#include "panels/panel.h"

namespace lf::app::panels {

void draw_sweep_page(const PanelContext& c);

}  // namespace lf::app::panels
