// Everything that a plot shows of its data: lines, dots, bars, levels, marks and the legend.
#include <algorithm>
#include <cmath>

#include "widgets/plot/parts.h"
#include "widgets/text/text.h"

namespace lf::app::widgets {
namespace {

/// A line through at most two values per pixel column.
void draw_line(const PlotFrame& f, const PlotCurve& c, const float* y, Color colour, float width) {
  const auto columns = decimate(c.x, y, c.count, f.x, std::max(1, static_cast<int>(f.area.w)));
  std::vector<ImVec2> points;
  points.reserve(columns.size() * 2);
  // A curve with fewer points than columns is drawn through its own points.
  const bool sparse = c.count < static_cast<size_t>(std::max(1.0f, f.area.w / 2));
  if (sparse) {
    for (size_t i = 0; i < c.count; ++i) {
      if (std::isfinite(y[i])) points.push_back(f.at(c.x[i], y[i]));
    }
  } else {
    for (const ColumnExtent& e : columns) {
      const float x = f.area.x + static_cast<float>(e.column) + 0.5f;
      points.push_back({x, f.at(f.x.low, e.last == e.high ? e.low : e.high).y});
      if (e.high != e.low) points.push_back({x, f.at(f.x.low, e.last).y});
    }
  }
  draw()->AddPolyline(points.data(), static_cast<int>(points.size()), colour, 0, width);
}

void draw_dots(Ui& ui, const PlotFrame& f, const PlotCurve& c) {
  for (size_t i = 0; i < c.count; ++i) {
    if (std::isfinite(c.y[i])) draw()->AddCircleFilled(f.at(c.x[i], c.y[i]), ui.px(3), c.colour);
  }
}

/// Bars of one curve; several curves share the width of a bin.
void draw_bars(Ui& ui, const PlotFrame& f, const PlotCurve& c, size_t index, size_t curves) {
  if (c.count == 0) return;
  const float bin = f.area.w / static_cast<float>(c.count);
  const float gap = std::min(ui.px(3), bin * 0.2f);
  const float width = (bin - gap) / static_cast<float>(curves);
  const float floor = std::min(f.area.bottom(), f.at(f.x.low, 0).y);
  for (size_t i = 0; i < c.count; ++i) {
    if (!std::isfinite(c.y[i])) continue;
    const float x = f.area.x + bin * static_cast<float>(i) + 0.5f * gap + width * static_cast<float>(index);
    draw()->AddRectFilled({x, f.at(f.x.low, c.y[i]).y}, {x + width - 1, floor}, fade(c.colour, 0.85f),
                          ui.px(2));
  }
}

void draw_level(Ui& ui, const PlotFrame& f, const PlotLevel& level) {
  const float y = f.at(f.x.low, level.y).y;
  for (float x = f.area.x; x < f.area.right(); x += ui.px(8)) {
    draw()->AddLine({x, y}, {std::min(x + ui.px(4), f.area.right()), y}, level.colour);
  }
}

/// Lines first, then their labels on a patch of the card; a label that would cover the previous one
/// is omitted.
void draw_marks(Ui& ui, const PlotFrame& f, const std::vector<PlotMark>& marks) {
  for (const PlotMark& mark : marks) {
    const float x = f.at(mark.x, 1).x;
    if (x < f.area.x || x > f.area.right()) continue;
    draw()->AddLine({x, f.area.y}, {x, f.area.bottom()}, mark.colour,
                    mark.width * ui.scale * ui.colours().line);
  }
  float free_from = f.area.x;
  for (const PlotMark& mark : marks) {
    const float x = f.at(mark.x, 1).x, width = text_size(ui, Type::Small, mark.label).x;
    if (mark.label.empty() || x < free_from || x + width + ui.px(8) > f.area.right()) continue;
    const Rect box{x + ui.px(3), f.area.y, width + ui.px(4), ui.px(16)};
    draw()->AddRectFilled(box.min(), box.max(), ui.colours().card, ui.px(2));
    draw_text(ui, box, Type::Small, mark.colour, mark.label, Align::Center);
    free_from = box.right() + ui.px(2);
  }
}

}  // namespace

void draw_curves(Ui& ui, const PlotFrame& f, const PlotState& state, const PlotSpec& spec) {
  draw_marks(ui, f, spec.marks);
  for (const PlotLevel& level : spec.levels) {
    if (state.hidden.count(level.label) == 0) draw_level(ui, f, level);
  }
  for (size_t i = 0; i < spec.curves.size(); ++i) {
    const PlotCurve& c = spec.curves[i];
    if (c.count == 0 || state.hidden.count(c.label) != 0) continue;
    // ImGui draws lines of whole pixels from its texture, with a third of the triangles.
    const float width = std::max(1.0f, std::round(c.width * ui.scale * ui.colours().line));
    if (spec.bars) {
      draw_bars(ui, f, c, i, spec.curves.size());
      continue;
    }
    const auto smooth = state.smooth.find(c.label);
    const bool two = c.smoothing > 0 && smooth != state.smooth.end();
    if (two) draw_line(f, c, c.y, fade(c.colour, 0.3f), 1);
    draw_line(f, c, two ? smooth->second.values.data() : c.y, fade(c.colour, c.dashed ? 0.6f : 1), width);
    if (c.dots || c.count == 1) draw_dots(ui, f, c);  // a line needs two points
  }
}

void draw_legend(Ui& ui, const Rect& line, float left, PlotState& state, const PlotSpec& spec) {
  const Theme& t = ui.colours();
  Rect rest = line;
  rest.take_left(left - line.x);
  const auto entry = [&](const std::string& label, const std::string& id, Color colour, bool dashed) {
    const float width = text_size(ui, Type::Small, label).x + ui.px(22);
    if (rest.w < width) return;
    const Rect place = rest.take_left(width, ui.px(12));
    const bool hidden = state.hidden.count(label) != 0;
    const Response r =
        control(ui, place,
                {spec.info.name + ".legend." + (id.empty() ? label : id), label,
                 hidden ? "Shows this curve." : "Hides this curve.", hidden ? "off" : "on", ""});
    if (r.clicked && !state.hidden.erase(label)) state.hidden.insert(label);
    const float y = place.center().y;
    const auto swatch = [&](float from, float to) {
      draw()->AddRectFilled({place.x + ui.px(from), y - ui.px(1.5f)}, {place.x + ui.px(to), y + ui.px(1.5f)},
                            hidden ? t.border : colour, ui.px(1));
    };
    if (dashed)
      swatch(0, 5), swatch(9, 14);
    else
      swatch(0, 14);
    draw_text(ui, {place.x + ui.px(20), place.y, width, place.h}, Type::Small, hidden ? t.faint : t.text2,
              label);
  };
  for (const PlotCurve& c : spec.curves) {
    if (c.in_legend) entry(c.label, c.id, c.colour, c.dashed);
  }
  for (const PlotLevel& level : spec.levels) entry(level.label, level.id, level.colour, false);
}

std::string plot_value(const PlotSpec& spec) {
  std::string text;
  for (const PlotCurve& c : spec.curves) {
    if (c.count == 0 || !c.in_legend) continue;
    text += (text.empty() ? "" : ", ") + c.label + " " + short_number(c.y[c.count - 1], 4);
  }
  return text;
}

}  // namespace lf::app::widgets
