#include "panels/lab/time_grid/axis.h"

#include <algorithm>
#include <cmath>

#include "panels/lab/panels.h"
#include "widgets/text/text.h"

namespace lf::app::panels {
namespace {

constexpr const char* kAxisTool = "time-grid";
constexpr double kLeastStep = 0.004;  ///< between two handles

std::string axis_key(const char* argument) { return lab_argument_key(kAxisTool, argument); }

void ask_times(const PanelContext& c, const std::vector<double>& times) {
  c.view.set(axis_key("times"), time_grid_text(times));
  c.view.set(axis_key("steps"), std::to_string(times.size() - 1));
  c.view.set(axis_key("equalise"), false);
}

float x_of(const Rect& axis, double t) { return axis.x + static_cast<float>(t) * axis.w; }

/// Each step with its width, and with its predicted error as height.
void draw_step_errors(const PanelContext& c, const Rect& zone, const Rect& axis, const LabTimeGrid& found) {
  const LabGrid& grid = found.present;
  readout(c.ui, zone,
          {"lab.time-grid.step-errors", "Error of each step",
           "Predicted error of each step alone, from the measured local error. A bar is as wide as its step. "
           "Equal heights give the smallest sum.",
           std::to_string(grid.step_errors.size()), ""});
  if (grid.step_errors.empty())
    return (void)draw_text(c.ui, zone, Type::Small, c.theme().text2, "measuring the error of each step …",
                           Align::Center);
  const float most = std::max(1e-12f, *std::max_element(grid.step_errors.begin(), grid.step_errors.end()));
  for (size_t i = 0; i < grid.step_errors.size(); ++i) {
    const float x0 = x_of(axis, grid.times[i]), x1 = x_of(axis, grid.times[i + 1]);
    const float height = std::max(c.px(2), (zone.h - c.px(18)) * grid.step_errors[i] / most);
    const auto middle = static_cast<float>(0.5 * (grid.times[i] + grid.times[i + 1]));
    const Color colour = mix(c.theme().noise, c.theme().data, middle);
    draw()->AddRectFilled({x0 + 1, zone.bottom() - height}, {std::max(x0 + 2, x1 - 1), zone.bottom()},
                          fade(colour, 0.85f), c.px(2));
    const std::string figure = short_number(grid.step_errors[i], 2);
    const Rect head{x0, zone.bottom() - height - c.px(17), x1 - x0, c.px(16)};
    if (text_size(c.ui, Type::MonoSmall, figure).x < head.w)
      draw_text(c.ui, head, Type::MonoSmall, c.theme().text2, figure, Align::Center);
  }
}

/// The inner boundaries as handles; dragging one requests the new grid in every frame.
void draw_handles(const PanelContext& c, const Rect& row, const Rect& axis, std::vector<double> times) {
  const float y = row.center().y;
  for (int i = 0; i < 48; ++i) {
    const float a = static_cast<float>(i) / 48, b = static_cast<float>(i + 1) / 48;
    draw()->AddRectFilled({x_of(axis, a), y - c.px(3)}, {x_of(axis, b), y + c.px(3)},
                          mix(c.theme().noise, c.theme().data, a));
  }
  for (size_t i = 1; i + 1 < times.size(); ++i) {
    const float x = x_of(axis, times[i]);
    const Rect place{x - c.px(9), row.y, c.px(18), row.h};
    const Response r = control(c.ui, place,
                               {"lab.time-grid.handle." + std::to_string(i), "Boundary of two steps",
                                "Drag it to move the boundary; the digits follow.", fixed(times[i], 3), ""});
    if (r.hovered || r.held) ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
    const bool lively = r.hovered || r.held;
    draw()->AddLine({x, row.y}, {x, row.bottom()}, fade(c.theme().accent, 0.6f), c.px(1.5f));
    draw()->AddCircleFilled({x, y}, c.px(lively ? 8.5f : 7), c.theme().accent, 24);
    draw()->AddCircleFilled({x, y}, c.px(lively ? 6 : 5), rgb(0xFFFFFF), 24);
    if (!r.held || !ImGui::IsMouseDragging(0, 1)) continue;
    const double low = times[i - 1] + kLeastStep, high = times[i + 1] - kLeastStep;
    const double wanted = (ImGui::GetIO().MousePos.x - axis.x) / std::max(1.0f, axis.w);
    if (low >= high || std::abs(wanted - times[i]) < 5e-4) continue;
    times[i] = std::clamp(wanted, low, high);
    ask_times(c, times);
  }
}

/// Boundaries that cannot be dragged, for comparison.
void draw_ticks(const PanelContext& c, const Rect& row, const Rect& axis, const std::vector<double>& times,
                Color colour, const char* name) {
  for (size_t i = 0; i < times.size(); ++i) {
    const float x = x_of(axis, times[i]);
    draw()->AddLine({x, row.y + c.px(3)}, {x, row.bottom() - c.px(3)}, colour, c.px(1.6f));
  }
  draw_text(c.ui, {row.x, row.y, axis.x - row.x - c.px(6), row.h}, Type::Small, c.theme().text2, name,
            Align::Right);
}

}  // namespace

void draw_time_axis(const PanelContext& c, const LabTimeGrid& found, const std::vector<double>& handles) {
  Rect body = c.area;
  Rect axis = body;
  axis.take_left(c.px(66)), axis.take_right(c.px(12));
  const Rect words = body.take_bottom(c.px(18));
  draw_text(c.ui, {axis.x, words.y, axis.w, words.h}, Type::MonoSmall, c.theme().text2, "t = 0 · noise");
  draw_text(c.ui, {axis.x, words.y, axis.w, words.h}, Type::MonoSmall, c.theme().text2, "data · t = 1",
            Align::Right);
  const bool roomy = body.h > c.px(110);
  draw_ticks(c, body.take_bottom(c.px(16)), axis, found.equalised.times, c.theme().good, "equalised");
  if (roomy)
    draw_ticks(c, body.take_bottom(c.px(16)), axis, found.equal.times, fade(c.theme().text2, 0.8f), "equal");
  const Rect row = body.take_bottom(c.px(roomy ? 30 : 22));
  draw_text(c.ui, {row.x, row.y, axis.x - row.x - c.px(6), row.h}, Type::Strong, c.theme().text, "yours",
            Align::Right);
  draw_text(c.ui, {body.x, body.y, axis.x - body.x - c.px(6), body.h}, Type::Small, c.theme().text2, "error",
            Align::Right);
  draw_step_errors(c, {axis.x, body.y, axis.w, body.h}, axis, found);
  draw_handles(c, row, axis, handles);
  const float now = x_of(axis, c.view.t);
  draw()->AddLine({now, body.y}, {now, words.y}, fade(c.theme().accent, 0.5f), c.px(1));
}

}  // namespace lf::app::panels
