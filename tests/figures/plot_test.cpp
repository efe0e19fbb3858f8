#include "figures/plot.h"

#include <gtest/gtest.h>

#include <cmath>

#include "figures/print/palette.h"

namespace lf::figures {
namespace {

constexpr Box kBox{0, 0, 10, 10};

TEST(Clipped, ALineIsCutWhereItLeavesTheBox) {
  const auto runs = clipped({{-10, 5}, {20, 5}}, kBox);
  ASSERT_EQ(runs.size(), 1u);
  ASSERT_EQ(runs[0].size(), 2u);
  EXPECT_FLOAT_EQ(runs[0][0].x, 0);
  EXPECT_FLOAT_EQ(runs[0][1].x, 10);
  EXPECT_FLOAT_EQ(runs[0][1].y, 5);
}

TEST(Clipped, ADiagonalKeepsItsSlope) {
  const auto runs = clipped({{0, -5}, {10, 15}}, kBox);
  ASSERT_EQ(runs.size(), 1u);
  EXPECT_FLOAT_EQ(runs[0][0].x, 2.5f);
  EXPECT_FLOAT_EQ(runs[0][0].y, 0);
  EXPECT_FLOAT_EQ(runs[0][1].x, 7.5f);
  EXPECT_FLOAT_EQ(runs[0][1].y, 10);
}

TEST(Clipped, LeavingAndComingBackMakesTwoRuns) {
  EXPECT_EQ(clipped({{1, 5}, {5, 20}, {9, 5}}, kBox).size(), 2u);
  EXPECT_TRUE(clipped({{-5, -5}, {-1, 20}}, kBox).empty());
}

TEST(Clipped, InsideNothingChangesAndGapsStay) {
  const auto whole = clipped({{1, 1}, {5, 5}, {9, 2}}, kBox);
  ASSERT_EQ(whole.size(), 1u);
  EXPECT_EQ(whole[0].size(), 3u);
  EXPECT_EQ(clipped({{1, 1}, {2, 2}, {NAN, NAN}, {5, 5}, {6, 6}}, kBox).size(), 2u);
}

TEST(Distinguished, OnlyAPaletteWithoutColoursGetsDashes) {
  std::vector<Curve> curves(3);
  for (Curve& curve : curves) curve.name = "a";
  curves[1].faint = true;
  for (const Curve& curve : distinguished(curves, kPrint)) EXPECT_FALSE(curve.dashed);
  const auto grey = distinguished(curves, kGrey);
  EXPECT_FALSE(grey[0].dashed);
  EXPECT_FALSE(grey[1].dashed) << "raw values stay as they are";
  EXPECT_TRUE(grey[2].dashed);
}

}  // namespace
}  // namespace lf::figures
