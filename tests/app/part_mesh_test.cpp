// What is cut down to the changed parts must paint the same there: checked point by point against the frame.
#include "app/part_mesh.h"

#include <gtest/gtest.h>

#include <array>
#include <random>

#include "fake_snapshots.h"
#include "headless_ui.h"

namespace lf {
namespace {

/// Corner colours and places of one triangle that covers a point.
using Layer = std::array<float, 15>;

bool inside(const ImDrawVert& a, const ImDrawVert& b, ImVec2 p) {
  return (b.pos.x - a.pos.x) * (p.y - a.pos.y) - (b.pos.y - a.pos.y) * (p.x - a.pos.x) >= 0;
}

bool covers(const ImDrawVert& a, const ImDrawVert& b, const ImDrawVert& c, ImVec2 p) {
  const bool one = inside(a, b, p) && inside(b, c, p) && inside(c, a, p);
  return one || (inside(b, a, p) && inside(c, b, p) && inside(a, c, p));
}

/// All triangles that paint the point, in their order.
std::vector<Layer> layers(const ImDrawData& data, ImVec2 p) {
  std::vector<Layer> found;
  for (int i = 0; i < data.CmdListsCount; ++i) {
    const ImDrawList& list = *data.CmdLists[i];
    for (const ImDrawCmd& c : list.CmdBuffer) {
      const ImVec4 r = c.ClipRect;
      if (p.x < r.x || p.x >= r.z || p.y < r.y || p.y >= r.w) continue;
      for (unsigned k = 0; k + 2 < c.ElemCount; k += 3) {
        Layer layer;
        const ImDrawVert* v[3];
        for (unsigned j = 0; j < 3; ++j)
          v[j] = &list.VtxBuffer[static_cast<int>(c.VtxOffset +
                                                  list.IdxBuffer[static_cast<int>(c.IdxOffset + k + j)])];
        if (!covers(*v[0], *v[1], *v[2], p)) continue;
        for (size_t j = 0; j < 3; ++j) {
          const float values[] = {v[j]->pos.x, v[j]->pos.y, v[j]->uv.x, v[j]->uv.y,
                                  static_cast<float>(v[j]->col)};
          std::copy(std::begin(values), std::end(values), layer.begin() + static_cast<std::ptrdiff_t>(5 * j));
        }
        found.push_back(layer);
      }
    }
  }
  return found;
}

TEST(PartMesh, PaintsTheSameInsideAndNothingOutside) {
  HeadlessUi window{1440, 900};
  const Snapshot snapshot = fake_snapshot("paused");
  window.frames(snapshot);
  const ImDrawData& whole = *ImGui::GetDrawData();
  const std::vector<Rect> parts{{48, 96, 240, 192}, {700.5f, 300, 96, 144}, {0, 800, 1440, 100}};
  PartMesh mesh;
  mesh.cut(whole, {{0, 0, 1440, 900}});  // what is left from a frame before does not show
  const ImDrawData& cut = mesh.cut(whole, parts);
  EXPECT_LT(cut.TotalVtxCount, whole.TotalVtxCount);
  std::mt19937 random(3);
  std::uniform_real_distribution<float> x(0, 1440), y(0, 900);
  int inside_points = 0;
  for (int i = 0; i < 4000; ++i) {
    const ImVec2 p{x(random), y(random)};
    const bool in = std::any_of(parts.begin(), parts.end(), [p](const Rect& r) { return r.contains(p); });
    inside_points += in;
    ASSERT_EQ(layers(cut, p), in ? layers(whole, p) : std::vector<Layer>{}) << p.x << ", " << p.y;
  }
  EXPECT_GT(inside_points, 400);
}

TEST(PartMesh, NoPartsNoTriangles) {
  HeadlessUi window{640, 480};
  window.frames(fake_snapshot("idle"));
  PartMesh mesh;
  EXPECT_EQ(mesh.cut(*ImGui::GetDrawData(), {}).TotalIdxCount, 0);
}

}  // namespace
}  // namespace lf
