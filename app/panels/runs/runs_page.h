#pragma once

#include "panels/panel.h"

namespace lf {

/// Stored runs: open, resume, compare two, delete, and where they lie.
void draw_runs_page(const PanelContext& c);

}  // namespace lf
