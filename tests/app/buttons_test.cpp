// The commands of each button.
#include <gtest/gtest.h>

#include "fake_snapshots.h"
#include "headless_ui.h"
#include "panels/actions.h"

namespace lf::app {
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
  EXPECT_FALSE(panels::train_action(*fake_snapshot("loading").run).disabled.empty());
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

/// Opens the field of the font scale and types `text`.
void type_font_scale(HeadlessUi& window, const Snapshot& snapshot, const char* text) {
  window.view.settings = 1;
  window.frames(snapshot);
  window.click(snapshot, "font");
  window.frames(snapshot);
  ImGui::GetIO().AddInputCharactersUTF8(text);
  window.frames(snapshot);
}

TEST(NumberField, GoingElsewhereKeepsWhatWasTyped) {
  HeadlessUi window(1440, 900);
  const Snapshot snapshot = fake_snapshot("paused");
  type_font_scale(window, snapshot, "1.5");
  EXPECT_EQ(window.view.font_scale, 1) << "not while it is being typed";
  window.click(snapshot, "page.log");
  window.frames(snapshot);
  EXPECT_FLOAT_EQ(window.view.font_scale, 1.5f);
  EXPECT_EQ(window.ui.map.find("font.held_back"), nullptr);
}

TEST(NumberField, SaysWhenANumberWentTooFar) {
  HeadlessUi window(1440, 900);
  const Snapshot snapshot = fake_snapshot("paused");
  type_font_scale(window, snapshot, "9");
  window.click(snapshot, "page.log");
  window.frames(snapshot);
  EXPECT_FLOAT_EQ(window.view.font_scale, 3);
  ASSERT_NE(window.ui.map.find("font.held_back"), nullptr);
  EXPECT_EQ(window.ui.map.find("font.held_back")->value, "3 is the highest");
  window.frames(snapshot, 40);
  EXPECT_EQ(window.ui.map.find("font.held_back"), nullptr) << "for a moment";
}

TEST(TextField, APathIsTakenWhenOneGoesElsewhere) {
  HeadlessUi window(1440, 2400);
  window.view.settings = 1;
  const Snapshot snapshot = fake_snapshot("paused");
  window.frames(snapshot);
  window.click(snapshot, "setting.autoencoder");
  ImGui::GetIO().AddInputCharactersUTF8("vae.safetensors");
  window.frames(snapshot);
  EXPECT_TRUE(window.sent.empty()) << "half a path is no file";
  window.click(snapshot, "page.log");
  ASSERT_EQ(window.sent.size(), 1u);
  EXPECT_EQ(window.sent[0], "set autoencoder vae.safetensors");
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
}  // namespace lf::app
