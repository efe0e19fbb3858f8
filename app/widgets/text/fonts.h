// The typefaces of the window: found at run time among the packaged ones, otherwise ImGui's own.
#pragma once

#include <imgui.h>

#include <array>
#include <string>

namespace lf::app::widgets {

/// The role of a text; size and face follow.
enum class Type { Body, Title, Small, Strong, Mono, MonoSmall, Display };

/// One face at one size, in real pixels.
struct Face {
  ImFont* font = nullptr;
  float size = 13;
};

/// All faces of one scale.
struct Fonts {
  std::array<Face, 7> faces;
  const Face& operator[](Type type) const { return faces[static_cast<size_t>(type)]; }
};

/// Fills ImGui's atlas with every face at `scale` (real pixels per effective pixel) and builds it. The first
/// face is Body, so that ImGui's own widgets use it too. The backend must be told that the texture changed.
Fonts load_fonts(float scale);

/// Names of the files in use, for the About box and the log.
std::string font_description();

}  // namespace lf::app::widgets
