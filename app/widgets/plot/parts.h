// The parts of a plot, in three files, which plot.cpp draws one after the other. Internal to plots.
#pragma once

#include "widgets/plot/plot.h"

namespace lf::app::widgets {

/// The area of the curves, and the mapping of values.
struct PlotFrame {
  Rect area;
  AxisRange x, y;
  ImVec2 at(double vx, double vy) const {
    return {static_cast<float>(area.x + x.unit(vx) * area.w),
            static_cast<float>(area.bottom() - y.unit(vy) * area.h)};
  }
};

/// Draws grid, ticks and units inside `area`; returns the rest for the curves.
PlotFrame draw_axes(Ui& ui, const Rect& area, const PlotState& state, const PlotSpec& spec);
/// Draws levels, raw curves (faint), then the smoothed or plain ones.
void draw_curves(Ui& ui, const PlotFrame& frame, const PlotState& state, const PlotSpec& spec);
/// The selected point of a curve: the nearest in x, and if the curve folds back the nearest of all;
/// `count` if the mouse is outside its x range or the value is missing.
size_t hovered_point(const Ui& ui, const PlotFrame& frame, const PlotCurve& curve, const float* y, bool bars,
                     ImVec2 mouse);
/// The vertical line under the mouse and the box with the values there.
void draw_hover(Ui& ui, const PlotFrame& frame, PlotState& state, const PlotSpec& spec);
/// The legend; a click on a name hides its curve.
void draw_legend(Ui& ui, const Rect& line, float left, PlotState& state, const PlotSpec& spec);
/// The plot's value in the ui-map: the last value of every curve.
std::string plot_value(const PlotSpec& spec);

}  // namespace lf::app::widgets
