// The axes of a plot, drawn first: they determine the area of the curves.
#include <algorithm>

#include "widgets/plot/parts.h"
#include "widgets/text/text.h"

namespace lf::app::widgets {
namespace {

constexpr float kLabelHeight = 13;  ///< effective pixels that a number at the y axis needs

void draw_x_ticks(Ui& ui, const PlotFrame& f, const PlotSpec& spec) {
  const Theme& t = ui.colours();
  const float w = text_size(ui, Type::MonoSmall, "00.00k").x;
  const float unit = spec.x_unit.empty() ? 0 : text_size(ui, Type::MonoSmall, spec.x_unit).x + ui.px(10);
  const Rect line{f.area.x, f.area.bottom() + ui.px(3), f.area.w, ui.px(16)};
  for (const Tick& tick : nice_ticks(f.x, static_cast<int>(f.area.w / std::max(1.0f, w * 1.7f)))) {
    const float x = f.at(tick.value, f.y.low).x;
    draw()->AddLine({x, f.area.y}, {x, f.area.bottom()}, fade(t.border, t.line > 1 ? 0.3f : 0.7f));
    const float half = 0.5f * text_size(ui, Type::MonoSmall, tick.label).x;
    // A label never leaves the frame: the first and last are moved inwards, and the unit has its own place.
    const float from = std::clamp(x - half, f.area.x - ui.px(4), f.area.right() - 2 * half);
    if (from + 2 * half > f.area.right() - unit) continue;
    draw_text(ui, {from, line.y, 2 * half + 2, line.h}, Type::MonoSmall, t.text2, tick.label);
  }
  draw_text(ui, line, Type::MonoSmall, t.faint, spec.x_unit, Align::Right);
}

void draw_y_ticks(Ui& ui, const PlotFrame& f, const std::vector<Tick>& ticks, float width) {
  const Theme& t = ui.colours();
  for (const Tick& tick : ticks) {
    const float y = f.at(f.x.low, tick.value).y;
    draw()->AddLine({f.area.x, y}, {f.area.right(), y}, fade(t.border, t.line > 1 ? 0.3f : 0.7f));
    draw_text(ui, {f.area.x - width - ui.px(6), y - ui.px(8), width, ui.px(16)}, Type::MonoSmall, t.text2,
              tick.label, Align::Right);
  }
}

}  // namespace

PlotFrame draw_axes(Ui& ui, const Rect& area, const PlotState& state, const PlotSpec& spec) {
  const int wanted = static_cast<int>(area.h / ui.px(26));
  const float height = std::max(1.0f, area.h - ui.px(18 + 6));  // of the frame below
  const auto ticks =
      ticks_apart(nice_ticks(state.y, std::max(2, wanted)), state.y, ui.px(kLabelHeight) / height);
  float width = ui.px(30);
  for (const Tick& tick : ticks) width = std::max(width, text_size(ui, Type::MonoSmall, tick.label).x);
  PlotFrame f{area, state.x, state.y};
  f.area.take_left(width + ui.px(6));
  f.area.take_bottom(ui.px(18));
  f.area.take_top(ui.px(6));
  f.area.take_right(ui.px(4));
  draw_y_ticks(ui, f, ticks, width);
  draw_x_ticks(ui, f, spec);
  draw()->AddLine({f.area.x, f.area.bottom()}, {f.area.right(), f.area.bottom()}, ui.colours().border);
  draw_text(ui, {f.area.x + ui.px(6), f.area.y, f.area.w - ui.px(6), ui.px(16)}, Type::Small,
            ui.colours().text2, spec.y_title);
  return f;
}

}  // namespace lf::app::widgets
