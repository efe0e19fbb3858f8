#include "widgets/plot/plot.h"

#include <algorithm>
#include <cmath>

#include "widgets/plot/parts.h"
#include "widgets/text/text.h"

namespace lf::app::widgets {
namespace {

/// Smallest and largest shown value, without values that a log axis cannot show.
struct Extent {
  double low = 1e300, high = -1e300;
  void add(double v, bool positive) {
    if (!std::isfinite(v) || (positive && v <= 0)) return;
    low = std::min(low, v);
    high = std::max(high, v);
  }
  bool empty() const { return high < low; }
};

/// Range of y over the visible curves. The outermost percent of a long raw curve is ignored, so
/// that one extreme first step does not flatten the others.
AxisRange fit_y(const PlotState& state, const PlotSpec& spec) {
  if (spec.y_low < spec.y_high) return {spec.y_low, spec.y_high, spec.log_y};
  const auto add_curves = [&](Extent& e, bool in_range) {
    for (const PlotCurve& c : spec.curves) {
      if (state.hidden.count(c.label) != 0 || c.in_range != in_range) continue;
      const auto smooth = state.smooth.find(c.label);
      const float* y = c.smoothing > 0 && smooth != state.smooth.end() ? smooth->second.values.data() : c.y;
      for (size_t i = 0; i < c.count; ++i) e.add(y[i], spec.log_y);
    }
  };
  Extent e;
  add_curves(e, true);
  if (e.empty()) add_curves(e, false);  // there is nothing else to show
  for (const PlotLevel& level : spec.levels) e.add(level.y, spec.log_y);
  if (spec.bars && !spec.log_y) e.add(0, false);
  if (e.empty()) return {spec.log_y ? 0.1 : 0, 1, spec.log_y};
  return padded_range(e.low, e.high, spec.log_y, 0.06);
}

AxisRange fit_x(const PlotState& state, const PlotSpec& spec) {
  if (spec.x_low < spec.x_high) return {spec.x_low, spec.x_high, spec.log_x};
  Extent e;
  for (const PlotCurve& c : spec.curves) {
    if (c.count == 0 || state.hidden.count(c.label) != 0) continue;
    e.add(spec.log_x ? std::max(1.0f, c.x[0]) : c.x[0], spec.log_x);
    e.add(c.x[c.count - 1], spec.log_x);
  }
  if (e.empty()) return {spec.log_x ? 1.0 : 0.0, 100, spec.log_x};
  return padded_range(e.low, e.high, spec.log_x, 0);
}

/// Updates the smoothed copies.
void update_smooth(PlotState& state, const PlotSpec& spec) {
  for (const PlotCurve& c : spec.curves) {
    if (c.smoothing <= 0 || c.count == 0) continue;
    PlotState::Smooth& s = state.smooth[c.label];
    if (s.y == c.y && s.count == c.count && s.last == c.y[c.count - 1] && s.weight == c.smoothing) continue;
    s = {c.y, c.count, c.y[c.count - 1], c.smoothing, smoothed(c.y, c.count, c.smoothing)};
  }
}

/// Wheel zooms around the mouse, dragging moves, a double click shows all again.
void navigate(const Rect& frame, PlotState& state, const Response& r) {
  const ImGuiIO& io = ImGui::GetIO();
  const double ux = (io.MousePos.x - frame.x) / frame.w, uy = 1 - (io.MousePos.y - frame.y) / frame.h;
  if (r.double_clicked) state.zoomed = false;
  if (r.hovered && io.MouseWheel != 0) {
    const double factor = std::pow(0.85, io.MouseWheel);
    state.x = state.x.zoomed(factor, ux);
    if (io.KeyShift) state.y = state.y.zoomed(factor, uy);
    state.zoomed = true;
  }
  if (r.held && ImGui::IsMouseDragging(0, 2)) {
    state.x = state.x.moved(-io.MouseDelta.x / frame.w);
    state.y = state.y.moved(io.MouseDelta.y / frame.h);
    state.zoomed = true;
  }
}

}  // namespace

void plot(Ui& ui, const Rect& area, PlotState& state, const PlotSpec& spec) {
  update_smooth(state, spec);
  if (!state.zoomed || state.x.logarithmic != spec.log_x || state.y.logarithmic != spec.log_y) {
    state.zoomed = false;
    state.x = fit_x(state, spec);
    state.y = fit_y(state, spec);
  }
  Rect inner = area;
  const Rect legend = spec.legend ? inner.take_bottom(ui.px(18), ui.px(2)) : Rect{};
  const PlotFrame frame = draw_axes(ui, inner, state, spec);
  ControlInfo info = spec.info;
  info.tooltip += info.tooltip.empty() ? "" : " ";
  info.tooltip += "Scroll to zoom (with Shift both axes), drag to pan, double-click to reset.";
  info.value = plot_value(spec);
  const bool tooltips = ui.tooltips;
  ui.tooltips = false;  // the read-out is in the place of the tooltip
  const Response r = control(ui, frame.area, info);
  ui.tooltips = tooltips;
  navigate(frame.area, state, r);
  draw()->PushClipRect(frame.area.min(), {frame.area.right() + 1, frame.area.bottom() + 1}, true);
  draw_curves(ui, frame, state, spec);
  draw()->PopClipRect();
  state.hovered = r.hovered && !r.held;
  state.clicked = r.clicked && !ImGui::IsMouseDragging(0, 2) && ImGui::GetIO().MouseDragMaxDistanceSqr[0] < 9;
  if (state.hovered) draw_hover(ui, frame, state, spec);
  if (spec.legend) draw_legend(ui, legend, frame.area.x, state, spec);
}

}  // namespace lf::app::widgets
