// The mesh of the changed parts must look the same there: checked point by point against the frame.
#include "app/screen/part_mesh.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <functional>
#include <random>

#include "fake_snapshots.h"
#include "gl/texture.h"
#include "headless_ui.h"

namespace lf::app {
namespace {

/// Corner colours and positions of one triangle that covers a point.
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

constexpr ImU32 kGround = IM_COL32(20, 24, 30, 255), kInk = IM_COL32(200, 0, 0, 255);

/// The fill of a position before drawing; 0: none.
ImU32 ground_at(const std::vector<PartMesh::Ground>& grounds, ImVec2 p) {
  for (const PartMesh::Ground& ground : grounds) {
    if (ground.part.contains(p)) return ground.colour;
  }
  return 0;
}

/// True if one paints on its ground what the other does on the window's, possibly without what lies
/// beneath something opaque.
bool looks_the_same(const std::vector<Layer>& cut, ImU32 ground, const std::vector<Layer>& whole) {
  if (cut.size() > whole.size() || !std::equal(cut.rbegin(), cut.rend(), whole.rbegin())) return false;
  if (cut.size() == whole.size()) return ground == kGround;
  const Layer& covered_by = whole[whole.size() - cut.size() - 1];
  return covered_by[4] == static_cast<float>(ground) && (ground & IM_COL32_A_MASK) == IM_COL32_A_MASK;
}

TEST(PartMesh, PaintsTheSameInsideAndNothingOutside) {
  HeadlessUi window{1440, 900};
  const Snapshot snapshot = fake_snapshot("paused");
  window.frames(snapshot);
  const ImDrawData& whole = *ImGui::GetDrawData();
  const std::vector<widgets::Rect> parts{{48, 96, 240, 192}, {700.5f, 300, 96, 144}, {0, 800, 1440, 100}};
  PartMesh mesh;
  mesh.cut(whole, {{0, 0, 1440, 900}}, kGround);  // remains of the previous frame must not show
  const ImDrawData& cut = mesh.cut(whole, parts, kGround);
  EXPECT_LT(cut.TotalVtxCount, whole.TotalVtxCount);
  std::mt19937 random(3);
  std::uniform_real_distribution<float> x(0, 1440), y(0, 900);
  int inside_points = 0;
  for (int i = 0; i < 4000; ++i) {
    const ImVec2 p{x(random), y(random)};
    const bool in =
        std::any_of(parts.begin(), parts.end(), [p](const widgets::Rect& r) { return r.contains(p); });
    inside_points += in;
    if (in) {
      ASSERT_TRUE(looks_the_same(layers(cut, p), ground_at(mesh.grounds(), p), layers(whole, p)))
          << p.x << ", " << p.y;
    } else {
      ASSERT_TRUE(layers(cut, p).empty()) << p.x << ", " << p.y;
    }
  }
  EXPECT_GT(inside_points, 400);
}

constexpr ImU32 kBeneath = IM_COL32(9, 9, 9, 255);

struct Part {
  int triangles = 0;
  std::vector<PartMesh::Ground> grounds;
};

/// One part of a plain window with the drawing of `draw_over`.
Part part_of(const std::function<void(ImDrawList&)>& draw_over) {
  HeadlessUi window{640, 480};
  window.frame(fake_snapshot("idle"), [&](const panels::PanelContext&) {
    ImDrawList& list = *ImGui::GetForegroundDrawList();
    list.AddRectFilled({0, 0}, {640, 480}, kBeneath);
    draw_over(list);
  });
  PartMesh mesh;
  const int indices = mesh.cut(*ImGui::GetDrawData(), {{100, 100, 50, 50}}, kGround).TotalIdxCount;
  return {indices / 3, mesh.grounds()};
}

TEST(PartMesh, AnOpaqueRectangleBecomesTheGround) {
  const Part exact = part_of([](ImDrawList& l) { l.AddRectFilled({100, 100}, {150, 150}, kInk); });
  EXPECT_EQ(exact.triangles, 0);
  EXPECT_EQ(ground_at(exact.grounds, {120, 120}), kInk);
  const Part with_more = part_of([](ImDrawList& l) {
    l.AddTriangleFilled({110, 110}, {140, 110}, {110, 140}, kInk);
    l.AddRectFilled({90, 90}, {160, 160}, kInk);
    l.AddRectFilled({120, 120}, {130, 130}, kInk);
  });
  EXPECT_EQ(with_more.triangles, 2) << "the small one on top stays";
}

TEST(PartMesh, AnOpaquePictureNeedsNoGround) {
  constexpr uint32_t kPicture = 4711;
  gl::set_texture_opaque(kPicture);
  const Part covered = part_of([](ImDrawList& l) {
    l.AddImage((ImTextureID)(intptr_t)kPicture, {90, 90}, {160, 160});
  });
  EXPECT_EQ(covered.triangles, 2);
  EXPECT_TRUE(covered.grounds.empty());
}

TEST(PartMesh, KeepsWhatShowsThrough) {
  const auto kept = [](const std::function<void(ImDrawList&)>& draw_over) {
    const Part covered = part_of(draw_over);
    return covered.triangles > 0 && ground_at(covered.grounds, {120, 120}) == kBeneath;
  };
  EXPECT_TRUE(kept([](ImDrawList& l) { l.AddRectFilled({100, 100}, {150, 149}, kInk); })) << "too small";
  EXPECT_TRUE(kept([](ImDrawList& l) {
    l.AddRectFilled({90, 90}, {160, 160}, IM_COL32(200, 0, 0, 254));
  })) << "not opaque";
  EXPECT_TRUE(kept([](ImDrawList& l) {
    l.AddRectFilledMultiColor({90, 90}, {160, 160}, kInk, kInk, IM_COL32(0, 0, 0, 0), kInk);
  })) << "one corner is not opaque";
  EXPECT_TRUE(kept([](ImDrawList& l) {
    l.AddQuadFilled({90, 125}, {125, 90}, {160, 125}, {125, 160}, kInk);
  })) << "a diamond";
  EXPECT_TRUE(kept([](ImDrawList& l) {
    l.AddImage(ImGui::GetIO().Fonts->TexID, {90, 90}, {160, 160});
  })) << "letters";
  EXPECT_TRUE(kept([](ImDrawList& l) {
    l.AddImage((ImTextureID)(intptr_t)7, {90, 90}, {160, 160});
  })) << "a picture of which nothing is known";
  EXPECT_TRUE(kept([](ImDrawList& l) {
    l.PushClipRect({100, 100}, {140, 150});
    l.AddRectFilled({90, 90}, {160, 160}, kInk);
    l.PopClipRect();
  })) << "cut off";
}

TEST(PartMesh, NoPartsNoTriangles) {
  HeadlessUi window{640, 480};
  window.frames(fake_snapshot("idle"));
  PartMesh mesh;
  EXPECT_EQ(mesh.cut(*ImGui::GetDrawData(), {}, kGround).TotalIdxCount, 0);
}

}  // namespace
}  // namespace lf::app
