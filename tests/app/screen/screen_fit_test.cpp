#include "app/screen/screen_fit.h"

#include <gtest/gtest.h>

#include <cmath>

namespace lf::app {
namespace {

constexpr WindowSize kScreen{1920, 1080};

TEST(ScreenFit, ScalesThatDisplaysHaveAreTaken) {
  for (const float scale : {1.0f, 1.25f, 1.5f, 2.0f})
    EXPECT_FLOAT_EQ(usable_scale(scale, scale, kScreen), scale);
  EXPECT_FLOAT_EQ(usable_scale(1.25f, 1.5f, kScreen), 1.5f);
  EXPECT_FLOAT_EQ(usable_scale(3, 3, {3840, 2160}), 3);
}

TEST(ScreenFit, NonsenseIsNoScale) {
  for (const float odd : {0.0f, -1.0f, 0.01f, 1041.7f, std::nanf(""), INFINITY, -INFINITY, 1e-30f})
    EXPECT_FLOAT_EQ(usable_scale(odd, odd, kScreen), 1) << odd;
  EXPECT_FLOAT_EQ(usable_scale(std::nanf(""), 2, kScreen), 2) << "one sound number of two is one";
}

TEST(ScreenFit, TheScreenHoldsAWindowWithRoom) {
  for (const WindowSize screen :
       {WindowSize{800, 600}, WindowSize{1024, 768}, WindowSize{640, 360}, WindowSize{320, 240}}) {
    const float scale = usable_scale(4, 4, screen);
    EXPECT_GE(scale, 1);
    if (scale > 1) {
      EXPECT_GE(static_cast<float>(screen.width) / scale, 640 - 0.01f);
      EXPECT_GE(static_cast<float>(screen.height) / scale, 400 - 0.01f);
    }
  }
  EXPECT_FLOAT_EQ(usable_scale(4, 4, {}), 4) << "an unknown screen limits nothing";
}

TEST(ScreenFit, TheWindowWithItsFrameStaysOnTheScreen) {
  const WindowSize wanted{1440, 900}, frame{2, 30};
  WindowSize size = fitted_window(wanted, 1.5f, kScreen, frame);
  EXPECT_EQ(size.width, 1918);
  EXPECT_EQ(size.height, 1050);
  size = fitted_window(wanted, 1, kScreen, frame);
  EXPECT_EQ(size.width, 1440);
  EXPECT_EQ(size.height, 900);
  size = fitted_window({16384, 16384}, 4, {}, {});
  EXPECT_EQ(size.width, 8192) << "nobody knows the screen";
  size = fitted_window(wanted, 1, {800, 600}, {900, 700});
  EXPECT_EQ(size.width, 1440) << "a frame larger than the screen says nothing";
}

TEST(ScreenFit, LargeWritingLeavesTheBarsInSight) {
  EXPECT_FLOAT_EQ(window_scale(3, {1920, 1200}), 3);
  EXPECT_FLOAT_EQ(window_scale(1.5f, {960, 600}), 1.5f);
  EXPECT_NEAR(window_scale(3, {960, 600}), 1.65f, 1e-5);
  EXPECT_NEAR(window_scale(12, {960, 600}), 1.65f, 1e-5);
  EXPECT_FLOAT_EQ(window_scale(1, {480, 360}), 1);
  EXPECT_FLOAT_EQ(window_scale(1, {100, 100}), 0.6f);
  EXPECT_FLOAT_EQ(window_scale(0.6f, {100, 100}), 0.6f);
  EXPECT_FLOAT_EQ(window_scale(2, {0, 0}), 2) << "while it is minimised";
}

}  // namespace
}  // namespace lf::app
