// Small drawn icons, independent of the glyphs of a font.
#pragma once

#include "widgets/ui.h"

namespace lf::app::widgets {

enum class Icon {
  None,
  Play,
  Pause,
  Reset,
  Step,
  Previous,
  Next,
  Loop,
  Menu,
  Close,
  Check,
  Down,
  Right,
  Folder,
  File,
  Warning,
  Settings,
  Plus,
  Help,
  Undo,
  Star,
  FilledStar
};

/// Draws `icon` around `center`; `size` is its height in real pixels.
void draw_icon(Icon icon, ImVec2 center, float size, Color colour);

}  // namespace lf::app::widgets
