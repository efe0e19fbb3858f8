#include "widgets/ui.h"

#include <algorithm>
#include <cmath>

namespace lf::app::widgets {

float Ui::px(float effective) const { return std::round(effective * scale); }

void Ui::wake_after(double seconds) { wake_at = std::min(wake_at, time + seconds); }

ImDrawList* draw() { return ImGui::GetWindowDrawList(); }

void fill_rounded(const Rect& rect, Color colour, float radius) {
  if ((colour & IM_COL32_A_MASK) != IM_COL32_A_MASK || rect.w < 4 * radius)
    return draw()->AddRectFilled(rect.min(), rect.max(), colour, radius);
  draw()->AddRectFilled(rect.min(), {rect.x + 2 * radius, rect.bottom()}, colour, radius,
                        ImDrawFlags_RoundCornersLeft);
  draw()->AddRectFilled({rect.right() - 2 * radius, rect.y}, rect.max(), colour, radius,
                        ImDrawFlags_RoundCornersRight);
  draw()->AddRectFilled({rect.x + radius, rect.y}, {rect.right() - radius, rect.bottom()}, colour);
}

bool escape_pressed() {
#if IMGUI_VERSION_NUM < 18700
  return ImGui::IsKeyPressed(ImGui::GetKeyIndex(ImGuiKey_Escape));
#else
  return ImGui::IsKeyPressed(ImGuiKey_Escape);
#endif
}

void begin_ui_frame(Ui& ui, double time, float dt) {
  ui.time = time;
  ui.dt = dt;
  ui.wake_at = 1e18;
  ui.tooltip_rect = ui.popup = {};
  if (!ui.pressed.contains(ImGui::GetIO().MousePos)) ui.pressed = {};
  ui.map.begin_frame();
}

}  // namespace lf::app::widgets
