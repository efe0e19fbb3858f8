// Attention as small square tables, one for each head of each block.
#include <algorithm>
#include <cmath>

#include "panels/lab/network/parts.h"
#include "widgets/text/text.h"

namespace lf::app::panels {
namespace {

/// Layout of the maps: blocks vertically, in as many columns as make the maps largest.
struct MapGrid {
  Rect area;
  int64_t columns = 1, rows = 1;  ///< of blocks
  float left = 0;                 ///< room for a block's name
  float side = 0, step_x = 0, step_y = 0;
  Rect map(int64_t block, int64_t head) const {
    const float column = area.w / static_cast<float>(columns) * static_cast<float>(block / rows);
    return {area.x + column + left + static_cast<float>(head) * step_x,
            area.y + static_cast<float>(block % rows) * step_y, side, side};
  }
};

MapGrid grid_of(const PanelContext& c, const Rect& area, const LabNetwork& n) {
  const auto heads = static_cast<float>(n.heads);
  const float gap = c.px(n.blocks > 6 ? 3 : 8);
  MapGrid grid;
  grid.area = area;
  grid.left = c.px(58);
  for (int64_t columns = 1; columns <= n.blocks; ++columns) {
    const int64_t rows = (n.blocks + columns - 1) / columns;
    const float wide = (area.w / static_cast<float>(columns) - grid.left) / heads - gap;
    const float high = area.h / static_cast<float>(rows) - gap, side = std::floor(std::min(wide, high));
    // More columns only if they gain much: one is easier to read.
    if (columns > 1 && side < 1.4f * grid.side) continue;
    grid.columns = columns, grid.rows = rows, grid.side = std::max(4.0f, side);
    grid.step_x = grid.side + std::min(gap + c.px(110), wide + gap - grid.side);
    grid.step_y = grid.side + std::min(2 * gap, high + gap - grid.side);
  }
  return grid;
}

std::string token_name(const LabNetwork& n, int token) {
  static const char* const quarters[] = {"upper left", "upper right", "lower left", "lower right"};
  if (n.tokens == 4) return std::string("the ") + quarters[token] + " quarter";
  return "row " + std::to_string(token / n.side + 1) + ", column " + std::to_string(token % n.side + 1);
}

void draw_map(const PanelContext& c, const Rect& map, const float* weights, int64_t tokens) {
  const float cell = map.w / static_cast<float>(tokens);
  const float line = cell > c.px(8) ? 1.0f : 0.0f;
  for (int64_t i = 0; i < tokens; ++i) {
    for (int64_t j = 0; j < tokens; ++j) {
      const float x = map.x + static_cast<float>(j) * cell, y = map.y + static_cast<float>(i) * cell;
      const float strength = std::sqrt(std::clamp(weights[i * tokens + j], 0.0f, 1.0f));
      draw()->AddRectFilled({x, y}, {x + cell - line, y + cell - line},
                            mix(c.theme().raised, c.theme().flow, strength));
    }
  }
}

/// The text for the cell under the mouse; "" if there is none.
std::string cell_text(const LabNetwork& n, const MapGrid& grid, const std::vector<float>& maps,
                      ImVec2 mouse) {
  const auto map_size = static_cast<size_t>(n.tokens * n.tokens);
  for (int64_t b = 0; b < n.blocks; ++b) {
    for (int64_t h = 0; h < n.heads; ++h) {
      const Rect map = grid.map(b, h);
      if (!map.contains(mouse)) continue;
      const float cell = map.w / static_cast<float>(n.tokens);
      const int last = static_cast<int>(n.tokens) - 1;
      const int row = std::clamp(static_cast<int>((mouse.y - map.y) / cell), 0, last);
      const int column = std::clamp(static_cast<int>((mouse.x - map.x) / cell), 0, last);
      const float* weights = maps.data() + static_cast<size_t>(b * n.heads + h) * map_size;
      const float weight = weights[row * static_cast<int>(n.tokens) + column];
      return "Block " + std::to_string(b + 1) + ", head " + std::to_string(h + 1) + ": " +
             token_name(n, row) + " gives " + fixed(100 * weight, 0) + " % of its attention to " +
             (row == column ? std::string("itself") : token_name(n, column)) +
             ". The entropy of the head is " +
             fixed(std::log2(static_cast<double>(n.tokens)) - attention_bits(weights, n.tokens), 2) + " of " +
             fixed(std::log2(static_cast<double>(n.tokens)), 1) + " bits below that of uniform attention.";
    }
  }
  return "";
}

void draw_legend(const PanelContext& c, Rect line, const LabNetwork& n) {
  const float strip = c.px(60);
  draw_text(c.ui, line.take_left(c.px(22)), Type::MonoSmall, c.theme().text2, "0");
  const Rect ramp = line.take_left(strip, c.px(6));
  for (int i = 0; i < 12; ++i) {
    const float x = ramp.x + strip * static_cast<float>(i) / 12;
    draw()->AddRectFilled({x, ramp.y + c.px(4)}, {x + strip / 12, ramp.bottom() - c.px(4)},
                          mix(c.theme().raised, c.theme().flow, std::sqrt(static_cast<float>(i) / 11)));
  }
  draw_text(c.ui, line.take_left(c.px(46)), Type::MonoSmall, c.theme().text2, "100 %");
  const std::string tokens = n.tokens == 4
                                 ? "the latent's quarters: upper left, upper right, lower left, lower right"
                                 : "the latent's " + std::to_string(n.tokens) + " squares in reading order";
  draw_text(c.ui, line, Type::Small, c.theme().text2, "rows attend to columns; tokens are " + tokens);
}

}  // namespace

void draw_attention_maps(const PanelContext& c, Rect area, const LabNetwork& n, const NetworkPlace& place) {
  const auto map_size = static_cast<size_t>(n.tokens * n.tokens), heads = static_cast<size_t>(n.heads);
  const std::vector<float> maps = network_numbers(n, n.attention, heads * map_size, place, place.state);
  if (area.h > c.px(120)) draw_legend(c, area.take_bottom(c.px(20), c.px(4)), n);
  const Rect names = area.take_top(c.px(18), c.px(2));
  const MapGrid grid = grid_of(c, area, n);
  ControlInfo info{"lab.network.attention", "Attention",
                   "Softmax weights of each head (columns) at this t. In a map, rows are the attending "
                   "tokens and columns the tokens attended to. Hover over a square to read its value.",
                   std::to_string(n.blocks) + " × " + std::to_string(n.heads), ""};
  const std::string text = cell_text(n, grid, maps, ImGui::GetMousePos());
  if (!text.empty()) info.tooltip = text;
  readout(c.ui, area, info);
  for (int64_t b = 0; b < n.blocks; ++b) {
    const Rect first = grid.map(b, 0);
    if (first.h >= c.px(12))
      draw_text(c.ui, {first.x - grid.left, first.y, grid.left - c.px(6), first.h}, Type::Small,
                c.theme().text2, "block " + std::to_string(b + 1));
    for (int64_t h = 0; h < n.heads && b % grid.rows == 0; ++h) {
      const Rect head{grid.map(b, h).x - c.px(4), names.y, grid.side + c.px(8), names.h};
      draw_text(c.ui, head, Type::Small, c.theme().text2,
                (grid.side > c.px(40) ? "head " : "") + std::to_string(h + 1), Align::Center);
    }
    for (int64_t h = 0; h < n.heads; ++h)
      draw_map(c, grid.map(b, h),
               maps.data() + (static_cast<size_t>(b) * heads + static_cast<size_t>(h)) * map_size, n.tokens);
  }
}

}  // namespace lf::app::panels
