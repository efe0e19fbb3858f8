#include "widgets/plot/class_bars.h"

#include <algorithm>
#include <cmath>

#include "widgets/text/text.h"

namespace lf::app::widgets {
namespace {

float height_of(const Rect& bars, const ClassBarsSpec& spec, double value) {
  if (!std::isfinite(value)) return 0;
  const double part = (value - spec.low) / (spec.high - spec.low);
  return std::floor(bars.h * static_cast<float>(std::clamp(part, 0.0, 1.0)));
}

void draw_bar(const Ui& ui, const Rect& slot, const Rect& bars, const ClassBarsSpec& spec, size_t i) {
  const float height = std::max(ui.px(2), height_of(bars, spec, spec.values[i]));
  const float width = std::min(slot.w * 0.7f, ui.px(36));
  const Rect bar{slot.center().x - width / 2, bars.bottom() - height, width, height};
  draw()->AddRectFilled(bar.min(), bar.max(), spec.colours[i], ui.px(3));
  const Rect foot{slot.x, bars.bottom() + ui.px(2), slot.w, ui.px(18)};
  draw_text(ui, foot, Type::MonoSmall, ui.colours().text, spec.labels[i], Align::Center);
  if (i >= spec.figures.size()) return;
  const Rect head{slot.x, bar.y - ui.px(17), slot.w, ui.px(16)};
  if (text_size(ui, Type::MonoSmall, spec.figures[i]).x > slot.w) return;
  const float half = 0.5f * text_size(ui, Type::MonoSmall, spec.figures[i]).x;
  if (spec.expected >= 0)  // its line must not cross numbers
    draw()->AddRectFilled({head.center().x - half, head.y}, {head.center().x + half, head.bottom()},
                          ui.colours().card);
  draw_text(ui, head, Type::MonoSmall, ui.colours().text2, spec.figures[i], Align::Center);
}

void draw_expected(const Ui& ui, const Rect& bars, const ClassBarsSpec& spec) {
  const float y = bars.bottom() - height_of(bars, spec, spec.expected);
  draw()->AddLine({bars.x, y}, {bars.right(), y}, fade(ui.colours().text, 0.55f), ui.px(1));
  const Rect word{bars.x, bars.y - ui.px(34), bars.w, ui.px(16)};
  draw_text(ui, word, Type::Small, ui.colours().text2, "— " + spec.expected_word, Align::Right);
}

}  // namespace

void class_bars(Ui& ui, const Rect& area, const ClassBarsSpec& spec) {
  readout(ui, area, spec.info);
  Rect bars = area;
  bars.take_bottom(ui.px(20));
  bars.take_top(ui.px(spec.expected >= 0 ? 34 : 18));
  if (spec.expected >= 0) draw_expected(ui, bars, spec);
  draw()->AddLine({bars.x, bars.bottom()}, {bars.right(), bars.bottom()}, ui.colours().border, 1);
  const auto slots = columns(bars, std::vector<float>(spec.values.size(), 1.0f), 0);
  for (size_t i = 0; i < slots.size(); ++i) draw_bar(ui, slots[i], bars, spec, i);
}

}  // namespace lf::app::widgets
