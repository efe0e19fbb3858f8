// The context of every widget: theme, faces, the registry of controls and the clock. Widgets draw
// with ImGui's draw lists into given rectangles; they keep no state of their own.
#pragma once

#include <imgui.h>

#include <string>

#include "widgets/layout.h"
#include "widgets/text/fonts.h"
#include "widgets/theme.h"
#include "widgets/ui_map.h"

namespace lf::app::widgets {

struct Ui {
  const Theme* theme = nullptr;
  Fonts fonts;
  UiMap map;
  float scale = 1;    ///< real pixels per effective pixel (HiDPI × font scale)
  double time = 0;    ///< seconds since the program started
  float dt = 0.016f;  ///< seconds since the last frame

  /// Effective pixels as real ones, on whole pixels.
  float px(float effective) const;

  /// A moving widget, or one that will change without input, requests another frame in so many
  /// seconds.
  void wake_after(double seconds);
  double wake_at = 1e18;  ///< time of the earliest requested frame

  // The control under the mouse, and since when: tooltips appear after a moment.
  std::string hovered_name;
  double hovered_since = 0;
  /// Tooltips may be switched off by a test or a script.
  bool tooltips = true;
  /// The last pressed control, while the mouse stays there: its tooltip would cover what it opened.
  Rect pressed;
  Rect popup;         ///< the open list that is being drawn: tooltips of its rows are beside it
  Rect tooltip_rect;  ///< the area of this frame's tooltip; empty if there is none

  // At most one number field is being typed.
  std::string typed;           ///< its text
  std::string held_back;       ///< the field whose typed number was clamped, …
  std::string held_back_text;  ///< … its message, …
  double held_back_until = 0;  ///< … and until when

  bool tile_layers = false;  ///< digits are currently drawn in layers: see TileLayers

  const Theme& colours() const { return *theme; }
};

/// The draw list of the current ImGui window.
ImDrawList* draw();

/// A rounded rectangle. If the colour is opaque, its inner part is one plain rectangle, drawn last:
/// faster to fill than a fan of triangles, and partial redrawing detects that it hides what is
/// beneath.
void fill_rounded(const Rect& rect, Color colour, float radius);

/// True if Escape was pressed in this frame.
bool escape_pressed();

/// Begins a frame: forgets the controls of the last one.
void begin_ui_frame(Ui& ui, double time, float dt);

}  // namespace lf::app::widgets
