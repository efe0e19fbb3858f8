// The time grid's handles and its curve: dragging requests other steps.
#include <gtest/gtest.h>

#include <algorithm>

#include "fake_snapshots.h"
#include "headless_ui.h"

namespace lf::app::panels {
namespace {

class TimeGridPanel : public ::testing::Test {
 protected:
  TimeGridPanel() {
    window.view.page = "flow-lab";
    window.view.set("lab.tool", std::string("time-grid"));
    window.frames(snapshot);
  }
  /// Presses in the middle of a control, moves by (dx, dy) pixels and releases.
  void drag(const std::string& name, float dx, float dy) {
    const UiItem* item = window.ui.map.find(name);
    ASSERT_NE(item, nullptr) << name;
    ImGuiIO& io = ImGui::GetIO();
    io.MousePos = item->rect.center();
    window.frames(snapshot, 1);
    io.MouseDown[0] = true;
    window.frames(snapshot, 1);
    io.MousePos.x += dx, io.MousePos.y += dy;
    window.frames(snapshot, 2);
    io.MouseDown[0] = false;
    window.frames(snapshot, 1);
  }
  HeadlessUi window{1440, 900};
  Snapshot snapshot = fake_snapshot("lab-time-grid");
};

TEST_F(TimeGridPanel, AHandleThatIsDraggedAsksForItsTimes) {
  window.view.set("lab.time-grid.equalise", true);
  window.frames(snapshot);
  drag("lab.time-grid.handle.2", 40, 0);
  EXPECT_EQ(window.view.text("lab.time-grid.equalise", ""), "off") << "it is no longer the equalised grid";
  EXPECT_NE(window.sent.back().find("times=0.25,0.5"), std::string::npos) << window.sent.back();
  EXPECT_NE(window.sent.back().find(",0.75"), std::string::npos) << window.sent.back();
  drag("lab.time-grid.handle.1", 4000, 0);  // it cannot pass its neighbour
  const std::string times = window.view.text("lab.time-grid.times", "");
  EXPECT_EQ(std::count(times.begin(), times.end(), ','), 2) << times;
  EXPECT_LT(std::stod(times), std::stod(times.substr(times.find(',') + 1))) << times;
}

TEST_F(TimeGridPanel, TheCurveBendsAndEqualStepsPutItBack) {
  drag("lab.time-grid.warp", 0, 60);
  EXPECT_GT(std::stod(window.view.text("lab.time-grid.warp", "1")), 1.2);
  EXPECT_EQ(window.view.text("lab.time-grid.times", "x"), "");
  window.click(snapshot, "lab.time-grid.equal");
  EXPECT_EQ(window.view.text("lab.time-grid.warp", ""), "1");
  window.click(snapshot, "lab.time-grid.solver.heun");
  EXPECT_NE(window.sent.back().find("solver=heun"), std::string::npos) << window.sent.back();
}

TEST_F(TimeGridPanel, ANumberThatIsClickedTakesTheDigits) {
  window.click(snapshot, "lab.time-grid.steps");
  window.frames(snapshot, 3);
  ImGuiIO& io = ImGui::GetIO();
  EXPECT_TRUE(io.WantTextInput) << "digit keys would turn the page";
  io.AddInputCharacter('8');
  window.frames(snapshot, 2);
  window.press_enter(snapshot);
  EXPECT_EQ(window.view.text("lab.time-grid.steps", ""), "8");
}

TEST_F(TimeGridPanel, ANumberThatIsDraggedTurnsAndDoesNotType) {
  drag("lab.time-grid.steps", 40, 0);
  window.frames(snapshot, 2);
  EXPECT_FALSE(ImGui::GetIO().WantTextInput);
  EXPECT_NE(window.view.text("lab.time-grid.steps", ""), "");
}

}  // namespace
}  // namespace lf::app::panels
