// t: position, playing, stepping.
#include "panels/preview_time.h"

#include <gtest/gtest.h>

#include "fake_snapshots.h"

namespace lf::app::panels {
namespace {

FlowBlock four_steps() {
  FlowBlock flow;
  flow.t = {0, 0.25f, 0.5f, 0.75f, 1};
  return flow;
}

TEST(NearestState, IsTheNearest) {
  EXPECT_EQ(nearest_state(four_steps(), 0.36f), 1);
  EXPECT_EQ(nearest_state(four_steps(), 0.39f), 2);
  EXPECT_EQ(nearest_state(four_steps(), 1), 4);
  EXPECT_EQ(nearest_state(FlowBlock{}, 0.5f), 0);
}

TEST(FractionalState, InterpolatesBetweenStates) {
  EXPECT_FLOAT_EQ(fractional_state(four_steps(), 0), 0);
  EXPECT_FLOAT_EQ(fractional_state(four_steps(), 0.375f), 1.5f);
  EXPECT_FLOAT_EQ(fractional_state(four_steps(), 1), 4);
}

TEST(StepT, StopsAtTheEnds) {
  ViewState view;
  view.t = 0.9f;
  step_t(four_steps(), view, 1);
  EXPECT_FLOAT_EQ(view.t, 1);
  EXPECT_FALSE(view.playing);
  step_t(four_steps(), view, -1);
  EXPECT_FLOAT_EQ(view.t, 0.75f);
}

TEST(AdvanceT, HoldsAtTheEndThenLoops) {
  ViewState view;
  view.speed = 1;
  for (int i = 0; i < 21; ++i) advance_t(view, 0.1);
  EXPECT_FLOAT_EQ(view.t, 1);
  for (int i = 0; i < 10; ++i) advance_t(view, 0.1);
  EXPECT_LT(view.t, 0.6f);
  EXPECT_TRUE(view.playing);
}

TEST(AdvanceT, WaitsForTheFirstGeneratedDigits) {
  ViewState view;
  EXPECT_FALSE(t_plays(fake_snapshot("growing"), view));
  EXPECT_TRUE(t_plays(fake_snapshot("flow"), view));
  view.playing = false;
  EXPECT_FALSE(t_plays(fake_snapshot("flow"), view));
}

TEST(AdvanceT, EndsWithoutLoop) {
  ViewState view;
  view.loop = false;
  view.speed = 4;
  for (int i = 0; i < 20; ++i) advance_t(view, 0.1);
  EXPECT_FLOAT_EQ(view.t, 1);
  EXPECT_FALSE(view.playing);
}

}  // namespace
}  // namespace lf::app::panels
