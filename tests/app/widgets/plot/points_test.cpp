#include "widgets/plot/points.h"

#include <gtest/gtest.h>

#include <cmath>

namespace lf::app::widgets {
namespace {

TEST(Decimate, KeepsTheExtremesOfEveryColumn) {
  std::vector<float> x, y;
  for (int i = 0; i < 100000; ++i) {
    x.push_back(static_cast<float>(i));
    y.push_back(i == 54321 ? 9.0f : std::sin(static_cast<float>(i) * 0.01f));
  }
  const auto columns = decimate(x.data(), y.data(), x.size(), {0, 100000, false}, 400);
  EXPECT_LE(columns.size(), 401u);
  float highest = -9;
  for (const auto& column : columns) highest = std::max(highest, column.high);
  EXPECT_FLOAT_EQ(highest, 9);
}

TEST(Decimate, RunsToTheEdgesWhenZoomedIn) {
  const std::vector<float> x{0, 1, 2, 3, 4}, y{5, 6, 7, 8, 9};
  const auto columns = decimate(x.data(), y.data(), 5, {1.5, 2.5, false}, 10);
  ASSERT_EQ(columns.size(), 3u);
  EXPECT_LT(columns.front().column, 0);
  EXPECT_GE(columns.back().column, 10);
}

TEST(Smoothed, KeepsAConstantAndSkipsNaN) {
  const std::vector<float> y{2, 2, std::nanf(""), 2};
  for (float value : smoothed(y.data(), y.size(), 0.9)) EXPECT_FLOAT_EQ(value, 2);
}

TEST(Smoothed, ReducesNoise) {
  std::vector<float> y;
  for (int i = 0; i < 1000; ++i) y.push_back(i % 2 == 0 ? 1.0f : -1.0f);
  EXPECT_LT(std::abs(smoothed(y.data(), y.size(), 0.95).back()), 0.1f);
}

TEST(NearestIndex, FindsIt) {
  const std::vector<float> x{0, 10, 20};
  EXPECT_EQ(nearest_index(x.data(), 3, -5), 0u);
  EXPECT_EQ(nearest_index(x.data(), 3, 14), 1u);
  EXPECT_EQ(nearest_index(x.data(), 3, 16), 2u);
  EXPECT_EQ(nearest_index(x.data(), 3, 99), 2u);
  EXPECT_EQ(nearest_index(x.data(), 0, 1), 0u);
}

}  // namespace
}  // namespace lf::app::widgets
