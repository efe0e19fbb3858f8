#include "widgets/plot/marker_scale.h"

#include <algorithm>

#include "base/axis.h"
#include "widgets/plot/points.h"
#include "widgets/text/text.h"

namespace lf::app::widgets {
namespace {

constexpr float kBand = 24, kTicks = 18, kMarker = 20;

float place(const Rect& bar, const MarkerScaleSpec& spec, double value) {
  const AxisRange range{spec.low, spec.high, spec.logarithmic};
  return bar.x + bar.w * static_cast<float>(std::clamp(range.unit(value), 0.0, 1.0));
}

void draw_bands(const Ui& ui, const Rect& bar, const MarkerScaleSpec& spec) {
  draw()->AddRectFilled(bar.min(), bar.max(), ui.colours().raised, ui.px(4));
  float from = bar.x;
  for (const ScaleBand& band : spec.bands) {
    const float to = place(bar, spec, band.to);
    const Rect piece{from, bar.y, std::max(0.0f, to - from - 1), bar.h};
    draw()->AddRectFilled(piece.min(), piece.max(), fade(band.colour, 0.32f), ui.px(3));
    if (piece.w > ui.px(14)) draw_text(ui, piece, Type::Small, ui.colours().text, band.label, Align::Center);
    from = to;
  }
}

void draw_ticks(const Ui& ui, const Rect& bar, const MarkerScaleSpec& spec) {
  float free_from = bar.x - ui.px(40);
  for (const double tick : spec.ticks) {
    const float x = place(bar, spec, tick), half = ui.px(24);
    if (x - half < free_from) continue;
    const std::string label = short_number(tick) + (tick == spec.ticks.back() ? " " + spec.unit : "");
    const Rect box{std::clamp(x - half, bar.x, bar.right() - 2 * half), bar.bottom(), 2 * half,
                   ui.px(kTicks)};
    const Align align = x - half < bar.x         ? Align::Left
                        : x + half > bar.right() ? Align::Right
                                                 : Align::Center;
    draw_text(ui, box, Type::MonoSmall, ui.colours().text2, label, align);
    free_from = x + half;
  }
}

void draw_marker(const Ui& ui, const Rect& bar, const MarkerScaleSpec& spec, size_t row) {
  const ScaleMarker& marker = spec.markers[row];
  const float x = place(bar, spec, marker.value), thick = ui.px(marker.strong ? 3 : 2);
  const float y = bar.bottom() + ui.px(kTicks) + (static_cast<float>(row) + 0.5f) * ui.px(kMarker);
  draw()->AddLine({x, bar.y - ui.px(3)}, {x, bar.bottom() + ui.px(2)}, marker.colour, thick);
  draw()->AddLine({x, bar.bottom() + ui.px(kTicks)}, {x, y}, fade(marker.colour, 0.6f), ui.px(1));
  draw()->AddCircleFilled({x, y}, ui.px(marker.strong ? 5 : 4), marker.colour);
  const Type type = marker.strong ? Type::Title : Type::Small;
  const float width = text_size(ui, type, marker.label).x, gap = ui.px(10);
  const bool right = x + gap + width <= bar.right();
  const float left = right ? x + gap : std::max(bar.x, x - gap - width);
  const Rect box{left, y - ui.px(kMarker) / 2, std::min(width + 1, bar.right() - left), ui.px(kMarker)};
  draw()->AddRectFilled({box.x - ui.px(3), box.y + 2}, {box.right() + ui.px(3), box.bottom() - 2},
                        ui.colours().card);
  draw_text(ui, box, type, ui.colours().text, marker.label);
}

}  // namespace

float marker_scale_height(const Ui& ui, size_t markers) {
  return ui.px(4 + kBand + kTicks) + static_cast<float>(markers) * ui.px(kMarker);
}

void marker_scale(Ui& ui, const Rect& area, const MarkerScaleSpec& spec) {
  const Rect whole{area.x, area.y, area.w, std::min(area.h, marker_scale_height(ui, spec.markers.size()))};
  readout(ui, whole, spec.info);
  const Rect bar{area.x, area.y + ui.px(4), area.w, ui.px(kBand)};
  draw_bands(ui, bar, spec);
  draw_ticks(ui, bar, spec);
  // The largest first: then no line crosses the label of another marker.
  MarkerScaleSpec sorted = spec;
  std::sort(sorted.markers.begin(), sorted.markers.end(),
            [](const ScaleMarker& a, const ScaleMarker& b) { return a.value > b.value; });
  for (size_t row = sorted.markers.size(); row-- > 0;) draw_marker(ui, bar, sorted, row);
}

}  // namespace lf::app::widgets
