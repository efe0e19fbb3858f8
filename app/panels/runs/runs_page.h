// The page of past runs; the worker reads their folder.
#pragma once

#include "panels/panel.h"

namespace lf::app::panels {

/// Stored runs: open, resume, compare two, delete, and their folder.
void draw_runs_page(const PanelContext& c);

}  // namespace lf::app::panels
