#include "widgets/layout.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace lf::app::widgets {

Rect Rect::inset(float dx, float dy) const {
  return {x + dx, y + dy, std::max(0.0f, w - 2 * dx), std::max(0.0f, h - 2 * dy)};
}

Rect Rect::clipped(const Rect& o) const {
  const float left = std::max(x, o.x), top = std::max(y, o.y);
  return {left, top, std::max(0.0f, std::min(right(), o.right()) - left),
          std::max(0.0f, std::min(bottom(), o.bottom()) - top)};
}

Rect Rect::take_left(float width, float gap) {
  const float cut = std::clamp(width, 0.0f, std::max(0.0f, w));
  const Rect piece{x, y, cut, h};
  x += cut + gap;
  w = std::max(0.0f, w - cut - gap);
  return piece;
}

Rect Rect::take_right(float width, float gap) {
  const float cut = std::clamp(width, 0.0f, std::max(0.0f, w));
  const Rect piece{right() - cut, y, cut, h};
  w = std::max(0.0f, w - cut - gap);
  return piece;
}

Rect Rect::take_top(float height, float gap) {
  const float cut = std::clamp(height, 0.0f, std::max(0.0f, h));
  const Rect piece{x, y, w, cut};
  y += cut + gap;
  h = std::max(0.0f, h - cut - gap);
  return piece;
}

Rect Rect::take_bottom(float height, float gap) {
  const float cut = std::clamp(height, 0.0f, std::max(0.0f, h));
  const Rect piece{x, bottom() - cut, w, cut};
  h = std::max(0.0f, h - cut - gap);
  return piece;
}

std::vector<Rect> columns(const Rect& area, const std::vector<float>& weights, float gap) {
  std::vector<Rect> result;
  const float total = std::accumulate(weights.begin(), weights.end(), 0.0f);
  const float room = std::max(0.0f, area.w - gap * (static_cast<float>(weights.size()) - 1));
  float sum = 0;
  for (size_t i = 0; i < weights.size(); ++i) {
    const float offset = gap * static_cast<float>(i);
    const float left = std::floor(room * sum / total);
    sum += weights[i];
    result.push_back({area.x + left + offset, area.y, std::floor(room * sum / total) - left, area.h});
  }
  return result;
}

std::vector<Rect> rows(const Rect& area, const std::vector<float>& weights, float gap) {
  std::vector<Rect> result = columns({area.y, area.x, area.h, area.w}, weights, gap);
  for (Rect& r : result) r = {r.y, r.x, r.h, r.w};
  return result;
}

Rect SquareGrid::cell(int index) const {
  return {origin.x + static_cast<float>(index % columns) * (side + gap),
          origin.y + static_cast<float>(index / columns) * row_step(), side, side};
}

int SquareGrid::at(ImVec2 p, int count) const {
  for (int i = 0; i < count; ++i) {
    if (cell(i).contains(p)) return i;
  }
  return -1;
}

SquareGrid square_grid(const Rect& area, int count, float gap, float extra, float largest) {
  SquareGrid best;
  float best_worth = 0;
  for (int columns = 1; columns <= std::max(1, count); ++columns) {
    const int rows = (count + columns - 1) / columns;
    const float width = (area.w - gap * static_cast<float>(columns - 1)) / static_cast<float>(columns);
    const float height =
        (area.h - gap * static_cast<float>(rows - 1)) / static_cast<float>(std::max(1, rows)) - extra;
    const float side = std::floor(std::min({width, height, largest}));
    // Full rows look calmer: an incomplete last row is accepted only for clearly larger squares.
    const float worth = count % columns == 0 ? side * 1.15f : side;
    if (worth <= best_worth) continue;
    best_worth = worth;
    best.columns = columns;
    best.rows = rows;
    best.side = side;
  }
  best.gap = gap;
  best.extra = extra;
  const float used_w = static_cast<float>(best.columns) * (best.side + gap) - gap;
  const float used_h = static_cast<float>(best.rows) * best.row_step() - gap;
  best.origin = {std::floor(area.x + 0.5f * (area.w - used_w)),
                 std::floor(area.y + 0.5f * (area.h - used_h))};
  return best;
}

}  // namespace lf::app::widgets
