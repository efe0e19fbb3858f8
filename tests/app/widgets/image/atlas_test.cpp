// Images are drawn by the shape that their sheet has.
#include "widgets/image/atlas.h"

#include <gtest/gtest.h>

#include "base/image_shape.h"
#include "base/image_sheet.h"
#include "grey_sheet.h"
#include "headless_ui.h"

namespace lf::app::widgets {
namespace {

constexpr ImageShape kTall{20, 12};

/// What one call of draw_ink added to the draw list.
struct Drawn {
  Rect place, part;  ///< on the screen; of the texture, in texels
};

Drawn drawn(const ImageAtlas& atlas, const Rect& area, size_t index, float width, float height) {
  Drawn found;
  HeadlessUi window(200, 200);
  window.frame(Snapshot(), [&](const panels::PanelContext&) {
    const ImDrawList* list = draw();
    const int before = list->VtxBuffer.Size;
    atlas.draw_ink(area, index, Color(0xFFFFFFFF));
    ASSERT_EQ(list->VtxBuffer.Size, before + 4);
    const ImDrawVert &low = list->VtxBuffer[before], &high = list->VtxBuffer[before + 2];
    found.place = {low.pos.x, low.pos.y, high.pos.x - low.pos.x, high.pos.y - low.pos.y};
    found.part = {low.uv.x * width, low.uv.y * height, (high.uv.x - low.uv.x) * width,
                  (high.uv.y - low.uv.y) * height};
  });
  return found;
}

void expect_rect(const Rect& found, const Rect& wanted) {
  EXPECT_NEAR(found.x, wanted.x, 1e-3);
  EXPECT_NEAR(found.y, wanted.y, 1e-3);
  EXPECT_NEAR(found.w, wanted.w, 1e-3);
  EXPECT_NEAR(found.h, wanted.h, 1e-3);
}

TEST(ImageAtlas, DrawsDigitsOverTheWholeSquare) {
  ImageAtlas atlas;
  atlas.set(grey_sheet(3, 200), 1);
  const float cell = kDigitSide + 2;
  const Drawn found = drawn(atlas, {10, 20, 56, 56}, 2, 3 * cell, cell);
  expect_rect(found.place, {10, 20, 56, 56});
  expect_rect(found.part, {2 * cell + 1, 1, kDigitSide, kDigitSide});
}

TEST(ImageAtlas, DrawsAnotherShapeUndistorted) {
  ImageAtlas atlas;
  atlas.set(grey_sheet(2, 200, kTall), 1);
  EXPECT_EQ(atlas.shape(), kTall);
  const Drawn found = drawn(atlas, {10, 20, 100, 100}, 1, 2 * 14, 22);
  expect_rect(found.place, {30, 20, 60, 100});
  expect_rect(found.part, {14 + 1, 1, 12, 20});
  EXPECT_EQ(atlas.fitted({0, 0, 30, 50}).w, 30);
}

TEST(ImageAtlas, WrapsLongSheetsBelowTheLimitOfATexture) {
  ImageAtlas atlas;
  atlas.set(grey_sheet(200, 200, kTall), 1);
  const Drawn found = drawn(atlas, {0, 0, 12, 20}, 145, 145 * 14, 2 * 22);
  expect_rect(found.part, {1, 22 + 1, 12, 20});
}

TEST(ImageAtlas, TakesANewShapeWithTheSameVersionAndCount) {
  ImageAtlas atlas;
  atlas.set(grey_sheet(1, 200), 1);
  atlas.set(grey_sheet(1, 200, kTall), 1);
  EXPECT_EQ(atlas.shape(), kTall);
}

TEST(ImageAtlas, DifferencesKeepTheShape) {
  ImageAtlas atlas;
  const ImageSheet dark = grey_sheet(2, 10, kTall), light = grey_sheet(2, 30, kTall);
  atlas.set_difference(dark, light, 1);
  EXPECT_EQ(atlas.count(), 4u);
  EXPECT_EQ(atlas.shape(), kTall);
  atlas.set_difference(dark, grey_sheet(2, 30), 2);
  EXPECT_EQ(atlas.count(), 4u) << "sheets of different shapes have no difference";
  EXPECT_EQ(atlas.shape(), kTall);
}

}  // namespace
}  // namespace lf::app::widgets
