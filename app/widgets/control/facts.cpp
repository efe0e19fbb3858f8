#include "widgets/control/facts.h"

#include <algorithm>

#include "widgets/text/text.h"

namespace lf::app::widgets {
namespace {

constexpr float kRow = 40, kFactGap = 8;

int columns_for(const Ui& ui, float width, size_t count, float least) {
  const int fitting = static_cast<int>((width + ui.px(kFactGap)) / (ui.px(least) + ui.px(kFactGap)));
  return std::clamp(fitting, 1, std::max(1, static_cast<int>(count)));
}

/// The width of a column follows from its widest entry.
std::vector<float> column_shares(const std::vector<Fact>& list, int across) {
  std::vector<float> shares(static_cast<size_t>(across), 0);
  for (size_t i = 0; i < list.size(); ++i) {
    float& share = shares[i % shares.size()];
    share = std::max(share, list[i].share);
  }
  return shares;
}

}  // namespace

float facts_height(const Ui& ui, float width, size_t count, float least) {
  const int across = columns_for(ui, width, count, least);
  const int down = (static_cast<int>(count) + across - 1) / across;
  return static_cast<float>(down) * ui.px(kRow + kFactGap) - ui.px(kFactGap);
}

float facts(Ui& ui, const Rect& area, const std::vector<Fact>& list, float least) {
  const int across = columns_for(ui, area.w, list.size(), least);
  const auto slots = columns(area, column_shares(list, across), ui.px(kFactGap));
  for (size_t i = 0; i < list.size(); ++i) {
    const size_t column = i % static_cast<size_t>(across), row = i / static_cast<size_t>(across);
    Rect cell = slots[column];
    cell.y = area.y + static_cast<float>(row) * ui.px(kRow + kFactGap);
    cell.h = ui.px(kRow);
    readout(ui, cell, list[i].info);
    const Color value = list[i].colour != 0 ? list[i].colour : ui.colours().text;
    draw_text(ui, cell.take_top(ui.px(17)), Type::Small, ui.colours().text2, list[i].info.label);
    draw_text(ui, cell.take_top(ui.px(20)), Type::Mono, value, list[i].info.value);
  }
  return facts_height(ui, area.w, list.size(), least);
}

}  // namespace lf::app::widgets
