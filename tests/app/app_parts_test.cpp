// The parts of the frame loop that need no window: pacing, statistics, user state, script, writer.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "app/screen/frame_stats.h"
#include "app/screen/pacing.h"
#include "app/script_runner.h"
#include "app/user_state.h"
#include "app/writer.h"
#include "base/errors.h"
#include "fake_snapshots.h"
#include "temporary_folder.h"

namespace lf::app {
namespace {

using testing::TemporaryFolder;

TEST(Pacing, TrainingOnTheProcessorLeavesItTheCores) {
  PacingState s;
  EXPECT_NEAR(1 / frame_interval(s), 60, 1e-9);
  s.software = true;
  EXPECT_NEAR(1 / frame_interval(s), 30, 1e-9);
  s.training = true;
  EXPECT_GE(1 / frame_interval(s), 20);
  EXPECT_LT(1 / frame_interval(s), 30);
}

TEST(Pacing, AMinimisedWindowIsHardlyDrawn) {
  PacingState s;
  s.software = s.hidden = s.moving = s.input = true;
  s.now = s.last_frame = 10;
  EXPECT_NEAR(seconds_to_sleep(s), 0.25, 1e-9);
}

TEST(Pacing, SleepsWhenNothingHappens) {
  PacingState s;
  s.now = 10;
  s.last_frame = 9;
  EXPECT_GT(seconds_to_sleep(s), 0.05);
  s.input = true;
  EXPECT_LE(seconds_to_sleep(s), 0);
  s.input = false;
  s.wake_at = 10.03;
  EXPECT_NEAR(seconds_to_sleep(s), 0.03, 1e-9);
}

TEST(FrameStats, LeavesTheFirstFrameOutAndForgetsAfterAMinute) {
  FrameStats stats;
  stats.frame(0, 0.5, 0.1);
  EXPECT_EQ(stats.milliseconds_max(), 0);
  stats.frame(1, 0.03, 0.02);
  for (int i = 0; i < 100; ++i) stats.frame(1.1 + 0.05 * i, 0.01, 0.008);
  EXPECT_NEAR(stats.milliseconds_max(), 30, 1e-6);
  EXPECT_NEAR(stats.milliseconds_median(), 10, 1e-6);
  EXPECT_NEAR(stats.own_milliseconds_median(), 2, 1e-6);
  EXPECT_NEAR(stats.fps(6.05), 20, 1);
  stats.frame(70, 0.01, 0.008);
  EXPECT_NEAR(stats.milliseconds_max(), 10, 1e-6);
}

TEST(UserState, ComesBackAsItWas) {
  const TemporaryFolder folder;
  UserState state;
  state.width = 1000;
  state.view.page = "log";
  state.view.theme = "light";
  state.view.font_scale = 1.25f;
  state.view.recent = {"a.safetensors"};
  state.view.set("explore.flow.heading", true);
  std::ofstream(user_state_path(folder.path().string())) << user_state_text(state);
  const UserState back = read_user_state(folder.path().string());
  EXPECT_EQ(user_state_text(back), user_state_text(state));
}

TEST(UserState, GarbageKeepsTheDefaults) {
  const TemporaryFolder folder;
  for (const char* garbage :
       {"", "{", "[1,2]", "{\"width\":\"wide\",\"switches\":7,\"font_scale\":99}", "\xff\xfe"}) {
    std::ofstream(user_state_path(folder.path().string())) << garbage;
    const UserState state = read_user_state(folder.path().string());
    EXPECT_EQ(state.width, 1440);
    EXPECT_LE(state.view.font_scale, 3);
  }
}

TEST(UserState, NumbersThatNoWindowHasKeepTheDefaults) {
  const UserState state = parse_user_state(
      R"({"width":1e300,"height":-1e300,"font_scale":1e39,"speed":1e999,"settings":99999999999})");
  EXPECT_EQ(state.width, 1440);
  EXPECT_EQ(state.height, 900);
  EXPECT_EQ(state.view.font_scale, 1);
  EXPECT_EQ(state.view.settings, -1);
  EXPECT_EQ(parse_user_state(R"({"width":1000.0,"settings":7})").width, 1000);
  EXPECT_EQ(parse_user_state(R"({"settings":7})").view.settings, 1);
}

class ScriptTest : public ::testing::Test {
 protected:
  ScriptRunner runner(const std::string& text) {
    ScriptRunner::Hands hands;
    hands.send = [this](Command c) { done.push_back(format_command(c)); };
    hands.screenshot = [this](const std::string& path) { done.push_back("picture " + path); };
    hands.complain = [this](const std::string& what) { done.push_back(what); };
    return ScriptRunner(parse_script(text, "test"), hands);
  }
  std::vector<std::string> done;
  panels::ViewState view;
};

TEST_F(ScriptTest, MovesTheViewAtOnce) {
  ScriptRunner script = runner("t 0.25\nspeed 2\ntheme light\nview explore.flow.heading on\nselect 7\n");
  script.advance(fake_snapshot("flow"), true, 0, view);
  EXPECT_TRUE(script.done());
  EXPECT_FLOAT_EQ(view.t, 0.25f);
  EXPECT_FALSE(view.playing);
  EXPECT_EQ(view.theme, "light");
  EXPECT_TRUE(view.on("explore.flow.heading", false));
  EXPECT_EQ(view.selected, 7);
}

TEST_F(ScriptTest, WaitsAreNotJudgedByWhatWasBeforeTheCommand) {
  ScriptRunner script = runner("pause\nwait flow.step>=100\nstep\n");
  script.advance(fake_snapshot("flow"), true, 0, view);
  EXPECT_EQ(done, std::vector<std::string>{"pause"});
  script.advance(fake_snapshot("flow"), false, 0.1, view);
  EXPECT_EQ(done.size(), 1u);
  script.advance(fake_snapshot("flow"), true, 0.2, view);
  EXPECT_EQ(done.back(), "step");
}

TEST_F(ScriptTest, AScreenshotShowsTheFrameAfterTheLinesBefore) {
  ScriptRunner script = runner("t 1\nscreenshot a.png\nt 0\n");
  script.advance(fake_snapshot("flow"), true, 0, view);
  EXPECT_FLOAT_EQ(view.t, 1);
  script.advance(fake_snapshot("flow"), true, 0.1, view);
  EXPECT_FLOAT_EQ(view.t, 0);
}

TEST_F(ScriptTest, AnUnknownPageIsNamedWithTheKnown) {
  ScriptRunner script = runner("page nowhere\n");
  script.advance(fake_snapshot("flow"), true, 0, view);
  ASSERT_EQ(done.size(), 1u);
  EXPECT_NE(done[0].find("explore"), std::string::npos);
}

TEST(Writer, WritesTheLastOfSeveralAndSaysWhatFailed) {
  const TemporaryFolder folder;
  Writer writer;
  const std::string path = (folder.path() / "deep" / "map.json").string();
  for (int i = 0; i < 50; ++i) writer.text(path, std::to_string(i), false);
  writer.flush();
  std::string text;
  std::ifstream(path) >> text;
  EXPECT_EQ(text, "49");
  EXPECT_EQ(writer.take_error(), "");
  writer.text((folder.path() / "deep" / "map.json" / "x").string(), "never", true);
  writer.flush();
  EXPECT_FALSE(writer.take_error().empty());
}

}  // namespace
}  // namespace lf::app
