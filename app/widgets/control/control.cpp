#include "widgets/control/control.h"

#include <algorithm>

#include "widgets/text/text.h"
#include "widgets/text/wrapping.h"

namespace lf::app::widgets {
namespace {

constexpr double kTooltipDelay = 0.45;

/// The visible part of `rect`, not scrolled or clipped away.
Rect seen(const Rect& rect) {
  const ImVec2 low = draw()->GetClipRectMin(), high = draw()->GetClipRectMax();
  return rect.clipped({low.x, low.y, high.x - low.x, high.y - low.y});
}

void register_item(Ui& ui, const Rect& rect, const ControlInfo& info) {
  UiItem item;
  item.name = info.name;
  item.rect = rect;
  item.visible = !seen(rect).empty();
  item.enabled = info.disabled.empty();
  item.reason = item.visible ? info.disabled : "scrolled out of sight";
  item.label = info.label;
  item.tooltip = info.tooltip;
  item.value = info.value;
  ui.map.add(std::move(item));
}

void rest_on(Ui& ui, const ControlInfo& info) {
  // A card has no tooltip and must not restart the delay of the control inside it.
  if (info.tooltip.empty() && info.disabled.empty()) return;
  if (ui.hovered_name != info.name) {
    ui.hovered_name = info.name;
    ui.hovered_since = ui.time;
  }
  if (!ui.tooltips || !ui.pressed.empty()) return;
  if (ui.time - ui.hovered_since < kTooltipDelay) {
    ui.wake_after(kTooltipDelay - (ui.time - ui.hovered_since) + 0.01);
    return;
  }
  const std::string reason =
      info.disabled.empty() ? "" : (info.tooltip.empty() ? "" : "\n\n") + info.disabled;
  tooltip_box(ui, info.label, info.tooltip + reason);
}

}  // namespace

Response control(Ui& ui, const Rect& rect, const ControlInfo& info) {
  register_item(ui, rect, info);
  Response response;
  response.enabled = info.disabled.empty();
  if (rect.empty()) return response;
  ImGui::SetCursorScreenPos(rect.min());
  response.clicked = ImGui::InvisibleButton(info.name.c_str(), {rect.w, rect.h}) && response.enabled;
  response.hovered = ImGui::IsItemHovered();
  response.held = ImGui::IsItemActive() && response.enabled;
  if (response.held || response.clicked) ui.pressed = rect;
  if (response.hovered) {
    response.double_clicked = response.enabled && ImGui::IsMouseDoubleClicked(0);
    response.right_clicked = response.enabled && ImGui::IsMouseClicked(1);
    if (!response.held) rest_on(ui, info);
  }
  return response;
}

bool readout(Ui& ui, const Rect& rect, const ControlInfo& info) {
  register_item(ui, rect, info);
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const bool hovered = seen(rect).contains(mouse) && ImGui::IsWindowHovered();
  if (hovered) rest_on(ui, info);
  return hovered;
}

/// Beside the open list of its row, else below the mouse; empty if a list leaves no room.
static Rect tooltip_place(const Ui& ui, const ImVec2& size) {
  const ImVec2 screen = ImGui::GetIO().DisplaySize, mouse = ImGui::GetIO().MousePos;
  const float edge = ui.px(4);
  if (!ui.popup.empty()) {
    const float y = std::max(edge, std::min(mouse.y, screen.y - size.y - edge));
    if (ui.popup.right() + edge + size.x <= screen.x) return {ui.popup.right() + edge, y, size.x, size.y};
    if (ui.popup.x - edge - size.x >= 0) return {ui.popup.x - edge - size.x, y, size.x, size.y};
    return {};
  }
  Rect box{mouse.x + ui.px(14), mouse.y + ui.px(18), size.x, size.y};
  box.x = std::max(edge, std::min(box.x, screen.x - box.w - edge));
  if (box.bottom() > screen.y - edge) box.y = std::max(edge, mouse.y - box.h - ui.px(8));
  return box;
}

void tooltip_box(Ui& ui, const std::string& title, const std::string& text) {
  const float width = ui.px(300), pad = ui.px(12);
  const float natural = std::max(text_size(ui, Type::Small, text).x, text_size(ui, Type::Title, title).x);
  const float inner = std::min(width, natural + 1);
  const float head = title.empty() ? 0 : text_size(ui, Type::Title, title).y + ui.px(4);
  const float body = text.empty() ? 0 : paragraph_height(ui, inner, Type::Small, text);
  const Rect box = tooltip_place(ui, {inner + 2 * pad, head + body + 2 * ui.px(8)});
  ui.tooltip_rect = box;
  if (box.empty()) return;
  ImDrawList* list = ImGui::GetForegroundDrawList();
  const Theme& theme = ui.colours();
  list->AddRectFilled({box.x, box.y + ui.px(3)}, {box.right(), box.bottom() + ui.px(3)},
                      with_alpha(rgb(0), theme.dark ? 0.35f : 0.12f), ui.px(8));
  list->AddRectFilled(box.min(), box.max(), theme.dark ? theme.raised : theme.card, ui.px(8));
  list->AddRect(box.min(), box.max(), theme.border, ui.px(8));
  const Face &strong = ui.fonts[Type::Title], &small = ui.fonts[Type::Small];
  const float x = box.x + pad, y = box.y + ui.px(8);
  if (!title.empty()) list->AddText(strong.font, strong.size, {x, y}, theme.text, title.c_str());
  float line_y = y + head;
  for (const std::string& line : wrapped_lines(ui, Type::Small, text, inner)) {
    list->AddText(small.font, small.size, {x, line_y}, mix(theme.text2, theme.text, 0.45f), line.c_str());
    line_y += small.size;
  }
}

}  // namespace lf::app::widgets
