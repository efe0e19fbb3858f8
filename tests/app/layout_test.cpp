#include "widgets/layout.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "widgets/image/film_strip.h"

namespace lf::app {
namespace {

TEST(Rect, CutsAddUp) {
  widgets::Rect rest{10, 20, 100, 50};
  const widgets::Rect left = rest.take_left(30, 8), right = rest.take_right(20, 8);
  EXPECT_FLOAT_EQ(left.w + right.w + rest.w + 16, 100);
  EXPECT_FLOAT_EQ(rest.x, left.right() + 8);
  EXPECT_FLOAT_EQ(rest.right() + 8, right.x);
}

TEST(Rect, NeverBecomesNegative) {
  widgets::Rect rest{0, 0, 10, 10};
  rest.take_left(50, 8);
  EXPECT_FLOAT_EQ(rest.w, 0);
  EXPECT_FLOAT_EQ((widgets::Rect{0, 0, 4, 4}.inset(9).w), 0);
}

TEST(Columns, FillTheWidthWithGaps) {
  const auto parts = widgets::columns({0, 0, 1000, 10}, {1, 2, 1}, 12);
  ASSERT_EQ(parts.size(), 3u);
  EXPECT_FLOAT_EQ(parts[1].x, parts[0].right() + 12);
  EXPECT_FLOAT_EQ(parts[2].right(), 1000);
}

TEST(SquareGrid, KeepsAllInsideAndFindsThem) {
  for (const widgets::Rect area :
       {widgets::Rect{5, 5, 500, 300}, widgets::Rect{0, 0, 200, 700}, widgets::Rect{0, 0, 90, 90}}) {
    const widgets::SquareGrid grid = widgets::square_grid(area, 40, 4);
    for (int i = 0; i < 40; ++i) {
      const widgets::Rect cell = grid.cell(i);
      EXPECT_GE(cell.x, area.x - 1);
      EXPECT_LE(cell.right(), area.right() + 1);
      EXPECT_LE(cell.bottom(), area.bottom() + 1);
      EXPECT_EQ(grid.at(cell.center(), 40), i);
    }
  }
}

TEST(StripStates, ShowEndsAndThePresentOne) {
  for (int current = 0; current < 17; ++current) {
    const auto states = widgets::strip_states(17, 5, current);
    EXPECT_LE(states.size(), 6u);
    EXPECT_EQ(states.front(), 0);
    EXPECT_EQ(states.back(), 16);
    EXPECT_NE(std::find(states.begin(), states.end(), current), states.end());
  }
  EXPECT_EQ(widgets::strip_states(3, 9, 1).size(), 3u);
  EXPECT_TRUE(widgets::strip_states(0, 9, 0).empty());
}

}  // namespace
}  // namespace lf::app
