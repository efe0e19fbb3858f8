// What a click sends.
#include <gtest/gtest.h>

#include "fake_snapshots.h"
#include "headless_ui.h"
#include "panels/actions.h"

namespace lf {
namespace {

/// The commands sent by a click on `name` in this state.
std::vector<std::string> after_click(const std::string& state, const std::string& name) {
  HeadlessUi window(1440, 900);
  const Snapshot snapshot = fake_snapshot(state);
  window.frames(snapshot);
  window.click(snapshot, name);
  return window.sent;
}

std::string shown_train(const std::string& state) {
  HeadlessUi window(1440, 900);
  window.frames(fake_snapshot(state));
  return window.ui.map.find("train")->label;
}

TEST(TrainButton, IsNamedByWhatItWillDo) {
  EXPECT_EQ(shown_train("idle-shipped"), "Train");
  EXPECT_EQ(shown_train("flow"), "Pause");
  EXPECT_EQ(shown_train("paused"), "Resume");
  EXPECT_EQ(shown_train("done"), "Train longer");
}

TEST(TrainButton, SendsWhatItIsNamed) {
  EXPECT_EQ(after_click("idle-shipped", "train"), std::vector<std::string>{format_command(TrainCommand{})});
  EXPECT_EQ(after_click("flow", "train"), std::vector<std::string>{"pause"});
  EXPECT_EQ(after_click("paused", "train"), std::vector<std::string>{format_command(ResumeCommand{})});
}

TEST(TrainButton, IsDisabledWhileTheCoreIsLoaded) {
  EXPECT_TRUE(after_click("loading", "train").empty());
  EXPECT_FALSE(train_action(*fake_snapshot("loading").run).disabled.empty());
}

TEST(StepButton, SaysWhyItIsDisabledWhileTraining) {
  EXPECT_TRUE(after_click("flow", "step").empty());
  EXPECT_EQ(after_click("paused", "step"), std::vector<std::string>{"step"});
}

TEST(ResetButton, Resets) { EXPECT_EQ(after_click("paused", "reset"), std::vector<std::string>{"reset"}); }

TEST(Chips, SwitchTheView) {
  HeadlessUi window(1440, 900);
  const Snapshot snapshot = fake_snapshot("flow");
  window.frames(snapshot);
  window.click(snapshot, "explore.flow.heading");
  EXPECT_TRUE(window.view.on("explore.flow.heading", false));
  window.click(snapshot, "explore.flow.now");
  EXPECT_FALSE(window.view.on("explore.flow.heading", false));
  EXPECT_TRUE(window.sent.empty());
}

TEST(Track, AClickSetsTAndStopsPlaying) {
  HeadlessUi window(1440, 900);
  window.view.playing = true;
  const Snapshot snapshot = fake_snapshot("flow");
  window.frames(snapshot);
  window.click(snapshot, "t");
  EXPECT_NEAR(window.view.t, 0.5f, 0.01f);
  EXPECT_FALSE(window.view.playing);
  EXPECT_EQ(window.ui.map.find("t")->value, "0.500");
}

TEST(NumberField, OneThatWentFromSightTakesNoKeysWhenItIsBack) {
  HeadlessUi window(1440, 900);
  window.view.settings = 1;
  const Snapshot snapshot = fake_snapshot("paused");
  window.frames(snapshot);
  window.click(snapshot, "font");  // from the next frame on it would be typed into
  window.view.settings = 0;
  window.frames(snapshot);
  window.view.settings = 1;
  window.frames(snapshot);
  EXPECT_FALSE(ImGui::GetIO().WantTextInput);
}

TEST(Banner, AnErrorStaysUntilDismissed) {
  HeadlessUi window(1440, 900);
  const Snapshot snapshot = fake_snapshot("failed");
  window.frames(snapshot);
  ASSERT_NE(window.ui.map.find("error"), nullptr);
  window.click(snapshot, "error.dismiss");
  window.frames(snapshot);
  EXPECT_EQ(window.ui.map.find("error"), nullptr);
}

TEST(Tabs, ChangeThePage) {
  HeadlessUi window(1440, 900);
  const Snapshot snapshot = fake_snapshot("flow");
  window.frames(snapshot);
  window.click(snapshot, "page.log");
  EXPECT_EQ(window.view.page, "log");
}

}  // namespace
}  // namespace lf
