#pragma once

#include <imgui.h>

#include <vector>

#include "widgets/layout.h"

namespace lf {

/// The triangles of a frame that show in the parts to draw anew, gathered in one list: a software renderer
/// takes time for every vertex it is handed, also for those that are cut off, and for every pixel, also for
/// those that are painted over.
class PartMesh {
 public:
  PartMesh();

  /// A part to fill with one colour before anything is drawn.
  struct Ground {
    Rect part;
    ImU32 colour;
  };

  /// On its grounds() it looks the same as `data` on `background` inside of the parts, and draws nothing
  /// outside: whatever lies in a part beneath an opaque rectangle that covers all of it is left out. Valid
  /// until the next call or ImGui's next frame.
  ImDrawData& cut(const ImDrawData& data, const std::vector<Rect>& parts, ImU32 background);
  /// Of the last cut(): the colour of the rectangle that covers a part, or the background's; a part beneath a
  /// picture needs none.
  const std::vector<Ground>& grounds() const { return grounds_; }

 private:
  struct Begin {
    int command, index, vertex;
  };
  Begin end() const { return {list_.CmdBuffer.Size, list_.IdxBuffer.Size, list_.VtxBuffer.Size}; }
  void drop_since(const Begin& begin);
  void add_part(const ImDrawData& data, const Rect& part, ImU32 background);
  void add_triangles(const ImDrawList& list, const ImDrawCmd& command, unsigned first, const ImVec4& clip);
  ImDrawIdx place_of(const ImDrawVert* vertices, ImDrawIdx index);

  ImDrawList list_;
  ImDrawData data_;
#if IMGUI_VERSION_NUM < 18980
  ImDrawList* lists_[1];  ///< what data_ points to
#endif
  std::vector<Ground> grounds_;
  int first_vertex_ = 0;         ///< where this command's vertices begin in list_
  std::vector<int> places_;      ///< per vertex of the source, its place among them; -1: not taken yet
  std::vector<ImDrawIdx> used_;  ///< entries of places_ to clear again
};

}  // namespace lf
