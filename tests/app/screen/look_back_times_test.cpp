#include "app/screen/look_back_times.h"

#include <gtest/gtest.h>

namespace lf::app {
namespace {

TEST(LookBackTimes, KnownAndComputedMarksAreCountedApart) {
  LookBackTimes times;
  EXPECT_EQ(times.known_p95(), 0);
  times.asked(10, true, 1);
  times.shown(10, 1.02);
  times.asked(20, false, 2);
  times.shown(20, 2.2);
  EXPECT_NEAR(times.known_p95(), 20, 1e-6);
  EXPECT_NEAR(times.computed_p95(), 200, 1e-6);
}

TEST(LookBackTimes, AQuestionCountsFromItsFirstFrame) {
  LookBackTimes times;
  times.asked(10, false, 1);
  times.asked(10, true, 1.3);
  times.shown(10, 1.5);
  times.shown(10, 9);
  EXPECT_NEAR(times.computed_p95(), 500, 1e-6);
  EXPECT_EQ(times.known_p95(), 0);
}

TEST(LookBackTimes, WhatANewerQuestionReplacedAndTheWayBackAreNotCounted) {
  LookBackTimes times;
  times.asked(10, false, 1);
  times.asked(20, false, 2);
  times.shown(10, 3);
  EXPECT_EQ(times.computed_p95(), 0);
  times.asked(-1, true, 4);
  times.shown(-1, 5);
  EXPECT_EQ(times.known_p95(), 0);
}

}  // namespace
}  // namespace lf::app
