#include "widgets/theme.h"

#include "base/classes.h"
#include "base/dark_colours.h"

namespace lf::app::widgets {
namespace {

Theme dark_theme() {
  Theme t;
  t.name = "dark";
  t.label = "Dark";
  t.window = rgb(dark::kWindow);
  t.bar = rgb(dark::kBar);
  t.card = rgb(dark::kCard);
  t.raised = rgb(dark::kRaised);
  t.border = rgb(dark::kBorder);
  t.text = rgb(dark::kText);
  t.text2 = rgb(dark::kTextDim);
  t.faint = rgb(dark::kFaint);
  t.accent = rgb(dark::kAccent);
  t.on_accent = rgb(0xFFFFFF);
  t.good = rgb(dark::kAutoencoder);
  t.warning = rgb(dark::kData);
  t.error = rgb(dark::kError);
  t.noise = rgb(dark::kNoise);
  t.data = rgb(dark::kData);
  t.autoencoder = rgb(dark::kAutoencoder);
  t.flow = rgb(dark::kFlow);
  t.held_out = rgb(dark::kText);
  t.negative = rgb(dark::kNegative);
  t.positive = rgb(dark::kPositive);
  t.paper = rgb(0x000000);
  t.ink = rgb(0xFFFFFF);
  for (size_t digit = 0; digit < kClasses; ++digit) t.digits[digit] = rgb(dark::kDigits[digit]);
  return t;
}

Theme light_theme() {
  Theme t;
  t.name = "light";
  t.label = "Light";
  t.dark = false;
  t.window = rgb(0xEEF0F4);
  t.bar = rgb(0xF8F9FB);
  t.card = rgb(0xFFFFFF);
  t.raised = rgb(0xEDF0F5);
  t.border = rgb(0xD9DEE6);
  t.text = rgb(0x1B2129);
  t.text2 = rgb(0x5D6878);
  t.faint = rgb(0x848E9C);
  t.accent = rgb(0x2F66E0);
  t.on_accent = rgb(0xFFFFFF);
  t.good = rgb(0x1B8A61);
  t.warning = rgb(0xC77700);
  t.error = rgb(0xC93440);
  t.noise = rgb(0x6A55E0);
  t.data = rgb(0xC77700);
  t.autoencoder = rgb(0x1B8A61);
  t.flow = rgb(0x2573C2);
  t.held_out = rgb(0x1B2129);
  t.negative = rgb(0x2573C2);
  t.positive = rgb(0xC77700);
  t.paper = rgb(0xF1F3F7);
  t.ink = rgb(0x12161C);
  t.digits = {rgb(0x0193B6), rgb(0xC24C49), rgb(0x436500), rgb(0x155759), rgb(0xB0A065),
              rgb(0xC9398C), rgb(0x71078A), rgb(0xC978FF), rgb(0x623930), rgb(0x74AB9E)};
  return t;
}

/// For a projector in a lit room: white, black text, thicker lines.
Theme projector_theme() {
  Theme t = light_theme();
  t.name = "projector";
  t.label = "Projector";
  t.window = rgb(0xFFFFFF);
  t.bar = rgb(0xFFFFFF);
  t.raised = rgb(0xE4E8EF);
  t.border = rgb(0x8A94A3);
  t.text = rgb(0x000000);
  t.text2 = rgb(0x2E3742);
  t.faint = rgb(0x6B7686);
  t.accent = rgb(0x0F49D8);
  t.held_out = rgb(0x000000);
  t.paper = rgb(0xEEF1F6);
  t.ink = rgb(0x000000);
  t.line = 1.6f;
  return t;
}

}  // namespace

const std::vector<Theme>& theme_table() {
  static const std::vector<Theme> table{dark_theme(), light_theme(), projector_theme()};
  return table;
}

const Theme& find_theme(const std::string& name) {
  for (const Theme& theme : theme_table()) {
    if (theme.name == name) return theme;
  }
  return theme_table().front();
}

const Theme& next_theme(const std::string& name) {
  const auto& table = theme_table();
  for (size_t i = 0; i < table.size(); ++i) {
    if (table[i].name == name) return table[(i + 1) % table.size()];
  }
  return table.front();
}

void apply_to_imgui(const Theme& theme, float scale) {
  ImGuiStyle style;
  style.WindowPadding = {0, 0};
  style.WindowBorderSize = 0;
  style.WindowRounding = 0;
  style.ChildBorderSize = 0;
  style.PopupRounding = 8;
  style.FrameRounding = 6;
  style.FramePadding = {8, 4};
  style.ItemSpacing = {8, 4};
  style.ScrollbarSize = 10;
  style.ScrollbarRounding = 5;
  style.ScaleAllSizes(scale);
  style.WindowMinSize = {1, 1};  // not scaled: ImGui aborts if it is less than a pixel
  const auto set = [&style](ImGuiCol slot, Color colour) { style.Colors[slot] = to_vec4(colour); };
  set(ImGuiCol_Text, theme.text);
  set(ImGuiCol_TextDisabled, theme.text2);
  set(ImGuiCol_WindowBg, theme.window);
  set(ImGuiCol_ChildBg, with_alpha(theme.card, 0));
  set(ImGuiCol_PopupBg, theme.bar);
  set(ImGuiCol_Border, theme.border);
  set(ImGuiCol_FrameBg, theme.raised);
  set(ImGuiCol_FrameBgHovered, theme.raised);
  set(ImGuiCol_FrameBgActive, theme.raised);
  set(ImGuiCol_ScrollbarBg, with_alpha(theme.card, 0));
  set(ImGuiCol_ScrollbarGrab, theme.border);
  set(ImGuiCol_ScrollbarGrabHovered, theme.faint);
  set(ImGuiCol_ScrollbarGrabActive, theme.text2);
  set(ImGuiCol_TextSelectedBg, with_alpha(theme.accent, 0.4f));
  set(ImGuiCol_ModalWindowDimBg, with_alpha(theme.window, 0.7f));
  ImGui::GetStyle() = style;
}

}  // namespace lf::app::widgets
