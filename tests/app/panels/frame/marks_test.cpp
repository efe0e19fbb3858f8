// The track of training steps.
#include "panels/frame/marks.h"

#include <gtest/gtest.h>

#include "fake_snapshots.h"
#include "headless_ui.h"

namespace lf::app::panels {
namespace {

class MarksRow : public ::testing::Test {
 protected:
  void show(const std::string& state) {
    snapshot = fake_snapshot(state);
    window.frames(snapshot);
    window.sent.clear();
  }
  const widgets::UiItem* item(const std::string& name) { return window.ui.map.find(name); }
  /// Presses at this share of the track, moves on to the others and lets go.
  void drag(const std::vector<float>& shares) {
    const Rect track = item("marks")->rect;
    ImGuiIO& io = ImGui::GetIO();
    for (const float share : shares) {
      io.MousePos = {track.x + share * track.w, track.center().y};
      window.frames(snapshot, 1);
      io.MouseDown[0] = true;
      window.frames(snapshot, 1);
    }
    io.MouseDown[0] = false;
    io.MousePos = {-1000, -1000};
    window.frames(snapshot, 1);
  }

  HeadlessUi window{1440, 900};
  Snapshot snapshot;
};

TEST_F(MarksRow, IsThereOnceARunHasMarks) {
  show("flow");
  EXPECT_EQ(item("marks"), nullptr);
  show("done");
  ASSERT_NE(item("marks"), nullptr);
  ASSERT_NE(item("marks.now"), nullptr);
  EXPECT_EQ(item("marks")->value, "now");
  show("paused");
  EXPECT_EQ(item("marks")->value, "144");
}

TEST_F(MarksRow, ADragAsksForEveryMarkOnceAndForThePresentAtTheEnd) {
  show("done");
  ASSERT_NE(item("marks"), nullptr);
  drag({0, 0.001f, 0.5f, 1});
  const std::vector<int64_t>& steps = snapshot.marks->steps;
  ASSERT_EQ(window.sent.size(), 3u);
  EXPECT_EQ(window.sent[0], "view-step step=0");
  EXPECT_EQ(window.sent[1], format_command(ViewStepCommand{steps[steps.size() / 2]}));
  EXPECT_EQ(window.sent[2], "view-step");
}

TEST_F(MarksRow, TheChipLeadsBack) {
  show("paused");
  window.click(snapshot, "marks.now");
  ASSERT_EQ(window.sent.size(), 1u);
  EXPECT_EQ(window.sent[0], "view-step");
}

TEST_F(MarksRow, TheAnimationHasThePreviewsNoiseAndSampler) {
  show("paused");
  window.click(snapshot, "marks.gif");
  ASSERT_EQ(window.sent.size(), 1u);
  const auto command = std::get<TimeLapseCommand>(parse_command(window.sent[0]).what);
  EXPECT_EQ(command.seed, static_cast<uint64_t>(snapshot.flow->seed));
  EXPECT_EQ(command.solver, snapshot.flow->solver);
  EXPECT_NE(command.out.find("training.gif"), std::string::npos);
}

TEST_F(MarksRow, KeysGoFromMarkToMark) {
  show("paused");  // at 144
  window.frame(snapshot, [](const PanelContext& c) { step_mark(c, 1); });
  EXPECT_EQ(window.sent.back(), "view-step step=169");
  window.frame(snapshot, [](const PanelContext& c) { step_mark(c, -100); });
  EXPECT_EQ(window.sent.back(), "view-step step=0");
  window.frame(snapshot, [](const PanelContext& c) { step_mark(c, 100); });
  EXPECT_EQ(window.sent.back(), "view-step");
}

TEST_F(MarksRow, AClickOnTheLossCurveShowsThatStep) {
  show("done");
  PlotState plot;
  plot.hover_x = 150;
  window.frame(snapshot, [&](const PanelContext& c) { choose_step_by_click(c, plot); });
  EXPECT_TRUE(window.sent.empty()) << "the mouse only passes";
  plot.clicked = true;
  window.frame(snapshot, [&](const PanelContext& c) { choose_step_by_click(c, plot); });
  ASSERT_EQ(window.sent.size(), 1u);
  EXPECT_EQ(window.sent[0], "view-step step=144");
}

TEST_F(MarksRow, AKnownStepIsShownInTheFrameThatAsksForIt) {
  show("done");
  auto marks = std::make_shared<MarksBlock>(*snapshot.marks);
  auto past = std::make_shared<FlowBlock>(*snapshot.flow);
  past->trained_step = 9, past->version = 99;
  marks->flows.resize(marks->steps.size());
  marks->reconstructions.resize(marks->steps.size());
  marks->flows[3] = past;
  snapshot.marks = marks;
  window.view.step_asked = 9;
  EXPECT_EQ(looking_back(snapshot, window.view).flow, past);
  EXPECT_EQ(looking_back(snapshot, window.view).reconstruction, snapshot.reconstruction) << "not known yet";
  EXPECT_TRUE(step_shown(snapshot, window.view));
  window.view.step_asked = 16;
  EXPECT_EQ(looking_back(snapshot, window.view).flow, snapshot.flow);
  EXPECT_FALSE(step_shown(snapshot, window.view));
  window.view.step_asked = -1;
  EXPECT_EQ(looking_back(snapshot, window.view).flow, snapshot.flow);
}

TEST_F(MarksRow, TheShownStepIsALineInThePlot) {
  show("paused");
  PlotSpec plot;
  window.frame(snapshot, [&](const PanelContext& c) { add_shown_step(c, plot); });
  ASSERT_EQ(plot.marks.size(), 1u);
  EXPECT_EQ(plot.marks[0].x, 144);
  show("done");
  plot.marks.clear();
  window.frame(snapshot, [&](const PanelContext& c) { add_shown_step(c, plot); });
  EXPECT_TRUE(plot.marks.empty());
}

}  // namespace
}  // namespace lf::app::panels
