// Partial redrawing, first half: which parts of the window changed. part_mesh.h is the second.
#pragma once

#include <imgui.h>

#include <cstdint>
#include <vector>

#include "widgets/layout.h"

namespace lf::app {

/// Finds the parts of the window that differ from the last frame, from ImGui's draw data. With
/// software rendering nearly all of the cost is filling pixels, and most of a frame does not
/// change.
class DamageTracker {
 public:
  /// The rectangles to redraw, without overlaps; empty when nothing changed. `everything`: the
  /// whole window is new (other fonts, the window was uncovered).
  std::vector<widgets::Rect> update(const ImDrawData& data, bool everything);

 private:
  void hash_list(const ImDrawList& list);
  void hash_command(const ImDrawList& list, const ImDrawCmd& command);
  std::vector<widgets::Rect> changed_rectangles() const;

  int columns_ = 0, rows_ = 0;
  float width_ = 0, height_ = 0;
  std::vector<uint64_t> tiles_, last_;  // a hash of everything that touches each tile, in drawing order
};

}  // namespace lf::app
