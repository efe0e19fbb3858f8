#include "widgets/control/scroll.h"

#include <algorithm>
#include <cmath>

#include "widgets/control/button.h"
#include "widgets/text/text.h"

namespace lf::app::widgets {

void scroll_area(Ui& ui, const Rect& area, const std::string& name,
                 const std::function<float(const Rect&)>& contents) {
  if (area.empty()) return;
  ImGui::SetCursorScreenPos(area.min());
  ImGui::BeginChild(name.c_str(), {area.w, area.h}, false, ImGuiWindowFlags_NoBackground);
  const float y = area.y - ImGui::GetScrollY();
  const bool bar = ImGui::GetScrollMaxY() > 0;
  const float used = contents({area.x, y, area.w - (bar ? ui.px(14) : 0), area.h});
  ImGui::SetCursorScreenPos({area.x, y});
  ImGui::Dummy({1, std::max(1.0f, used)});
  ImGui::EndChild();
}

bool sheet(Ui& ui, const std::string& name, const std::string& title, ImVec2 size,
           const std::function<void(const Rect&)>& contents) {
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  const Theme& t = ui.colours();
  ImGui::SetNextWindowPos({0, 0});
  ImGui::SetNextWindowSize(screen);
  ImGui::SetNextWindowFocus();
  ImGui::PushStyleColor(ImGuiCol_WindowBg, to_vec4(with_alpha(rgb(t.dark ? 0x05070A : 0x39424F), 0.62f)));
  const auto flags = ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                     ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoScrollWithMouse;
  bool dismissed = false;
  if (ImGui::Begin(name.c_str(), nullptr, flags)) {
    const float w = std::min(ui.px(size.x), screen.x - ui.px(32)),
                h = std::min(ui.px(size.y), screen.y - ui.px(32));
    const Rect box{std::floor(0.5f * (screen.x - w)), std::floor(0.5f * (screen.y - h)), w, h};
    draw()->AddRectFilled(box.min(), box.max(), t.bar, ui.px(12));
    draw()->AddRect(box.min(), box.max(), t.border, ui.px(12));
    Rect inner = box.inset(ui.px(20), ui.px(16));
    Rect head = inner.take_top(ui.px(28), ui.px(12));
    const Rect cross = head.take_right(head.h);
    dismissed =
        icon_button(ui, cross, Icon::Close, {name + ".close", "Close", "Close (Esc).", "", ""}).clicked;
    draw_text(ui, head, Type::Strong, t.text, title);
    readout(ui, box, {name, title, "", "", ""});
    contents(inner);
    if (ImGui::IsMouseClicked(0) && !box.contains(ImGui::GetIO().MousePos) && ImGui::IsWindowHovered()) {
      dismissed = true;
    }
  }
  ImGui::End();
  ImGui::PopStyleColor();
  return dismissed;
}

}  // namespace lf::app::widgets
