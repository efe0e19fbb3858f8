#include "widgets/control/table.h"

#include <algorithm>

#include "widgets/control/scroll.h"
#include "widgets/text/text.h"

namespace lf {
namespace {

std::vector<Rect> cells_of(Ui& ui, const Rect& row, const std::vector<TableColumn>& columns) {
  const float gap = ui.px(12);
  float fixed_width = 0, weights = 0;
  for (const TableColumn& c : columns) {
    fixed_width += c.width > 0 ? ui.px(c.width) : 0;
    weights += c.width > 0 ? 0 : c.weight;
  }
  const float room = std::max(0.0f, row.w - fixed_width - gap * static_cast<float>(columns.size()));
  std::vector<Rect> cells;
  Rect rest = row;
  rest.take_left(gap);
  for (const TableColumn& c : columns) {
    const float w = c.width > 0 ? ui.px(c.width) : room * c.weight / std::max(1e-6f, weights);
    cells.push_back(rest.take_left(w, gap));
  }
  return cells;
}

void draw_row_words(Ui& ui, const Rect& rect, const std::vector<TableColumn>& columns, const TableRow& row) {
  const auto cells = cells_of(ui, rect, columns);
  for (size_t i = 0; i < cells.size() && i < row.cells.size(); ++i) {
    const Color given = i < row.colours.size() ? row.colours[i] : 0;
    draw_text(ui, cells[i], columns[i].number ? Type::Mono : Type::Small,
              given != 0 ? given : ui.colours().text, row.cells[i],
              columns[i].number ? Align::Right : Align::Left);
  }
}

}  // namespace

int table(Ui& ui, const Rect& area, const std::string& name, const std::vector<TableColumn>& columns,
          const std::vector<TableRow>& rows) {
  const Theme& t = ui.colours();
  Rect rest = area;
  const Rect head = rest.take_top(ui.px(26), ui.px(2));
  const auto titles = cells_of(ui, head, columns);
  for (size_t i = 0; i < titles.size(); ++i) {
    draw_text(ui, titles[i], Type::Small, t.text2, columns[i].title,
              columns[i].number ? Align::Right : Align::Left);
  }
  draw()->AddLine({head.x, head.bottom()}, {head.right(), head.bottom()}, t.border);
  int clicked = -1;
  scroll_area(ui, rest, name, [&](const Rect& room) {
    const float h = ui.px(30);
    for (size_t i = 0; i < rows.size(); ++i) {
      const Rect place{room.x, room.y + h * static_cast<float>(i), room.w, h};
      const std::string first = rows[i].cells.empty() ? "" : rows[i].cells.front();
      const Response r =
          control(ui, place,
                  {name + "." + rows[i].id, first, rows[i].tooltip, rows[i].selected ? "selected" : "", ""});
      if (r.clicked) clicked = static_cast<int>(i);
      if (rows[i].selected || r.hovered) {
        draw()->AddRectFilled(place.min(), place.max(),
                              rows[i].selected ? mix(t.card, t.accent, 0.18f) : t.raised, ui.px(6));
      }
      if (rows[i].marked) draw()->AddCircleFilled({place.x + ui.px(6), place.center().y}, ui.px(3), t.accent);
      draw_row_words(ui, place, columns, rows[i]);
    }
    return h * static_cast<float>(rows.size());
  });
  return clicked;
}

}  // namespace lf
