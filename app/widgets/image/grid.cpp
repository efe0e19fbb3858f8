#include "widgets/image/grid.h"

#include "widgets/text/text.h"

namespace lf::app::widgets {

ImageGridResult image_grid(Ui& ui, const Rect& area, const ImageGridSpec& spec) {
  ImageGridResult result;
  const float caption = spec.captions.empty() ? 0 : ui.px(18);
  const SquareGrid grid = square_grid(area, spec.count, ui.px(6), caption, ui.px(spec.largest));
  const Rect box{grid.origin.x, grid.origin.y,
                 static_cast<float>(grid.columns) * (grid.side + grid.gap) - grid.gap,
                 static_cast<float>(grid.rows) * grid.row_step() - grid.gap};
  const Response r = control(ui, box, spec.info);
  if (r.hovered) result.hovered = grid.at(ImGui::GetIO().MousePos, spec.count);
  if (r.clicked) result.clicked = result.hovered;
  const TileLayers layers(ui);
  for (int i = 0; i < spec.count; ++i) {
    const Rect cell = grid.cell(i);
    TileLook look;
    look.label = spec.labels != nullptr ? spec.labels[i] : -1;
    look.selected = i == spec.selected;
    look.hovered = i == result.hovered;
    digit_tile(ui, cell, *spec.atlas, spec.first + static_cast<size_t>(i), look);
    if (static_cast<size_t>(i) < spec.captions.size()) {
      draw_text(ui, {cell.x - ui.px(3), cell.bottom() + ui.px(1), cell.w + ui.px(6), caption},
                Type::MonoSmall, ui.colours().text2, spec.captions[static_cast<size_t>(i)], Align::Center);
    }
  }
  return result;
}

}  // namespace lf::app::widgets
