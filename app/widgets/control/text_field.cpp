#include "widgets/control/text_field.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "widgets/text/text.h"

namespace lf::app::widgets {

TextFieldResult text_field(Ui& ui, const Rect& rect, const ControlInfo& info, std::string& text,
                           const std::string& hint, bool focus) {
  std::array<char, 4096> buffer{};
  std::memcpy(buffer.data(), text.data(), std::min(text.size(), buffer.size() - 1));
  ImGui::SetCursorScreenPos(rect.min());
  ImGui::SetNextItemWidth(rect.w);
  const float line = ImGui::GetFontSize();
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {ui.px(10), std::max(0.0f, 0.5f * (rect.h - line))});
  ImGui::PushStyleVar(ImGuiStyleVar_FrameRounding, ui.px(6));
  if (focus) ImGui::SetKeyboardFocusHere();
  TextFieldResult result;
  result.entered = ImGui::InputTextWithHint(("##" + info.name).c_str(), hint.c_str(), buffer.data(),
                                            buffer.size(), ImGuiInputTextFlags_EnterReturnsTrue);
  result.focused = ImGui::IsItemActive();
  result.left = ImGui::IsItemDeactivatedAfterEdit() && !result.entered;
  const bool hovered = ImGui::IsItemHovered();
  ImGui::PopStyleVar(2);
  result.changed = text != buffer.data();
  if (result.changed) text = buffer.data();
  const Color edge = result.focused ? ui.colours().accent : ui.colours().border;
  draw()->AddRect(rect.min(), rect.max(), edge, ui.px(6));
  ui.map.add({info.name, rect, true, info.disabled.empty(), info.disabled, info.label, info.tooltip, text});
  if (hovered && !result.focused && ui.tooltips) tooltip_box(ui, info.label, info.tooltip);
  return result;
}

}  // namespace lf::app::widgets
