#include "panels/runs/run_editor.h"

#include <gtest/gtest.h>

#include "fake_snapshots.h"
#include "headless_ui.h"

namespace lf::app::panels {
namespace {

class RunEditorTest : public ::testing::Test {
 protected:
  RunEditorTest() {
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
  const RunSummary& run() const { return snapshot.runs->runs[3]; }

  HeadlessUi window{1440, 1100};
  Snapshot snapshot = fake_snapshot("idle-shipped");
};

TEST_F(RunEditorTest, OnlyWhatWasTypedIsStored) {
  click("runs.details.3");
  EXPECT_EQ(window.ui.map.find("runs.label.name.3")->value, "lower learning rate");
  EXPECT_FALSE(window.ui.map.find("runs.label.save.3")->enabled) << "nothing was changed";
  window.view.drafts["runs.label.tags"] = "paper";
  window.view.drafts["runs.label.note"] = "";
  window.frames(snapshot, 1);
  click("runs.label.save.3");
  EXPECT_EQ(sent(), format_command(LabelRunCommand{run().folder, "", "", "paper", "", "note"}));
  EXPECT_FALSE(edits_run(window.view, run())) << "it closes";
}

TEST_F(RunEditorTest, ATextBeyondTheLimitsSaysWhyItIsNotStored) {
  click("runs.details.3");
  window.view.drafts["runs.label.name"] = std::string(300, 'x');
  window.frames(snapshot, 1);
  EXPECT_FALSE(window.ui.map.find("runs.label.save.3")->enabled);
  EXPECT_NE(window.ui.map.find("runs.label.save.3")->reason.find("longer than"), std::string::npos);
  click("runs.label.close.3");
  EXPECT_EQ(sent(), "");
  click("runs.details.3");
  EXPECT_EQ(window.ui.map.find("runs.label.name.3")->value, "lower learning rate")
      << "typed text is discarded";
}

TEST_F(RunEditorTest, AnUnreadableLabelIsSaidInItsRow) {
  auto runs = std::make_shared<RunsBlock>(*snapshot.runs);
  runs->runs[3].label = {};
  runs->runs[3].label_problem = "a/label.json: it is not a JSON object";
  snapshot.runs = runs;
  click("runs.details.3");
  EXPECT_EQ(window.ui.map.find("runs.row.3")->tooltip, run().label_problem);
  EXPECT_EQ(window.ui.map.find("runs.disk.3")->value, run().label_problem);
}

TEST_F(RunEditorTest, StarAndMarksAreOneClick) {
  click("runs.star.3");
  EXPECT_EQ(sent(), format_command(LabelRunCommand{run().folder, "", "", "", "off", ""}));
  click("runs.star.0");
  EXPECT_EQ(sent(), format_command(LabelRunCommand{snapshot.runs->runs[0].folder, "", "", "", "on", ""}));
  click("runs.details.3");
  EXPECT_NE(window.ui.map.find("runs.disk.3")->value.find("31 marks"), std::string::npos);
  click("runs.thin.3");
  EXPECT_EQ(sent(), format_command(ThinMarksCommand{run().folder}));
}

TEST(RunEditorLayout, ItFitsIntoNarrowWindows) {
  HeadlessUi narrow(640, 700);
  const Snapshot snapshot = fake_snapshot("idle-shipped");
  narrow.view.page = "runs";
  toggle_run_editor(narrow.view, snapshot.runs->runs[0]);
  narrow.frames(snapshot);
  for (const char* field : {"name", "tags", "note"}) {
    const auto* item = narrow.ui.map.find(std::string("runs.label.") + field + ".0");
    ASSERT_NE(item, nullptr) << field;
    EXPECT_LE(item->rect.right(), 640) << field;
    EXPECT_GE(item->rect.w, 180) << field;
  }
}

}  // namespace
}  // namespace lf::app::panels
