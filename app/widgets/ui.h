// What every widget is given: theme, faces, the registry of controls and the clock. Widgets draw with ImGui's
// draw lists into rectangles they are handed; they keep no state of their own.
#pragma once

#include <imgui.h>

#include <string>

#include "widgets/layout.h"
#include "widgets/text/fonts.h"
#include "widgets/theme.h"
#include "widgets/ui_map.h"

namespace lf {

struct Ui {
  const Theme* theme = nullptr;
  Fonts fonts;
  UiMap map;
  float scale = 1;    ///< real pixels per effective pixel (HiDPI × font scale)
  double time = 0;    ///< seconds since the program started
  float dt = 0.016f;  ///< seconds since the last frame

  /// Effective pixels as real ones, on whole pixels.
  float px(float effective) const;

  /// A widget that moves, or will change without any input, asks for another frame in so many seconds.
  void wake_after(double seconds);
  double wake_at = 1e18;  ///< time of the earliest frame asked for

  // Which control the mouse rests on, and since when: tooltips appear after a moment.
  std::string hovered_name;
  double hovered_since = 0;
  /// Tooltips may be switched off by a test or a script.
  bool tooltips = true;
  /// What was pressed last, for as long as the mouse stays there: its tooltip would cover what it opened.
  Rect pressed;
  Rect popup;         ///< the open list that is being drawn: tooltips of its rows stand beside it
  Rect tooltip_rect;  ///< where a tooltip was drawn in this frame; empty when there is none

  // One number field at a time is typed into.
  std::string typed;           ///< what stands in it
  std::string held_back;       ///< the field whose typed number went too far, …
  std::string held_back_text;  ///< … what it says of that, …
  double held_back_until = 0;  ///< … and until when

  bool tile_layers = false;  ///< digits are drawn in layers at present: see TileLayers

  const Theme& colours() const { return *theme; }
};

/// The draw list of the current ImGui window.
ImDrawList* draw();

/// A rounded rectangle. Where the colour is opaque its inner part is one plain rectangle, drawn last: quicker
/// to fill than a fan of triangles, and a window that draws only what changed sees that it hides what lies
/// beneath.
void fill_rounded(const Rect& rect, Color colour, float radius);

/// Was Escape pressed in this frame?
bool escape_pressed();

/// Begins a frame: forgets the controls of the last one.
void begin_ui_frame(Ui& ui, double time, float dt);

}  // namespace lf
