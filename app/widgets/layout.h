// Rectangles that are cut into pieces: the whole layout of the window. Units are real pixels; sizes
// come from `Ui::px`, which converts effective pixels (those of font scale 1).
#pragma once

#include <imgui.h>

#include <vector>

namespace lf::app::widgets {

/// A rectangle of the window, in pixels from its upper left corner.
struct Rect {
  float x = 0, y = 0, w = 0, h = 0;

  float right() const { return x + w; }
  float bottom() const { return y + h; }
  ImVec2 min() const { return {x, y}; }
  ImVec2 max() const { return {x + w, y + h}; }
  ImVec2 center() const { return {x + 0.5f * w, y + 0.5f * h}; }
  bool contains(ImVec2 p) const { return p.x >= x && p.y >= y && p.x < x + w && p.y < y + h; }
  bool empty() const { return w <= 0 || h <= 0; }
  bool operator==(const Rect& o) const { return x == o.x && y == o.y && w == o.w && h == o.h; }

  /// Smaller by `dx` on the left and right, `dy` at top and bottom; never negative.
  Rect inset(float dx, float dy) const;
  Rect inset(float d) const { return inset(d, d); }
  /// The part inside `other`.
  Rect clipped(const Rect& other) const;

  /// Cuts a piece off a side and leaves `gap` between it and the rest.
  Rect take_left(float width, float gap = 0);
  Rect take_right(float width, float gap = 0);
  Rect take_top(float height, float gap = 0);
  Rect take_bottom(float height, float gap = 0);
};

/// `area` as columns (rows) with widths (heights) in proportion to `weights`, `gap` between them, on whole
/// pixels.
std::vector<Rect> columns(const Rect& area, const std::vector<float>& weights, float gap);
std::vector<Rect> rows(const Rect& area, const std::vector<float>& weights, float gap);

/// A grid of equal squares for `count` things: how many columns, and the side, so that they fill `area` best.
struct SquareGrid {
  int columns = 1, rows = 1;
  float side = 0, gap = 0, extra = 0;
  ImVec2 origin;  ///< upper left corner of the first square; the grid is in the middle of the area

  Rect cell(int index) const;
  /// From the top of one row to the top of the next.
  float row_step() const { return side + gap + extra; }
  /// The index of the square at `p`, or −1.
  int at(ImVec2 p, int count) const;
};
/// Squares have `extra` more height below each (for a caption or an underline).
SquareGrid square_grid(const Rect& area, int count, float gap, float extra = 0, float largest = 1e9f);

}  // namespace lf::app::widgets
