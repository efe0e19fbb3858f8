#include "base/axis.h"

#include <gtest/gtest.h>

#include <cmath>

namespace lf {
namespace {

TEST(AxisRange, ValueUndoesUnit) {
  for (const AxisRange range : {AxisRange{-2, 6, false}, AxisRange{0.01, 100, true}}) {
    for (double unit : {0.0, 0.2, 0.5, 1.0}) EXPECT_NEAR(range.unit(range.value(unit)), unit, 1e-9);
  }
}

TEST(AxisRange, ZoomKeepsWhatIsUnderTheMouse) {
  for (const AxisRange range : {AxisRange{0, 10, false}, AxisRange{1, 1000, true}}) {
    const double under = range.value(0.3);
    EXPECT_NEAR(range.zoomed(0.5, 0.3).value(0.3), under, 1e-9 * under);
    EXPECT_NEAR(range.moved(0.25).value(0.05), under, 1e-9 * under);
  }
}

TEST(NiceTicks, AreRoundAndInside) {
  for (double low : {0.0, 1.1, -37.0}) {
    for (double length : {0.003, 1.2, 950.0, 4e6}) {
      const auto ticks = nice_ticks({low, low + length, false}, 5);
      EXPECT_GE(ticks.size(), 3u) << low << " " << length;
      EXPECT_LE(ticks.size(), 9u) << low << " " << length;
      for (const Tick& tick : ticks) {
        EXPECT_GE(tick.value, low - 1e-6 * length);
        EXPECT_LE(tick.value, low + length * (1 + 1e-6));
      }
    }
  }
}

TEST(NiceTicks, LogAxisShowsPowersOfTen) {
  const auto ticks = nice_ticks({1, 10000, true}, 5);
  ASSERT_EQ(ticks.size(), 5u);
  EXPECT_DOUBLE_EQ(ticks[3].value, 1000);
}

TEST(PaddedRange, IsNeverEmpty) {
  EXPECT_GT(padded_range(3, 3, false).high, padded_range(3, 3, false).low);
  EXPECT_GT(padded_range(3, 3, true).high, padded_range(3, 3, true).low);
  EXPECT_GT(padded_range(0, 5, true).low, 0);
}

TEST(TicksApart, LeavesOutWhatWouldCoverTheLabelBefore) {
  const AxisRange range{50, 600, true};
  const auto ticks = nice_ticks(range, 4);
  ASSERT_GE(ticks.size(), 3u);
  EXPECT_EQ(ticks_apart(ticks, range, 0).size(), ticks.size());
  const auto few = ticks_apart(ticks, range, 0.4);
  EXPECT_EQ(few.front().label, ticks.front().label);
  EXPECT_LT(few.size(), ticks.size());
  for (size_t i = 1; i < few.size(); ++i)
    EXPECT_GE(range.unit(few[i].value) - range.unit(few[i - 1].value), 0.4);
  EXPECT_TRUE(ticks_apart({}, range, 0.4).empty());
}

TEST(NiceTicks, HaveLabelsAsOnTheScreen) {
  const auto linear = nice_ticks({0, 1404}, 5);
  EXPECT_EQ(linear.front().label, "0") << "no -0";
  EXPECT_EQ(linear.back().label, "1000");
  EXPECT_TRUE(nice_ticks({1, 1}, 4).empty());
}

}  // namespace
}  // namespace lf
