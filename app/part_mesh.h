#pragma once

#include <imgui.h>

#include <vector>

#include "widgets/layout.h"

namespace lf {

/// The triangles of a frame that touch the parts to draw anew, gathered in one list: a software renderer
/// takes time for every vertex it is handed, also for those that are cut off.
class PartMesh {
 public:
  PartMesh();

  /// Draws the same as `data` inside of the parts, in the same order, and nothing outside. Valid until the
  /// next call or ImGui's next frame.
  ImDrawData& cut(const ImDrawData& data, const std::vector<Rect>& parts);

 private:
  void add_command(const ImDrawList& list, const ImDrawCmd& command, const Rect& part);
  ImDrawIdx place_of(const ImDrawVert* vertices, ImDrawIdx index);

  ImDrawList list_;
  ImDrawData data_;
#if IMGUI_VERSION_NUM < 18980
  ImDrawList* lists_[1];  ///< what data_ points to
#endif
  int first_vertex_ = 0;         ///< where this command's vertices begin in list_
  std::vector<int> places_;      ///< per vertex of the source, its place among them; -1: not taken yet
  std::vector<ImDrawIdx> used_;  ///< entries of places_ to clear again
};

}  // namespace lf
