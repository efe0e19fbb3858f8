#include "widgets/control/combo.h"

#include <algorithm>

#include "widgets/text/text.h"

namespace lf::app::widgets {
namespace {

/// Width of the widest row.
float menu_width(const Ui& ui, const std::vector<MenuRow>& rows) {
  float width = ui.px(140);
  for (const MenuRow& row : rows) {
    const float hint = row.hint.empty() ? 0 : text_size(ui, Type::Small, row.hint).x + ui.px(20);
    width = std::max(width, text_size(ui, Type::Body, row.label).x + hint + ui.px(44));
  }
  return width;
}

bool menu_row(Ui& ui, const Rect& rect, const std::string& name, const MenuRow& row, bool current) {
  const Theme& t = ui.colours();
  const Response r = control(ui, rect,
                             {name + "." + row.id, row.label, row.disabled.empty() ? row.hint : "",
                              current ? "current" : "", row.disabled});
  if (r.hovered && r.enabled) draw()->AddRectFilled(rect.min(), rect.max(), t.raised, ui.px(6));
  Rect inner = rect.inset(ui.px(8), 0);
  const Rect mark = inner.take_left(ui.px(12), ui.px(6));
  if (current) draw_icon(Icon::Check, mark.center(), ui.px(10), t.accent);
  const float used = draw_text(ui, inner, Type::Body, r.enabled ? t.text : t.faint, row.label);
  inner.take_left(used, ui.px(12));
  draw_text(ui, inner, Type::Small, t.text2, row.hint, Align::Right);
  return r.clicked;
}

}  // namespace

int menu(Ui& ui, const std::string& name, const Rect& anchor, bool open, const std::vector<MenuRow>& rows,
         int current) {
  const std::string id = name + ".list";
  if (open) ImGui::OpenPopup(id.c_str());
  const float row_height = ui.px(30), pad = ui.px(6), width = menu_width(ui, rows);
  const float height = row_height * static_cast<float>(rows.size()) + 2 * pad;
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  const float below = anchor.bottom() + ui.px(4);
  const float y = below + height < screen.y ? below : std::max(ui.px(4), anchor.y - height - ui.px(4));
  ImGui::SetNextWindowPos({std::max(0.0f, std::min(anchor.x, screen.x - width - ui.px(4))), y});
  ImGui::SetNextWindowSize({width, std::min(height, screen.y - ui.px(8))});
  ImGui::PushStyleVar(ImGuiStyleVar_PopupBorderSize, 1.0f);
  int clicked = -1;
  if (ImGui::BeginPopup(id.c_str(), ImGuiWindowFlags_NoMove)) {
    const ImVec2 corner = ImGui::GetWindowPos(), size = ImGui::GetWindowSize();
    ui.popup = {corner.x, corner.y, size.x, size.y};
    Rect list{corner.x + pad, corner.y + pad - ImGui::GetScrollY(), width - 2 * pad, height - 2 * pad};
    for (size_t i = 0; i < rows.size(); ++i) {
      const Rect place = list.take_top(row_height);
      if (menu_row(ui, place, name, rows[i], static_cast<int>(i) == current)) clicked = static_cast<int>(i);
    }
    ui.popup = {};
    if (clicked >= 0 || escape_pressed()) ImGui::CloseCurrentPopup();
    ImGui::EndPopup();
  }
  ImGui::PopStyleVar();
  return clicked;
}

int combo(Ui& ui, const Rect& rect, const ControlInfo& info, const std::vector<MenuRow>& rows, int current,
          bool as_chip) {
  const Theme& t = ui.colours();
  const bool known = current >= 0 && current < static_cast<int>(rows.size());
  ControlInfo shown = info;
  if (shown.value.empty() && known) shown.value = rows[static_cast<size_t>(current)].id;
  const Response r = control(ui, rect, shown);
  const Color fill = as_chip && !r.hovered ? with_alpha(t.raised, 0)
                                           : mix(t.raised, t.text, r.hovered && r.enabled ? 0.06f : 0);
  draw()->AddRectFilled(rect.min(), rect.max(), fill, ui.px(as_chip ? 6 : 8));
  draw()->AddRect(rect.min(), rect.max(), t.border, ui.px(as_chip ? 6 : 8));
  Rect inner = rect.inset(ui.px(as_chip ? 7 : 12), 0);
  const Rect arrow = inner.take_right(ui.px(8), ui.px(5));
  const Color words = r.enabled ? (as_chip && !r.hovered ? t.text2 : t.text) : t.faint;
  draw_icon(Icon::Down, arrow.center(), ui.px(8), words);
  const std::string text = known && !as_chip ? rows[static_cast<size_t>(current)].label : info.label;
  draw_text(ui, inner, as_chip ? Type::Small : Type::Body, words, text);
  return menu(ui, info.name, rect, r.clicked, rows, current);
}

}  // namespace lf::app::widgets
