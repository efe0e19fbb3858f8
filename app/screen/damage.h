#pragma once

#include <imgui.h>

#include <cstdint>
#include <vector>

#include "widgets/layout.h"

namespace lf {

/// Finds out which parts of the window differ from the last frame, from what ImGui is about to draw. On
/// software rendering nearly all cost is filling pixels, and most of a frame is what was there before.
class DamageTracker {
 public:
  /// The rectangles to draw anew, none overlapping; empty when nothing changed. `everything`: all is new
  /// (other fonts, the window was uncovered).
  std::vector<Rect> update(const ImDrawData& data, bool everything);

 private:
  void hash_list(const ImDrawList& list);
  void hash_command(const ImDrawList& list, const ImDrawCmd& command);
  std::vector<Rect> changed_rectangles() const;

  int columns_ = 0, rows_ = 0;
  float width_ = 0, height_ = 0;
  std::vector<uint64_t> tiles_, last_;  // a hash of all that touches each tile, in drawing order
};

}  // namespace lf
