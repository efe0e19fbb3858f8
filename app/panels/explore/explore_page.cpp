#include "panels/explore/explore_page.h"

#include <algorithm>
#include <cmath>

#include "panels/explore/cards.h"
#include "widgets/control/button.h"

namespace lf::app::panels {
namespace {

/// The cards that share one place in small windows, in the order of their chips.
struct SmallCard {
  const char* id;
  const char* label;
  const char* item;  ///< its name in scripts
  void (*draw)(const PanelContext&);
};
constexpr SmallCard kSmallCards[] = {
    {"strip", "step by step", "strip.flow", draw_film_strip_card},
    {"map", "latent space", "map.latent", draw_latent_map_card},
    {"loss", "flow loss", "plot.loss", draw_flow_loss_card},
    {"autoencoder", "autoencoder", "plot.autoencoder", draw_autoencoder_loss_card},
    {"reconstruction", "reconstructions", "grid.reconstruction", draw_reconstruction_card},
};

/// The chips that choose the card; returns the chosen one.
const SmallCard& choose_card(const PanelContext& c, Rect line) {
  const std::string chosen = c.view.text("explore.card", "strip");
  const SmallCard* result = &kSmallCards[0];
  for (const SmallCard& card : kSmallCards) {
    if (chosen == card.id) result = &card;
  }
  float x = line.x, y = line.y;
  for (const SmallCard& card : kSmallCards) {
    const float width = chip_width(c.ui, card.label);
    if (x + width > line.right() && x > line.x) x = line.x, y += c.px(26);
    const ControlInfo info{std::string("explore.card.") + card.id, card.label,
                           "Shows this card beside the digits.", "", ""};
    if (chip(c.ui, {x, y, width, chip_height(c.ui)}, info, &card == result))
      c.view.set("explore.card", std::string(card.id));
    x += width + c.px(6);
    if (&card != result)
      c.ui.map.add_hidden(card.item, card.label,
                          std::string("Shown with the chip explore.card.") + card.id + ".");
  }
  return *result;
}

/// Lines that the chips need at this width.
float chips_height(const PanelContext& c, float width) {
  float x = 0, height = c.px(26);
  for (const SmallCard& card : kSmallCards) {
    const float w = chip_width(c.ui, card.label);
    if (x + w > width && x > 0) x = 0, height += c.px(26);
    x += w + c.px(6);
  }
  return height;
}

void draw_small(const PanelContext& c) {
  const float gap = c.px(12);
  Rect first, second;
  if (c.area.w > c.area.h * 1.1f) {
    const auto parts = columns(c.area, {1.1f, 1}, gap);
    first = parts[0], second = parts[1];
  } else {
    const auto parts = rows(c.area, {1.1f, 1}, gap);
    first = parts[0], second = parts[1];
  }
  draw_flow_grid_card(c.within(first));
  const Rect chips = second.take_top(chips_height(c, second.w), c.px(2));
  choose_card(c, chips).draw(c.within(second));
}

void draw_large(const PanelContext& c) {
  const float gap = c.px(12);
  Rect rest = c.area;
  const Rect left = rest.take_left(std::clamp(std::floor(c.area.w * 0.28f), c.px(300), c.px(460)), gap);
  const auto stack = rows(left, {1.18f, 0.85f, 1.0f}, gap);
  draw_flow_loss_card(c.within(stack[0]));
  draw_autoencoder_loss_card(c.within(stack[1]));
  draw_reconstruction_card(c.within(stack[2]));
  const float strip = std::min(film_strip_height(c, rest.w), rest.h * 0.45f);
  draw_film_strip_card(c.within(rest.take_bottom(strip, gap)));
  const auto top = columns(rest, {1.3f, 1}, gap);
  draw_flow_grid_card(c.within(top[0]));
  draw_latent_map_card(c.within(top[1]));
}

}  // namespace

void draw_explore_page(const PanelContext& c) {
  const ImVec2 window = ImGui::GetIO().DisplaySize;
  const bool small =
      window.x / c.ui.scale < 1200 || window.y / c.ui.scale < 720 || c.area.w / c.ui.scale < 1040;
  if (small)
    draw_small(c);
  else
    draw_large(c);
}

}  // namespace lf::app::panels
