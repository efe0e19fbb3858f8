// The values of a plot under the mouse.
#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

#include "widgets/plot/parts.h"
#include "widgets/text/text.h"

namespace lf::app::widgets {
namespace {

constexpr float kReach = 6;  ///< effective pixels around a point, or an end of a curve, that still select it

/// The point nearest to the mouse on the screen.
size_t nearest_on_screen(const PlotFrame& f, const PlotCurve& c, const float* y, ImVec2 mouse) {
  size_t best = c.count;
  float least = std::numeric_limits<float>::max();
  for (size_t i = 0; i < c.count; ++i) {
    if (!std::isfinite(y[i])) continue;
    const ImVec2 p = f.at(c.x[i], y[i]);
    const float dx = p.x - mouse.x, dy = p.y - mouse.y, d = dx * dx + dy * dy;
    if (d < least) least = d, best = i;
  }
  return best;
}

/// The line of a curve: its value, its own x if it differs from the head's, or a dash.
std::string curve_text(const PlotFrame& f, const PlotCurve& c, const float* y, size_t i, float head,
                       float reach) {
  if (i >= c.count) return c.label + "  –";
  const bool beside = std::fabs(f.at(c.x[i], y[i]).x - head) > reach;
  return c.label + "  " + short_number(y[i], 4) + (beside ? "  at " + short_number(c.x[i]) : "");
}

const float* shown_values(const PlotState& state, const PlotCurve& c) {
  const auto smooth = state.smooth.find(c.label);
  return c.smoothing > 0 && smooth != state.smooth.end() ? smooth->second.values.data() : c.y;
}

}  // namespace

size_t hovered_point(const Ui& ui, const PlotFrame& f, const PlotCurve& c, const float* y, bool bars,
                     ImVec2 mouse) {
  if (c.count == 0) return 0;
  const auto [low, high] = std::minmax_element(c.x, c.x + c.count);
  const float from = f.at(*low, f.y.low).x, to = f.at(*high, f.y.low).x;
  // A bar is as wide as its bin: the outermost ones extend beyond their middles.
  const float reach = bars ? 0.5f * f.area.w / static_cast<float>(c.count) + 1 : ui.px(kReach);
  if (mouse.x < from - reach || mouse.x > to + reach) return c.count;
  const bool folds = std::adjacent_find(c.x, c.x + c.count, std::greater_equal<>()) != c.x + c.count;
  if (folds) return nearest_on_screen(f, c, y, mouse);
  const size_t i = nearest_index(c.x, c.count, f.x.value((mouse.x - f.area.x) / f.area.w));
  return std::isfinite(y[i]) ? i : c.count;
}

void draw_hover(Ui& ui, const PlotFrame& f, PlotState& state, const PlotSpec& spec) {
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  state.hover_x = f.x.value((mouse.x - f.area.x) / f.area.w);
  state.readout.clear();
  draw()->AddLine({mouse.x, f.area.y}, {mouse.x, f.area.bottom()}, fade(ui.colours().text2, 0.6f));
  double shown_x = state.hover_x;
  bool known = false;  // the first curve with a value here determines x
  for (const PlotCurve& c : spec.curves) {
    if (c.count == 0 || (!c.in_legend && !c.in_readout) || state.hidden.count(c.label) != 0) continue;
    const float* y = shown_values(state, c);
    const size_t i = hovered_point(ui, f, c, y, spec.bars, mouse);
    if (i < c.count) draw()->AddCircleFilled(f.at(c.x[i], y[i]), ui.px(3.5f), c.colour);
    if (i < c.count && !known) shown_x = c.x[i], known = true;
    const float head = f.at(shown_x, f.y.low).x;
    state.readout += (state.readout.empty() ? "" : "\n") + curve_text(f, c, y, i, head, ui.px(kReach));
  }
  if (state.readout.empty()) return;
  const std::string head =
      spec.x_unit + " " + (shown_x >= 100 ? grouped(std::llround(shown_x)) : short_number(shown_x));
  tooltip_box(ui, head + (spec.note.empty() ? "" : " · " + spec.note), state.readout);
}

}  // namespace lf::app::widgets
