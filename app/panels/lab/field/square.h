// One of the three panels of the vector field.
#pragma once

#include "lab/field/result.h"
#include "panels/lab/panels.h"

namespace lf::app::panels {

enum class FieldSquare { Learned, Exact, Difference };

/// Streaks or colours, the training digits and arrows on the plane, with its axes.
void draw_field_square(const PanelContext& c, Rect area, const LabField& f, FieldSquare kind);

}  // namespace lf::app::panels
