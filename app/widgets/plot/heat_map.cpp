#include "widgets/plot/heat_map.h"

#include <algorithm>
#include <cmath>

#include "widgets/text/text.h"

namespace lf::app::widgets {
namespace {

struct Frame {
  Rect cells;
  float cell = 0;
};

Frame frame_of(const Ui& ui, const Rect& area, const HeatMapSpec& spec) {
  const float left = ui.px(22), top = ui.px(38), n = static_cast<float>(spec.side);
  const float cell = std::floor(std::max(1.0f, std::min(area.w - left, area.h - top) / n));
  const float shift = std::floor(0.5f * std::max(0.0f, area.w - left - n * cell));
  return {{area.x + left + shift, area.y + top, n * cell, n * cell}, cell};
}

Rect cell_at(const Frame& frame, int row, int column) {
  return {frame.cells.x + static_cast<float>(column) * frame.cell,
          frame.cells.y + static_cast<float>(row) * frame.cell, frame.cell, frame.cell};
}

void draw_heads(const Ui& ui, const Frame& frame, const HeatMapSpec& spec) {
  const Theme& theme = ui.colours();
  const Rect words{frame.cells.x, frame.cells.y - ui.px(38), frame.cells.w, ui.px(18)};
  draw_text(ui, words, Type::Small, theme.text2, spec.row_word + " ↓   " + spec.column_word + " →");
  for (int i = 0; i < spec.side; ++i) {
    Rect top = cell_at(frame, 0, i), left = cell_at(frame, i, 0);
    top = {top.x, frame.cells.y - ui.px(20), frame.cell, ui.px(18)};
    left = {frame.cells.x - ui.px(22), left.y, ui.px(16), frame.cell};
    const Color mark = spec.row_colours.empty() ? theme.text2 : spec.row_colours[static_cast<size_t>(i)];
    draw_text(ui, top, Type::MonoSmall, theme.text2, std::to_string(i), Align::Center);
    draw_text(ui, left, Type::MonoSmall, mark, std::to_string(i), Align::Center);
  }
}

void draw_cell(const Ui& ui, const Rect& cell, const HeatMapSpec& spec, int row, int column) {
  const double value = spec.values[static_cast<size_t>(row * spec.side + column)];
  const Color full = row == column ? spec.on_diagonal : spec.off_diagonal;
  // A square root, so that the few errors are visible beside the many correct ones.
  const float strength = static_cast<float>(std::sqrt(std::clamp(value, 0.0, 1.0)));
  const Rect inner = cell.inset(1);
  draw()->AddRectFilled(inner.min(), inner.max(), mix(ui.colours().raised, full, strength), ui.px(2));
}

}  // namespace

void heat_map(Ui& ui, const Rect& area, const HeatMapSpec& spec) {
  const Frame frame = frame_of(ui, area, spec);
  ControlInfo info = spec.info;
  const ImVec2 mouse = ImGui::GetMousePos();
  const int column = static_cast<int>((mouse.x - frame.cells.x) / frame.cell);
  const int row = static_cast<int>((mouse.y - frame.cells.y) / frame.cell);
  const bool inside = frame.cells.contains(mouse) && column < spec.side && row < spec.side;
  const size_t under = static_cast<size_t>(row * spec.side + column);
  if (inside && under < spec.cell_texts.size()) info.tooltip = spec.cell_texts[under];
  const bool hovered = readout(ui, frame.cells, info) && inside;
  draw_heads(ui, frame, spec);
  for (int i = 0; i < spec.side; ++i) {
    for (int j = 0; j < spec.side; ++j) draw_cell(ui, cell_at(frame, i, j), spec, i, j);
  }
  if (hovered) {
    const Rect cell = cell_at(frame, row, column);
    draw()->AddRect(cell.min(), cell.max(), ui.colours().text, ui.px(2));
  }
}

}  // namespace lf::app::widgets
