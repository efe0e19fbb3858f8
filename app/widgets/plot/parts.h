// The pieces a plot is drawn from; used by plot.cpp only.
#pragma once

#include "widgets/plot/plot.h"

namespace lf {

/// Where the curves go, and how values map to it.
struct PlotFrame {
  Rect area;
  AxisRange x, y;
  ImVec2 at(double vx, double vy) const {
    return {static_cast<float>(area.x + x.unit(vx) * area.w),
            static_cast<float>(area.bottom() - y.unit(vy) * area.h)};
  }
};

/// Draws grid, ticks and units inside `area`; returns what is left for the curves.
PlotFrame draw_axes(Ui& ui, const Rect& area, const PlotState& state, const PlotSpec& spec);
/// Draws levels, raw curves (faint), then the smoothed or plain ones.
void draw_curves(Ui& ui, const PlotFrame& frame, const PlotState& state, const PlotSpec& spec);
/// The point of a curve that the mouse means: the nearest in x, and where the curve folds back the nearest of
/// all; `count` where the mouse is outside its x range or the value is missing.
size_t hovered_point(const Ui& ui, const PlotFrame& frame, const PlotCurve& curve, const float* y, bool bars,
                     ImVec2 mouse);
/// The vertical line under the mouse and the box with the values there.
void draw_hover(Ui& ui, const PlotFrame& frame, PlotState& state, const PlotSpec& spec);
/// The legend; a click on a name hides its curve.
void draw_legend(Ui& ui, const Rect& line, float left, PlotState& state, const PlotSpec& spec);
/// What the plot says in the ui-map: the last value of every curve.
std::string plot_value(const PlotSpec& spec);

}  // namespace lf
