#include "panels/frame/view_line.h"

#include <gtest/gtest.h>

#include "fake_snapshots.h"

namespace lf::app::panels {
namespace {

class ViewOnScreen : public ::testing::Test {
 protected:
  ViewOnScreen() {
    auto runs = std::make_shared<RunsBlock>(*snapshot.runs);
    runs->root = "/runs";
    for (RunSummary& run : runs->runs) run.folder = "/runs/" + run.name;
    for (RunCurves& run : runs->compared) run.folder = "/runs/" + run.name;
    snapshot.runs = fresh.runs = runs;
  }
  /// The snapshot with these values of the preview.
  void set(const std::string& key, const std::string& value) {
    auto settings = std::make_shared<SettingsBlock>(*snapshot.settings);
    settings->values.set(key, value);
    snapshot.settings = settings;
  }
  std::string line() const { return format_view_line(view_on_screen(snapshot, view)); }
  /// What is sent for a line in the other window.
  std::string sent(const std::string& text, ViewState& other, std::string* problem = nullptr) const {
    std::vector<std::string> words = split_words(text);
    words.erase(words.begin());
    const ViewChange change = change_view(parse_view_line(words), fresh, "/runs", other);
    std::string all;
    for (const Command& command : change.commands) all += (all.empty() ? "" : "; ") + format_command(command);
    if (problem) *problem = change.problem;
    return all;
  }
  const std::string& run(size_t i) const { return snapshot.runs->runs[i].name; }

  Snapshot snapshot = fake_snapshot("compared");
  Snapshot fresh = snapshot;  ///< of a window that was just opened
  ViewState view;
};

TEST_F(ViewOnScreen, ALineGivesTheSameViewInAnotherWindow) {
  view.page = "flow-lab";
  view.set("lab.tool", std::string("guidance"));
  view.set("lab.guidance.weights", std::string("1,2"));
  view.set("lab.ghost.unlabelled", true);
  view.playing = false;
  view.t = 0.25f;
  view.selected = 3;
  set("preview.digit", "7");
  set("preview.seed", "11");
  const std::string text = line();
  ViewState other;
  other.set("lab.guidance.scale", std::string("9"));
  EXPECT_EQ(sent(text, other),
            "set preview.digit 7; set preview.seed 11; compare-runs /runs/" + run(0) + " /runs/" + run(1));
  EXPECT_EQ(other.page, "flow-lab");
  EXPECT_EQ(other.text("lab.tool", ""), "guidance");
  EXPECT_EQ(other.text("lab.guidance.weights", ""), "1,2");
  EXPECT_EQ(other.text("lab.guidance.scale", "initial"), "initial") << "what is not named is initial again";
  EXPECT_FALSE(other.on("lab.ghost.unlabelled", false)) << "another tool's";
  EXPECT_FLOAT_EQ(other.t, 0.25f);
  EXPECT_FALSE(other.playing);
  EXPECT_EQ(other.selected, 3);
  EXPECT_EQ(format_view_line(view_on_screen(snapshot, other)), text);
}

TEST_F(ViewOnScreen, TheReconstructedDigitsBelongToIt) {
  auto worst = std::make_shared<ReconstructionBlock>(*snapshot.reconstruction);
  worst->order = "worst";
  worst->digit = 4;
  worst->offset = 60;
  snapshot.reconstruction = worst;
  view.page = "reconstructions";
  ViewState other;
  EXPECT_NE(sent(line(), other).find("inspect split=test order=worst digit=4 offset=60 count=60"),
            std::string::npos);
  fresh.reconstruction = worst;
  EXPECT_EQ(sent(line(), other).find("inspect"), std::string::npos) << "they are shown already";
  EXPECT_NE(sent("view page=reconstructions", other).find("inspect split=test order=first digit=all"),
            std::string::npos);
}

TEST_F(ViewOnScreen, TheStepAndTheRunOnScreenBelongToIt) {
  auto marks = std::make_shared<MarksBlock>();
  marks->steps = {0, 120};
  marks->chosen = 120;
  snapshot.marks = marks;
  auto current = std::make_shared<RunBlock>(*snapshot.run);
  current->run_folder = "/runs/" + run(2);
  current->running = false;
  snapshot.run = current;
  auto elsewhere = std::make_shared<RunBlock>(*current);
  elsewhere->run_folder = "/runs/" + run(3);
  fresh.run = elsewhere;
  ViewState other;
  EXPECT_EQ(sent(line(), other).rfind("open /runs/" + run(2) + "; view-step step=120", 0), 0u) << line();
  fresh.run = current;
  EXPECT_EQ(sent(line(), other).rfind("view-step step=120", 0), 0u) << "it is open already";
}

TEST_F(ViewOnScreen, AMissingRunIsSaidAndTheRestIsShown) {
  ViewState other;
  std::string problem;
  EXPECT_EQ(sent("view open=gone page=log step=5 runs=gone," + run(1), other, &problem),
            "compare-runs /runs/" + run(1) + " \"\"");
  EXPECT_EQ(other.page, "log");
  EXPECT_NE(problem.find("'gone' is not in /runs"), std::string::npos) << problem;
  sent("view page=nowhere t=0.5", other, &problem);
  EXPECT_NE(problem.find("'nowhere' is not a page"), std::string::npos);
  EXPECT_EQ(other.page, "log");
  EXPECT_FLOAT_EQ(other.t, 0.5f);
}

TEST_F(ViewOnScreen, ALineWithoutAPageChangesOnlyWhatItNames) {
  ViewState other;
  other.page = "quality";
  other.set("quality.history.log", true);
  fresh = snapshot;
  EXPECT_EQ(sent("view t=0.5", other), "");
  EXPECT_EQ(other.page, "quality");
  EXPECT_TRUE(other.on("quality.history.log", false));
  EXPECT_EQ(sent("view digit=3", other), "set preview.digit 3");
  EXPECT_EQ(sent("view tool=field", other), "");
  EXPECT_EQ(other.page, "flow-lab") << "a tool has one page";
}

TEST_F(ViewOnScreen, ATrainingRunIsNotReplaced) {
  auto training = std::make_shared<RunBlock>(*snapshot.run);
  training->running = true;
  training->run_folder = "/runs/" + run(0);
  fresh.run = training;
  ViewState other;
  std::string problem;
  EXPECT_EQ(sent("view open=" + run(1) + " t=0", other, &problem), "");
  EXPECT_NE(problem.find("while another one trains"), std::string::npos);
}

}  // namespace
}  // namespace lf::app::panels
