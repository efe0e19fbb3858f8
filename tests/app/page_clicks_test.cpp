// The controls of the pages and their effects.
#include <gtest/gtest.h>

#include <algorithm>

#include "fake_snapshots.h"
#include "headless_ui.h"
#include "panels/files/files_panel.h"
#include "panels/help/tour.h"

namespace lf::app {
namespace {

/// A large window on one page, in one state.
class PageClicks : public ::testing::Test {
 protected:
  void show(const std::string& page, const std::string& state) {
    snapshot = fake_snapshot(state);
    window.view.page = page;
    window.frames(snapshot);
  }
  void click(const std::string& name) {
    ASSERT_NE(window.ui.map.find(name), nullptr) << name;
    window.sent.clear();
    window.click(snapshot, name);
  }
  const widgets::UiItem& item(const std::string& name) {
    static const widgets::UiItem missing;
    const widgets::UiItem* found = window.ui.map.find(name);
    EXPECT_NE(found, nullptr) << name;
    return found == nullptr ? missing : *found;
  }
  std::string sent() const {
    std::string all;
    for (const std::string& line : window.sent) all += (all.empty() ? "" : "; ") + line;
    return all;
  }

  HeadlessUi window{1440, 1100};
  Snapshot snapshot;
};

TEST_F(PageClicks, TrainingStartsLengthensAndSaves) {
  show("training", "done");
  click("training.longer");
  EXPECT_EQ(sent(), format_command(ResumeCommand{}));
  click("training.new");
  EXPECT_NE(sent().find("train"), std::string::npos);
  click("training.save");
  EXPECT_TRUE(window.view.files);
  EXPECT_TRUE(window.view.saving_as);
}

TEST_F(PageClicks, TrainLongerSaysWhyNot) {
  show("training", "flow");
  EXPECT_FALSE(item("training.longer").enabled);
  EXPECT_NE(item("training.longer").reason, "");
  click("training.longer");
  EXPECT_EQ(sent(), "");
}

TEST_F(PageClicks, LossChipsChangeTheView) {
  show("training", "flow");
  click("training.flow.log");
  EXPECT_FALSE(window.view.on("training.flow.log", true));
  click("training.autoencoder.time");
  EXPECT_TRUE(window.view.on("training.autoencoder.time", false));
}

TEST_F(PageClicks, ReconstructionsFilterAndTurnPages) {
  show("reconstructions", "flow");
  click("reconstructions.order");
  EXPECT_EQ(sent(), "inspect split=test order=worst digit=all offset=0 count=60");
  click("reconstructions.next");
  EXPECT_EQ(sent(), "inspect split=test order=first digit=all offset=60 count=60");
  click("reconstructions.split.train");
  EXPECT_EQ(sent(), "inspect split=train order=first digit=all offset=0 count=60");
  EXPECT_FALSE(item("reconstructions.previous").enabled);
  click("reconstructions.digit.5");
  window.frames(snapshot, 1);
  EXPECT_EQ(item("reconstructions.zoom.index").value, "5");
}

TEST_F(PageClicks, AWipeFollowsTheMouse) {
  show("reconstructions", "flow");
  const widgets::Rect place = item("reconstructions.wipe").rect;
  ImGuiIO& io = ImGui::GetIO();
  io.MousePos = place.center();
  window.frames(snapshot, 1);
  io.MouseDown[0] = true;
  window.frames(snapshot, 1);
  io.MousePos = {place.x + 0.25f * place.w, place.center().y};
  window.frames(snapshot, 2);
  io.MouseDown[0] = false;
  window.frames(snapshot, 1);
  EXPECT_EQ(item("reconstructions.wipe").value, "0.25");
}

TEST_F(PageClicks, AFewReconstructionsMakeThePageAskOnceForMore) {
  show("explore", "flow");
  auto few = std::make_shared<ReconstructionBlock>(*snapshot.reconstruction);
  few->labels.resize(6);
  few->index.resize(6);
  few->mse.resize(6);
  few->original = few->original.part(0, 6);
  few->reconstruction = few->reconstruction.part(0, 6);
  snapshot.reconstruction = few;
  window.view.page = "reconstructions";
  window.sent.clear();
  window.frames(snapshot, 5);
  EXPECT_EQ(sent(), "inspect split=test order=first digit=all offset=0 count=60");
}

TEST_F(PageClicks, QualityEvaluatesAndCancels) {
  show("quality", "flow");
  click("quality.evaluate");
  EXPECT_EQ(sent(), "evaluate count=10000");
  click("quality.live");
  EXPECT_EQ(sent(), "set quality.live off");
  show("quality", "done");
  click("quality.cancel");
  EXPECT_EQ(sent(), "cancel");
}

TEST_F(PageClicks, WithoutAJudgeThereIsADashAndAReason) {
  show("quality", "no-judge");
  EXPECT_FALSE(item("quality.evaluate").enabled);
  EXPECT_NE(item("quality.evaluate").reason.find("does not fit this data set"), std::string::npos);
  EXPECT_EQ(item("quality.rfd").value, "—");
  EXPECT_EQ(item("quality.accuracy").value, "—");
}

TEST_F(PageClicks, AnUnlabelledModelHasNoAccuracy) {
  show("quality", "evaluated");
  EXPECT_EQ(item("quality.accuracy").value, "—");
  EXPECT_EQ(window.ui.map.find("quality.confusion.map"), nullptr);
  EXPECT_EQ(item("quality.memorisation").value, "8.0 %");
}

TEST_F(PageClicks, RunsAreListedOnceOpenedResumedAndDeleted) {
  show("runs", "compared");
  EXPECT_EQ(std::count(window.sent.begin(), window.sent.end(), "list-runs"), 1);
  click("runs.open.1");
  EXPECT_EQ(sent(), format_command(OpenCommand{snapshot.runs->runs[1].folder}));
  click("runs.resume.1");
  EXPECT_EQ(sent(), format_command(ResumeRunCommand{snapshot.runs->runs[1].folder, {}}));
  EXPECT_FALSE(item("runs.open.0").enabled);
  click("runs.delete.2");
  EXPECT_EQ(sent(), format_command(DeleteRunCommand{snapshot.runs->runs[2].folder}));
}

TEST_F(PageClicks, RunsAreCompared) {
  show("runs", "compared");  // the first three are
  click("runs.compare.1");
  click("runs.compare.3");
  const auto& runs = snapshot.runs->runs;
  EXPECT_EQ(sent(), format_command(CompareRunsCommand{runs[0].folder, runs[2].folder, runs[3].folder}));
  EXPECT_NE(window.ui.map.find("plot.runs"), nullptr);
  click("runs.curve.autoencoder");
  EXPECT_EQ(window.view.text("runs.curve", ""), "autoencoder");
  click("runs.copy_root");
  EXPECT_STREQ(ImGui::GetClipboardText(), snapshot.runs->root.c_str());
}

TEST_F(PageClicks, LogLinesAreFilteredAndCopied) {
  show("log", "flow");
  const size_t lines = snapshot.log->lines.size();
  EXPECT_NE(window.ui.map.find("log.line." + std::to_string(lines - 1)), nullptr);
  click("log.copy");
  EXPECT_NE(std::string(ImGui::GetClipboardText()).find("train preset=fast"), std::string::npos);
  click("log.commands");
  window.frames(snapshot, 1);
  EXPECT_EQ(window.ui.map.find("log.line." + std::to_string(lines - 1)), nullptr);
  click("log.line.0");
  EXPECT_STREQ(ImGui::GetClipboardText(), snapshot.log->lines[0].text.c_str());
}

TEST_F(PageClicks, FilesAreBrowsedChosenAndOpened) {
  show("explore", "compared");
  window.view.files = true;
  window.sent.clear();
  window.frames(snapshot);
  EXPECT_EQ(sent(), "browse home/models");
  click("files.entry.1");
  EXPECT_EQ(sent(), "browse home/models/older");
  window.frames(snapshot, 5);
  EXPECT_FALSE(item("files.confirm").enabled);
  click("files.entry.3");
  window.frames(snapshot, 1);
  EXPECT_EQ(item("files.path").value, "home/models/model.safetensors");
  click("files.confirm");
  EXPECT_EQ(sent(), "open home/models/model.safetensors");
  EXPECT_FALSE(window.view.files);
  ASSERT_FALSE(window.view.recent.empty());
  EXPECT_EQ(window.view.recent[0], "home/models/model.safetensors");
}

TEST_F(PageClicks, SavingOverAFileSaysSo) {
  show("explore", "compared");
  panels::open_files_panel(window.view, panels::FilesMode::Save);
  window.frames(snapshot);
  EXPECT_EQ(item("files.confirm").label, "Replace");
  click("files.confirm");
  EXPECT_EQ(sent(), "save home/models/model.safetensors");
}

TEST_F(PageClicks, EnterConfirmsWhatCanBeUsedOnly) {
  show("explore", "compared");
  panels::open_files_panel(window.view, panels::FilesMode::Open);
  window.frames(snapshot);
  window.sent.clear();
  window.press_enter(snapshot);
  EXPECT_EQ(sent(), "");
  EXPECT_TRUE(window.view.files);
  click("files.entry.4");
  click("files.path");
  window.press_enter(snapshot);
  EXPECT_EQ(sent(), "open home/models/seven.png");
  EXPECT_FALSE(window.view.files);
}

TEST_F(PageClicks, TheTourIsWalkedToItsEnd) {
  show("log", "flow");
  window.view.help = true;
  window.frames(snapshot);
  click("help.tour");
  EXPECT_FALSE(window.view.help);
  EXPECT_EQ(window.view.page, "explore");
  for (int step = 0; step < panels::tour_length(); ++step) {
    window.frames(snapshot, 2);
    EXPECT_EQ(panels::tour_step(window.view), step);
    click("tour.next");
  }
  EXPECT_EQ(panels::tour_step(window.view), -1);
}

}  // namespace
}  // namespace lf::app
