// Partial redrawing, second half: what to draw in the changed parts that damage.h found.
#pragma once

#include <imgui.h>

#include <vector>

#include "widgets/layout.h"

namespace lf::app {

/// The triangles of a frame that are visible in the parts to redraw, in one list. A software
/// renderer needs time for every vertex, including clipped ones, and for every pixel, including
/// those that are painted over.
class PartMesh {
 public:
  PartMesh();

  /// A part to fill with one colour before drawing.
  struct Ground {
    widgets::Rect part;
    ImU32 colour;
  };

  /// On its grounds() it looks the same as `data` on `background` inside the parts, and draws
  /// nothing outside. Drawing beneath an opaque rectangle that covers a whole part is omitted.
  /// Valid until the next call or ImGui's next frame.
  ImDrawData& cut(const ImDrawData& data, const std::vector<widgets::Rect>& parts, ImU32 background);
  /// Of the last cut(): the colour of the rectangle that covers a part, or the background's; a part
  /// beneath an image needs none.
  const std::vector<Ground>& grounds() const { return grounds_; }

 private:
  struct Begin {
    int command, index, vertex;
  };
  Begin end() const { return {list_.CmdBuffer.Size, list_.IdxBuffer.Size, list_.VtxBuffer.Size}; }
  void drop_since(const Begin& begin);
  void add_part(const ImDrawData& data, const widgets::Rect& part, ImU32 background);
  void add_triangles(const ImDrawList& list, const ImDrawCmd& command, unsigned first, const ImVec4& clip);
  ImDrawIdx place_of(const ImDrawVert* vertices, ImDrawIdx index);

  ImDrawList list_;
  ImDrawData data_;
#if IMGUI_VERSION_NUM < 18980
  ImDrawList* lists_[1];  ///< what data_ points to
#endif
  std::vector<Ground> grounds_;
  int first_vertex_ = 0;         ///< start of this command's vertices in list_
  std::vector<int> places_;      ///< per vertex of the source, its index among them; -1: not used yet
  std::vector<ImDrawIdx> used_;  ///< entries of places_ to clear again
};

}  // namespace lf::app
