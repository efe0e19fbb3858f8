#include "widgets/color.h"

#include <algorithm>
#include <cmath>

namespace lf::app::widgets {
namespace {

float channel(Color color, int index) { return static_cast<float>((color >> (8 * index)) & 0xFF); }

Color set_channel(float value, int index) {
  return static_cast<Color>(std::lround(std::clamp(value, 0.0f, 255.0f))) << (8 * index);
}

}  // namespace

Color with_alpha(Color color, float alpha) { return (color & 0x00FFFFFFu) | set_channel(255 * alpha, 3); }

Color fade(Color color, float factor) {
  return (color & 0x00FFFFFFu) | set_channel(channel(color, 3) * factor, 3);
}

Color mix(Color a, Color b, float amount) {
  Color result = 0;
  for (int i = 0; i < 4; ++i) {
    result |= set_channel(channel(a, i) + amount * (channel(b, i) - channel(a, i)), i);
  }
  return result;
}

ImVec4 to_vec4(Color color) {
  return {channel(color, 0) / 255, channel(color, 1) / 255, channel(color, 2) / 255, channel(color, 3) / 255};
}

}  // namespace lf::app::widgets
