#include "panels/lab/time_grid/pictures.h"

#include <algorithm>
#include <cmath>

#include "widgets/control/card.h"
#include "widgets/image/grid.h"
#include "widgets/text/text.h"

namespace lf::app::panels {
namespace {

/// One row of images: its name, its error, the digits.
void draw_row(const PanelContext& c, Rect row, const LabTimeGrid& found, size_t index, const char* name,
              const LabGrid* grid, Color colour) {
  const bool difference = c.view.on("lab.time-grid.difference", false) && grid != nullptr;
  const Rect label = row.take_left(c.px(104), c.px(6));
  const float y = label.center().y;
  draw()->AddRectFilled({label.x, y - c.px(14)}, {label.x + c.px(3), y + c.px(14)}, colour, c.px(1));
  const Rect words{label.x + c.px(10), label.y, label.w - c.px(10), label.h};
  draw_text(c.ui, {words.x, y - c.px(18), words.w, c.px(18)}, Type::Strong, c.theme().text, name);
  const std::string second =
      grid == nullptr       ? found.reference
      : grid->times.empty() ? "…"
                            : short_number(grid->error, 2) + " · " + fixed(100 * grid->pixel_error, 1) + " %";
  draw_text(c.ui, {words.x, y, words.w, c.px(16)}, Type::Small, c.theme().text2, second);
  if (grid != nullptr && grid->times.empty()) return;
  const auto shown = static_cast<size_t>(found.shown);
  const float gap = c.px(4), wide = (row.w - 9 * gap) / 10;
  const size_t lines = shown > 10 && row.h > 1.5f * wide ? 2 : 1;
  const float side = std::min(wide, row.h / static_cast<float>(lines) - gap);
  const float top = row.center().y - 0.5f * static_cast<float>(lines) * (side + gap);
  for (size_t i = 0; i < std::min(shown, 10 * lines); ++i) {
    const Rect cell{row.x + static_cast<float>(i % 10) * (side + gap),
                    top + static_cast<float>(i / 10) * (side + gap), side, side};
    if (difference)
      difference_tile(c.ui, cell, c.cache.lab_differences, index * shown + i);
    else
      digit_tile(c.ui, cell, c.cache.lab_pictures, index * shown + i, {});
  }
}

}  // namespace

void draw_grid_pictures(const PanelContext& c, const LabTimeGrid& found) {
  CardSpec spec{"lab.time-grid.pictures", "Images by grid", "error · % per pixel", "", {}};
  if (!found.equal.times.empty() && found.equal.error > 0) {
    const double change = 100 * (found.present.error / found.equal.error - 1);
    const std::string amount = fixed(std::abs(change), 0);
    spec.answer = amount == "0"
                      ? "Your steps have the same error as equal ones."
                      : "Your steps have " + amount + (change < 0 ? " % less error" : " % more error") +
                            " than as many equal ones.";
  }
  spec.chips = {{{"lab.time-grid.difference", "difference",
                  "Error of each grid, amplified twice: amber is too much ink, blue too little.", "", ""},
                 c.view.on("lab.time-grid.difference", false),
                 true}};
  const CardBody parts = card(c.ui, c.area, spec);
  if (parts.clicked == 0) c.view.flip("lab.time-grid.difference", false);
  readout(c.ui, parts.body,
          {"lab.time-grid.rows", "Images by grid", "The same digits with each grid, and the reference.", "4",
           ""});
  const auto slots = rows(parts.body, {1, 1, 1, 1}, c.px(2));
  draw_row(c, slots[0], found, 0, "yours", &found.present, c.theme().accent);
  draw_row(c, slots[1], found, 1, "equal", &found.equal, c.theme().text2);
  draw_row(c, slots[2], found, 2, "equalised", &found.equalised, c.theme().good);
  draw_row(c, slots[3], found, 3, "reference", nullptr, c.theme().text);
}

}  // namespace lf::app::panels
