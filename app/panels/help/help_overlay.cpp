#include "panels/help/help_overlay.h"

#include <algorithm>
#include <string>
#include <vector>

#include "panels/frame/pages.h"
#include "panels/help/about.h"
#include "panels/help/tour.h"
#include "widgets/control/button.h"
#include "widgets/control/scroll.h"
#include "widgets/text/text.h"

namespace lf::app::panels {
namespace {

struct HelpRow {
  std::string key, meaning;
};

constexpr const char* kStory[] = {
    "Every digit starts as noise: a random latent of 64 dimensions.",
    "A flow, learned from real digits, moves this latent step by step to the latents of digits. t goes "
    "from 0 (noise) to 1 (data).",
    "A decoder turns each latent into a 28×28 image, so you see every step.",
    "Train starts with untrained networks: first the autoencoder, then the flow. The loss curves fall and "
    "the digits become sharper."};

std::vector<HelpRow> keys() {
  const size_t count = page_table().size();
  const std::string pages = count > 9 ? "1 … 9, 0" : "1 … " + std::to_string(count);
  return {{"Space", "train, pause, resume"},
          {"S", "one optimiser step"},
          {"R", "reset (the run stays under Runs)"},
          {"←  →", "t by one solver step"},
          {"Shift ←  →", "the training step by one mark"},
          {"End", "the present weights"},
          {"P", "play or stop t"},
          {pages, "pages, in the order of the tabs"},
          {"Ctrl O", "open"},
          {"Ctrl S", "save the model"},
          {"Ctrl E", "export the preview"},
          {"Ctrl C, V", "copy this view, show a copied one"},
          {"+  −", "font size"},
          {"T", "next theme"},
          {"F1", "this help"},
          {"Esc", "close the top panel"},
          {"Ctrl Q", "save and quit"}};
}

std::vector<HelpRow> mouse() {
  return {{"drag t", "moves every image through time"},
          {"rest", "explains an item, or why it is disabled"},
          {"wheel", "zooms plots and the map, scrolls lists"},
          {"drag", "pans plots and the map"},
          {"double click", "resets a zoom"},
          {"click a number", "edits it; dragging changes it"},
          {"click a digit", "shows it in the film strip"},
          {"right click", "saves a plot, map or grid as a figure"},
          {"drop a file", "opens a model, data, an image or a view"}};
}

float draw_title(const PanelContext& c, const Rect& at, const std::string& text) {
  draw_text(c.ui, {at.x, at.y, at.w, c.px(24)}, Type::Title, c.theme().text, text);
  return c.px(28);
}

/// Key caps with their meaning; returns the height used.
float draw_rows(const PanelContext& c, Rect at, const std::string& title, const std::vector<HelpRow>& rows,
                float cap) {
  const float top = at.y;
  at.y += draw_title(c, at, title);
  for (const HelpRow& row : rows) {
    const Rect key{at.x, at.y, c.px(cap), c.px(22)};
    draw()->AddRectFilled(key.min(), key.max(), c.theme().raised, c.px(5));
    draw()->AddRect(key.min(), key.max(), c.theme().border, c.px(5));
    draw_text(c.ui, key, Type::Small, c.theme().text, row.key, Align::Center);
    const Rect words{key.right() + c.px(10), at.y, at.w - key.w - c.px(10), c.px(22)};
    draw_text(c.ui, words, Type::Small, c.theme().text2, row.meaning);
    at.y += c.px(26);
  }
  return at.y - top;
}

float draw_story(const PanelContext& c, Rect at) {
  const float top = at.y;
  at.y += draw_title(c, at, "What am I looking at?");
  const Color marks[] = {c.theme().noise, c.theme().flow, c.theme().autoencoder, c.theme().accent};
  for (int i = 0; i < 4; ++i) {
    draw()->AddCircleFilled({at.x + c.px(5), at.y + c.px(9)}, c.px(4), marks[i]);
    const Rect words{at.x + c.px(20), at.y, at.w - c.px(20), c.px(400)};
    at.y += draw_paragraph(c.ui, words, Type::Body, c.theme().text, kStory[i]) + c.px(6);
  }
  const ControlInfo tour{"help.tour", "Show me around",
                         "Six steps through the cards; you can use everything meanwhile.", "", ""};
  const ButtonLook look{ButtonKind::Primary, Icon::Play, ""};
  at.y += c.px(4);
  if (button(c.ui, {at.x, at.y, button_width(c.ui, tour.label, look), c.px(32)}, tour, look)) {
    c.view.help = false;
    start_tour(c.view);
  }
  return at.y + c.px(48) - top;
}

}  // namespace

void draw_help_overlay(const PanelContext& c) {
  const bool dismissed = sheet(c.ui, "help", "Help", {760, 744}, [&](const Rect& inside) {
    scroll_area(c.ui, inside, "help.scroll", [&](const Rect& room) {
      Rect at = room;
      at.y += draw_story(c, at);
      const bool two = at.w > c.px(560);
      const Rect left{at.x, at.y, two ? 0.5f * (at.w - c.px(24)) : at.w, at.h};
      const float keys_height = draw_rows(c, left, "Keys", keys(), 74);
      const Rect right = two ? Rect{left.right() + c.px(24), at.y, left.w, at.h}
                             : Rect{at.x, at.y + keys_height + c.px(12), at.w, at.h};
      const float mouse_height = draw_rows(c, right, "Mouse", mouse(), 96);
      at.y = std::max(at.y + keys_height, right.y + mouse_height) + c.px(8);
      draw_text(c.ui, {at.x, at.y, at.w, c.px(20)}, Type::Small, c.theme().faint, about_line(c.snapshot));
      return at.y + c.px(24) - room.y;
    });
  });
  if (dismissed) c.view.help = false;
}

}  // namespace lf::app::panels
