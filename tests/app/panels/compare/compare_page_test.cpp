// The page of a comparison, clicked through.
#include "panels/compare/compare_page.h"

#include <gtest/gtest.h>

#include "fake_snapshots.h"
#include "headless_ui.h"

namespace lf::app::panels {
namespace {

class ComparePage : public ::testing::Test {
 protected:
  void show(const std::string& state) {
    snapshot = fake_snapshot(state);
    window.view.page = "compare";
    window.frames(snapshot);
  }
  const widgets::UiItem* item(const std::string& name) { return window.ui.map.find(name); }
  void click(const std::string& name) {
    ASSERT_NE(item(name), nullptr) << name;
    window.sent.clear();
    window.click(snapshot, name);
    window.frames(snapshot, 2);
  }

  HeadlessUi window{1440, 1100};
  Snapshot snapshot;
};

TEST_F(ComparePage, WithoutRunsItLeadsToThem) {
  show("done");
  click("compare.choose");
  EXPECT_EQ(window.view.page, "runs");
}

TEST_F(ComparePage, EveryModelHasItsPlace) {
  show("compared");
  for (const char* name : {"compare.grid.0", "compare.grid.1", "compare.grid.2", "plot.runs", "map.compare"})
    EXPECT_NE(item(name), nullptr) << name;
  EXPECT_EQ(item("compare.grid.2")->value, "unreadable");
  click("compare.remove.2");
  const auto& runs = snapshot.runs->runs;
  ASSERT_EQ(window.sent.size(), 1u);
  EXPECT_EQ(window.sent[0], format_command(CompareRunsCommand{runs[0].folder, runs[1].folder}));
}

TEST_F(ComparePage, TwoModelsShareAGridInThreeModes) {
  show("compared");
  for (const std::string mode : {"wipe", "blink", "difference"}) {
    click("compare.mode." + mode);
    ASSERT_NE(item("compare.grid"), nullptr) << mode;
    EXPECT_EQ(item("compare.grid")->value, mode);
  }
  EXPECT_NE(item("compare.legend"), nullptr);
  click("compare.other.2");
  EXPECT_EQ(item("compare.grid")->value, "empty") << "the third model cannot be read";
}

TEST_F(ComparePage, TheDividerFollowsTheMouse) {
  show("compared");
  click("compare.mode.wipe");
  const Rect grid = item("compare.grid")->rect;
  ImGuiIO& io = ImGui::GetIO();
  io.MousePos = {grid.center().x + 30, grid.center().y + 30};  // not between two digits
  window.frames(snapshot, 1);
  io.MouseDown[0] = true;
  window.frames(snapshot, 2);
  io.MouseDown[0] = false;
  window.frames(snapshot, 1);
  EXPECT_NE(window.view.text("compare.wipe", ""), "");
}

TEST_F(ComparePage, TablesAreChosenByChips) {
  show("compared");
  click("compare.view.settings");
  ASSERT_NE(item("compare.setting.flow.lr"), nullptr);
  click("compare.view.classes");
  ASSERT_NE(item("compare.class.8"), nullptr);
  EXPECT_EQ(item("compare.class.8")->value, "90.0 %, 80.0 %");
  click("compare.view.weights");
  click("compare.view.divergence");
  snapshot.run = [&] {
    auto run = std::make_shared<RunBlock>(*snapshot.run);
    run->running = false;
    return run;
  }();
  window.frames(snapshot, 2);
  click("compare.narrow");
  ASSERT_EQ(window.sent.size(), 1u);
  EXPECT_NE(window.sent[0].find("compare "), std::string::npos);
  EXPECT_NE(window.sent[0].find("narrow=on"), std::string::npos);
}

}  // namespace
}  // namespace lf::app::panels
