#include "app/part_mesh.h"

#include <algorithm>

namespace lf {
namespace {

/// Whether the triangle's bounding box reaches into the rectangle.
bool touches(const ImDrawVert& a, const ImDrawVert& b, const ImDrawVert& c, const ImVec4& box) {
  return std::min({a.pos.x, b.pos.x, c.pos.x}) < box.z && std::max({a.pos.x, b.pos.x, c.pos.x}) > box.x &&
         std::min({a.pos.y, b.pos.y, c.pos.y}) < box.w && std::max({a.pos.y, b.pos.y, c.pos.y}) > box.y;
}

}  // namespace

PartMesh::PartMesh() : list_(nullptr), places_(size_t{1} << (8 * sizeof(ImDrawIdx) > 16 ? 20 : 16), -1) {}

ImDrawIdx PartMesh::place_of(const ImDrawVert* vertices, ImDrawIdx index) {
  if (index >= places_.size()) places_.resize(size_t{index} * 2, -1);
  int& place = places_[index];
  if (place < 0) {
    place = list_.VtxBuffer.Size - first_vertex_;
    list_.VtxBuffer.push_back(vertices[index]);
    used_.push_back(index);
  }
  return static_cast<ImDrawIdx>(place);
}

void PartMesh::add_command(const ImDrawList& list, const ImDrawCmd& command, const Rect& part) {
  const ImVec4 clip{std::max(command.ClipRect.x, part.x), std::max(command.ClipRect.y, part.y),
                    std::min(command.ClipRect.z, part.right()), std::min(command.ClipRect.w, part.bottom())};
  if (clip.x >= clip.z || clip.y >= clip.w) return;
  first_vertex_ = list_.VtxBuffer.Size;
  const int first_index = list_.IdxBuffer.Size;
  const ImDrawIdx* index = list.IdxBuffer.Data + command.IdxOffset;
  const ImDrawVert* vertex = list.VtxBuffer.Data + command.VtxOffset;
  for (unsigned i = 0; i + 2 < command.ElemCount; i += 3) {
    if (!touches(vertex[index[i]], vertex[index[i + 1]], vertex[index[i + 2]], clip)) continue;
    for (unsigned k = 0; k < 3; ++k) list_.IdxBuffer.push_back(place_of(vertex, index[i + k]));
  }
  for (const ImDrawIdx i : used_) places_[i] = -1;
  used_.clear();
  if (list_.IdxBuffer.Size == first_index) return;
  ImDrawCmd taken = command;
  taken.ClipRect = clip;
  taken.VtxOffset = static_cast<unsigned>(first_vertex_);
  taken.IdxOffset = static_cast<unsigned>(first_index);
  taken.ElemCount = static_cast<unsigned>(list_.IdxBuffer.Size - first_index);
  list_.CmdBuffer.push_back(taken);
}

ImDrawData& PartMesh::cut(const ImDrawData& data, const std::vector<Rect>& parts) {
  list_.CmdBuffer.resize(0);
  list_.IdxBuffer.resize(0);
  list_.VtxBuffer.resize(0);
  list_.Flags = ImDrawListFlags_AllowVtxOffset;
  for (const Rect& part : parts) {
    for (int i = 0; i < data.CmdListsCount; ++i) {
      for (const ImDrawCmd& command : data.CmdLists[i]->CmdBuffer)
        add_command(*data.CmdLists[i], command, part);
    }
  }
  data_ = data;
#if IMGUI_VERSION_NUM < 18980
  lists_[0] = &list_;
  data_.CmdLists = lists_;
#else
  data_.CmdLists.resize(0);
  data_.CmdLists.push_back(&list_);
#endif
  data_.CmdListsCount = 1;
  data_.TotalVtxCount = list_.VtxBuffer.Size;
  data_.TotalIdxCount = list_.IdxBuffer.Size;
  return data_;
}

}  // namespace lf
