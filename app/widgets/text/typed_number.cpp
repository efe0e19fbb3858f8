#include "widgets/text/typed_number.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "widgets/text/text.h"

namespace lf::app::widgets {
namespace {

constexpr double kHeldBackSeconds = 3;

/// State of a field between frames: 0 not typing, 1 opens now, 2 open.
ImGuiID stage_of(const NumberSpec& spec) { return ImGui::GetID((spec.info.name + ".typing").c_str()); }

/// Applies a typed number, clamped to its limits; if it was clamped, the field shows a message.
/// Returns true when the value changed.
bool take_typed(Ui& ui, const std::string& text, const NumberSpec& spec, double& value) {
  char* end = nullptr;
  const double parsed = std::strtod(text.c_str(), &end);
  if (end == text.c_str() || !std::isfinite(parsed)) return false;
  value = std::clamp(spec.integer ? std::round(parsed) : parsed, spec.low, spec.high);
  if (parsed < spec.low || parsed > spec.high) {
    ui.held_back = spec.info.name;
    ui.held_back_text = short_number(value, 5) + (parsed > spec.high ? " is the highest" : " is the lowest");
    ui.held_back_until = ui.time + kHeldBackSeconds;
  }
  return value != spec.value;
}

}  // namespace

void begin_typing(Ui& ui, const NumberSpec& spec) {
  ImGui::GetStateStorage()->SetInt(stage_of(spec), 1);
  ui.wake_after(0);
}

bool is_typed(const NumberSpec& spec) {
  ImGuiStorage* storage = ImGui::GetStateStorage();
  const ImGuiID stage = stage_of(spec), drawn = ImGui::GetID((spec.info.name + ".drawn").c_str());
  const int frame = ImGui::GetFrameCount();
  if (storage->GetInt(drawn, frame) < frame - 1) storage->SetInt(stage, 0);
  storage->SetInt(drawn, frame);
  return storage->GetInt(stage, 0) != 0;
}

bool typed_number(Ui& ui, const Rect& rect, const NumberSpec& spec, double& value) {
  ImGuiStorage* storage = ImGui::GetStateStorage();
  const ImGuiID id = stage_of(spec);
  const bool opens = storage->GetInt(id, 0) == 1;
  char text[64];
  std::snprintf(text, sizeof text, "%.9g", spec.value);
  if (opens) ui.typed = text;
  ImGui::SetCursorScreenPos(rect.min());
  ImGui::SetNextItemWidth(rect.w);
  if (opens) ImGui::SetKeyboardFocusHere();
  if (!ImGui::GetIO().WantTextInput) ui.wake_after(0);  // until then the keys would go to the pages
  ImGui::PushID(spec.info.name.c_str());
  const bool entered =
      ImGui::InputText("##typed", text, sizeof text,
                       ImGuiInputTextFlags_EnterReturnsTrue | ImGuiInputTextFlags_AutoSelectAll |
                           ImGuiInputTextFlags_CharsScientific);
  const bool left = !opens && !ImGui::IsItemActive();
  ImGui::PopID();
  storage->SetInt(id, entered || left ? 0 : 2);
  // A field that lost the focus may show the old number again: the previous text is what was typed.
  const std::string typed = left && !entered ? ui.typed : text;
  ui.typed = text;
  if (!(entered || left) || escape_pressed()) return false;
  return take_typed(ui, typed, spec, value);
}

void draw_held_back(Ui& ui, const Rect& rect, const NumberSpec& spec) {
  if (ui.held_back != spec.info.name || ui.time >= ui.held_back_until) return;
  ui.wake_after(ui.held_back_until - ui.time);
  const ImVec2 size = text_size(ui, Type::Small, ui.held_back_text);
  const float w = size.x + ui.px(20), h = size.y + ui.px(10);
  const Rect box{std::max(ui.px(4), rect.right() - w), rect.bottom() + ui.px(3), w, h};
  const Theme& t = ui.colours();
  ImDrawList* list = ImGui::GetForegroundDrawList();
  list->AddRectFilled(box.min(), box.max(), t.dark ? t.raised : t.card, ui.px(6));
  list->AddRect(box.min(), box.max(), t.warning, ui.px(6));
  const Face& small = ui.fonts[Type::Small];
  list->AddText(small.font, small.size, {box.x + ui.px(10), box.y + ui.px(5)}, t.text,
                ui.held_back_text.c_str());
  ui.map.add({spec.info.name + ".held_back", box, true, true, "", "", "", ui.held_back_text});
}

}  // namespace lf::app::widgets
