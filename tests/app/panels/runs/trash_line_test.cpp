#include "panels/runs/trash_line.h"

#include <gtest/gtest.h>

#include "fake_snapshots.h"
#include "headless_ui.h"

namespace lf::app::panels {
namespace {

class TrashLineTest : public ::testing::Test {
 protected:
  TrashLineTest() {
    auto runs = std::make_shared<RunsBlock>(*snapshot.runs);
    runs->trash = {{"runs/.trash/2/b", "b", 2'000'000}, {"runs/.trash/1/a", "a", 1'000'000}};
    runs->last_deleted = "runs/.trash/2/b";
    snapshot.runs = runs;
    window.view.page = "runs";
    window.frames(snapshot);
  }
  void click(const std::string& name) {
    ASSERT_NE(window.ui.map.find(name), nullptr) << name;
    window.sent.clear();
    window.click(snapshot, name);
    window.frames(snapshot, 1);
  }
  std::string sent() const { return window.sent.empty() ? "" : window.sent.back(); }

  HeadlessUi window{1440, 1100};
  Snapshot snapshot = fake_snapshot("idle-shipped");
};

TEST_F(TrashLineTest, TheLastDeletedRunIsRestoredByOneClick) {
  click("undo_delete.action");
  EXPECT_EQ(sent(), "restore-run runs/.trash/2/b");
  EXPECT_EQ(window.ui.map.find("undo_delete"), nullptr) << "it is offered once";
}

TEST_F(TrashLineTest, EveryOtherIsInAList) {
  EXPECT_EQ(window.ui.map.find("runs.trash")->value, "trash: 2 runs, 3.0 MB");
  click("runs.restore");
  click("runs.restore.1");
  EXPECT_EQ(sent(), "restore-run runs/.trash/1/a");
}

TEST_F(TrashLineTest, EmptyingAsksFirst) {
  click("runs.empty_trash");
  EXPECT_EQ(sent(), "");
  click("runs.trash.keep");
  EXPECT_EQ(sent(), "");
  click("runs.empty_trash");
  click("runs.trash.confirm");
  EXPECT_EQ(sent(), "empty-trash");
  EXPECT_NE(window.ui.map.find("runs.empty_trash"), nullptr);
}

TEST_F(TrashLineTest, AnEmptyTrashTakesNoRoom) {
  EXPECT_EQ(trash_line_height(RunsBlock()), 0);
  EXPECT_GT(trash_line_height(*snapshot.runs), 0);
  std::string text;
  EXPECT_FALSE(undo_notice(fake_snapshot("idle-shipped"), window.view, text));
}

}  // namespace
}  // namespace lf::app::panels
