// One digit over t and the training.
#include "panels/explore/training_pad.h"

#include <gtest/gtest.h>

#include "fake_snapshots.h"
#include "headless_ui.h"

namespace lf::app::panels {
namespace {

class TrainingPad : public ::testing::Test {
 protected:
  void SetUp() override {
    snapshot = fake_snapshot("done");
    auto marks = std::make_shared<MarksBlock>(*snapshot.marks);
    for (size_t i = 0; i < marks->steps.size(); ++i)
      marks->flows.push_back(marks->drawn[i] != 0 ? snapshot.flow : nullptr),
          marks->reconstructions.push_back(nullptr);
    snapshot.marks = marks;
    window.view.set("explore.flow.pad", true);
    window.frames(snapshot);
    window.sent.clear();
  }
  const widgets::UiItem* pad() { return window.ui.map.find("pad.training"); }
  /// A click at this share of the cells' width and height.
  void click(float across, float down) {
    const Rect area = pad()->rect;
    ImGuiIO& io = ImGui::GetIO();
    io.MousePos = {area.x + 60 + across * (area.w - 90), area.y + 24 + down * (area.h - 60)};
    for (const bool pressed : {false, true, false}) {
      io.MouseDown[0] = pressed;
      window.frames(snapshot, 1);
    }
    io.MousePos = {-1000, -1000};
  }

  HeadlessUi window{1440, 900};
  Snapshot snapshot;
};

TEST_F(TrainingPad, IsOfferedWhereARunHasMarks) {
  EXPECT_NE(window.ui.map.find("explore.flow.pad"), nullptr);
  ASSERT_NE(pad(), nullptr);
  EXPECT_EQ(window.ui.map.find("grid.flow"), nullptr) << "it takes the place of the grid";
  snapshot = fake_snapshot("flow");
  window.frames(snapshot);
  EXPECT_EQ(pad(), nullptr);
  EXPECT_NE(window.ui.map.find("grid.flow"), nullptr);
}

TEST_F(TrainingPad, AClickChoosesBothTimes) {
  window.view.t = 1;
  click(0, 0);
  EXPECT_EQ(window.view.t, 0);
  ASSERT_FALSE(window.sent.empty());
  EXPECT_EQ(window.sent.back(), "view-step step=0");
  click(0.5f, 0.5f);
  EXPECT_NEAR(window.view.t, 0.5f, 0.1f);
  EXPECT_NE(window.sent.back(), "view-step step=0");
}

TEST_F(TrainingPad, TheChipAsksForAllMarks) {
  window.view.set("explore.flow.pad", false);
  window.frames(snapshot);
  window.click(snapshot, "explore.flow.pad");
  ASSERT_FALSE(window.sent.empty());
  EXPECT_EQ(window.sent.back(), "view-step") << "the worker draws the others ahead from then on";
}

TEST_F(TrainingPad, ItShowsTheSelectedDigitAndTheChosenKindOfImage) {
  const std::string before = window.cache.training_pad_key;
  window.view.selected = 3;
  window.frames(snapshot, 1);
  EXPECT_NE(window.cache.training_pad_key, before);
  const std::string states = window.cache.training_pad_key;
  window.view.set("explore.flow.heading", true);
  window.frames(snapshot, 1);
  EXPECT_NE(window.cache.training_pad_key, states);
  const std::string same = window.cache.training_pad_key;
  window.frames(snapshot, 2);
  EXPECT_EQ(window.cache.training_pad_key, same) << "nothing is uploaded twice";
}

}  // namespace
}  // namespace lf::app::panels
