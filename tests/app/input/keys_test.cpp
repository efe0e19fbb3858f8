// The window's own shortcuts.
#include "app/input/keys.h"

#include <GLFW/glfw3.h>
#include <gtest/gtest.h>

#include "fake_snapshots.h"
#include "headless_ui.h"

namespace lf::app {
namespace {

class KeysTest : public ::testing::Test {
 protected:
  /// True if the window should close.
  bool obey(const Input& input) {
    bool quit = false;
    ui.frame(snapshot, [&](const panels::PanelContext& c) { quit = obey_keys(c, input); });
    return quit;
  }
  bool press(KeyPress key) {
    Input input;
    input.keys.push_back(key);
    return obey(input);
  }
  void type(unsigned code) {
    Input input;
    input.characters.push_back(code);
    obey(input);
  }
  Snapshot snapshot = fake_snapshot("flow");
  HeadlessUi ui{1440, 900};
};

TEST_F(KeysTest, CtrlWithALetterAndNothingElseOfIt) {
  EXPECT_TRUE(press({GLFW_KEY_Q, true}));
  EXPECT_FALSE(press({GLFW_KEY_A, true}));
  EXPECT_FALSE(press({GLFW_KEY_UNKNOWN, true}));
  EXPECT_FALSE(press({GLFW_KEY_Q, false}));
}

TEST_F(KeysTest, CtrlCAndCtrlVPassTheViewOn) {
  ui.view.page = "quality";
  ui.view.t = 0.5f;
  press({GLFW_KEY_C, true});
  EXPECT_EQ(std::string(ImGui::GetClipboardText()).rfind("view page=quality t=0.5", 0), 0u);
  EXPECT_FALSE(ui.view.notice_warns);
  ui.view.page = "log";
  ui.view.t = 0;
  press({GLFW_KEY_V, true});
  EXPECT_EQ(ui.view.page, "quality");
  EXPECT_FLOAT_EQ(ui.view.t, 0.5f);
}

TEST_F(KeysTest, KeysWithAltOrSuperBelongToOthers) {
  KeyPress key{GLFW_KEY_R};
  key.other = true;
  press(key);
  key = {GLFW_KEY_Q, true};
  key.other = true;
  EXPECT_FALSE(press(key));
  EXPECT_TRUE(ui.sent.empty());
}

TEST_F(KeysTest, ShiftWithArrowsMovesThroughTheTrainingAndEndReturns) {
  KeyPress back{GLFW_KEY_LEFT};
  back.shift = true;
  press(back);
  EXPECT_TRUE(ui.sent.empty()) << "this run has no marks";
  snapshot = fake_snapshot("done");
  const int64_t last = snapshot.marks->steps.back();
  press(back);
  ASSERT_EQ(ui.sent.size(), 1u);
  EXPECT_EQ(ui.sent[0], format_command(ViewStepCommand{last}));
  press({GLFW_KEY_END});
  EXPECT_EQ(ui.sent.back(), "view-step");
  const float t = ui.view.t;
  press({GLFW_KEY_RIGHT});
  EXPECT_GT(ui.view.t, t) << "without Shift the arrows move t";
}

TEST_F(KeysTest, PagesFollowTheDigitThatIsWritten) {
  type('2');
  EXPECT_EQ(ui.view.page, "flow-lab");
  type('1');
  EXPECT_EQ(ui.view.page, "explore");
}

TEST_F(KeysTest, WhereDigitsNeedShiftTheirRowTurnsPagesToo) {
  KeyPress e_acute{GLFW_KEY_2};
  press(e_acute);
  EXPECT_EQ(ui.view.page, "flow-lab");
}

TEST_F(KeysTest, AMinusThatLiesAmongTheDigitsTurnsNoPage) {
  KeyPress minus{GLFW_KEY_6};
  minus.symbol = '-';
  Input input;
  input.keys.push_back(minus);
  input.characters.push_back('-');
  obey(input);
  EXPECT_EQ(ui.view.page, "explore");
  EXPECT_LT(ui.view.font_scale, 1);
  KeyPress plus{GLFW_KEY_1};
  plus.symbol = '+';
  press(plus);
  EXPECT_EQ(ui.view.page, "explore");
}

}  // namespace
}  // namespace lf::app
