// Colours in ImGui's format (bytes R, G, B, A from the low end), and operations on them.
#pragma once

#include <imgui.h>

#include <cstdint>

namespace lf::app::widgets {

using Color = ImU32;

/// A colour from 0xRRGGBB, opaque.
constexpr Color rgb(uint32_t hex) {
  return 0xFF000000u | ((hex & 0xFFu) << 16) | (hex & 0xFF00u) | ((hex >> 16) & 0xFFu);
}
/// The colour with its alpha replaced, 0..1.
Color with_alpha(Color color, float alpha);
/// The colour with its alpha multiplied.
Color fade(Color color, float factor);
/// Between a (0) and b (1), channel by channel.
Color mix(Color a, Color b, float amount);
/// The same in the format of ImGui's style.
ImVec4 to_vec4(Color color);

}  // namespace lf::app::widgets
