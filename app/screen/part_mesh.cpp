#include "app/screen/part_mesh.h"

#include <algorithm>
#include <optional>

#include "gl/texture.h"

namespace lf::app {
namespace {

/// True if the triangle's bounding box reaches into the rectangle.
bool touches(const ImDrawVert& a, const ImDrawVert& b, const ImDrawVert& c, const ImVec4& box) {
  return std::min({a.pos.x, b.pos.x, c.pos.x}) < box.z && std::max({a.pos.x, b.pos.x, c.pos.x}) > box.x &&
         std::min({a.pos.y, b.pos.y, c.pos.y}) < box.w && std::max({a.pos.y, b.pos.y, c.pos.y}) > box.y;
}

/// The remaining drawing of a part that an opaque rectangle covers.
struct Cover {
  unsigned first;               ///< of its command's indices
  std::optional<ImU32> ground;  ///< beneath them; an image is drawn itself
};

/// The last one among a command's triangles. ImGui's rectangles are two triangles a b c, a c d with
/// the corners in order; it fills areas with one white pixel of its fonts.
std::optional<Cover> last_cover(const ImDrawList& list, const ImDrawCmd& command, const widgets::Rect& part) {
  const ImFontAtlas& fonts = *ImGui::GetIO().Fonts;
  const bool picture = gl::texture_is_opaque(static_cast<uint32_t>((intptr_t)command.GetTexID()));
  if (!picture && command.GetTexID() != fonts.TexID) return std::nullopt;
  const auto hides = [&](const ImDrawVert& v, ImU32 colour) {
    const bool white = v.uv.x == fonts.TexUvWhitePixel.x && v.uv.y == fonts.TexUvWhitePixel.y;
    return v.col == colour && (picture || white);
  };
  const ImDrawIdx* index = list.IdxBuffer.Data + command.IdxOffset;
  const ImDrawVert* vertex = list.VtxBuffer.Data + command.VtxOffset;
  for (int i = static_cast<int>(command.ElemCount) - 6; i >= 0; i -= 3) {
    const ImDrawVert &a = vertex[index[i]], &c = vertex[index[i + 2]];
    if (a.pos.x > part.x || a.pos.y > part.y || c.pos.x < part.right() || c.pos.y < part.bottom()) continue;
    if (index[i + 3] != index[i] || index[i + 4] != index[i + 2]) continue;
    const ImDrawVert &b = vertex[index[i + 1]], &d = vertex[index[i + 5]];
    const bool upright = b.pos.x == c.pos.x && b.pos.y == a.pos.y && d.pos.x == a.pos.x && d.pos.y == c.pos.y;
    const bool opaque = (a.col & IM_COL32_A_MASK) == IM_COL32_A_MASK;
    if (!(upright && opaque && hides(a, a.col) && hides(b, a.col) && hides(c, a.col) && hides(d, a.col)))
      continue;
    const auto first = static_cast<unsigned>(i);
    return picture ? Cover{first, std::nullopt} : Cover{first + 6, a.col};
  }
  return std::nullopt;
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

void PartMesh::add_triangles(const ImDrawList& list, const ImDrawCmd& command, unsigned first,
                             const ImVec4& clip) {
  first_vertex_ = list_.VtxBuffer.Size;
  const int first_index = list_.IdxBuffer.Size;
  const ImDrawIdx* index = list.IdxBuffer.Data + command.IdxOffset;
  const ImDrawVert* vertex = list.VtxBuffer.Data + command.VtxOffset;
  for (unsigned i = first; i + 2 < command.ElemCount; i += 3) {
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

void PartMesh::drop_since(const Begin& begin) {
  list_.CmdBuffer.resize(begin.command);
  list_.IdxBuffer.resize(begin.index);
  list_.VtxBuffer.resize(begin.vertex);
}

void PartMesh::add_part(const ImDrawData& data, const widgets::Rect& part, ImU32 background) {
  const Begin begin = end();
  std::optional<ImU32> ground = background;
  for (int i = 0; i < data.CmdListsCount; ++i) {
    const ImDrawList& list = *data.CmdLists[i];
    for (const ImDrawCmd& command : list.CmdBuffer) {
      const ImVec4& r = command.ClipRect;
      const ImVec4 clip{std::max(r.x, part.x), std::max(r.y, part.y), std::min(r.z, part.right()),
                        std::min(r.w, part.bottom())};
      if (clip.x >= clip.z || clip.y >= clip.w) continue;
      const bool whole =
          clip.x == part.x && clip.y == part.y && clip.z == part.right() && clip.w == part.bottom();
      unsigned first = 0;
      if (const auto cover = whole ? last_cover(list, command, part) : std::nullopt) {
        drop_since(begin);
        ground = cover->ground;
        first = cover->first;
      }
      add_triangles(list, command, first, clip);
    }
  }
  if (ground) grounds_.push_back({part, *ground});
}

ImDrawData& PartMesh::cut(const ImDrawData& data, const std::vector<widgets::Rect>& parts, ImU32 background) {
  list_.CmdBuffer.resize(0);
  list_.IdxBuffer.resize(0);
  list_.VtxBuffer.resize(0);
  list_.Flags = ImDrawListFlags_AllowVtxOffset;
  grounds_.clear();
  for (const widgets::Rect& part : parts) add_part(data, part, background);
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

}  // namespace lf::app
