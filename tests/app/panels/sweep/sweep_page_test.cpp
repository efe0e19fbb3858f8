// The page "Sweep": its buttons, what they send, and its charts for one to four settings.
#include "panels/sweep/sweep_page.h"

#include <gtest/gtest.h>

#include "fake_snapshots.h"
#include "headless_ui.h"
#include "panels/sweep/draft.h"

namespace lf::app::panels {
namespace {

class SweepPage : public ::testing::Test {
 protected:
  void show(const std::shared_ptr<const SweepBlock>& sweep) {
    snapshot = fake_snapshot("idle-shipped");
    snapshot.sweep = sweep;
    window.view.page = "sweep";
    window.frames(snapshot);
  }
  const widgets::UiItem& item(const std::string& name) {
    static const widgets::UiItem missing;
    const widgets::UiItem* found = window.ui.map.find(name);
    EXPECT_NE(found, nullptr) << name;
    return found == nullptr ? missing : *found;
  }
  void click(const std::string& name) {
    item(name);
    window.sent.clear();
    window.click(snapshot, name);
  }
  /// The only command sent.
  std::string sent() const {
    return window.sent.size() == 1 ? window.sent[0] : std::to_string(window.sent.size());
  }

  HeadlessUi window{1440, 900};
  Snapshot snapshot;
};

TEST_F(SweepPage, StartSendsThePlanAndSaysHowManyRunsItHas) {
  window.view.set(axis_key(0, "setting"), std::string("flow.lr"));
  window.view.set(axis_key(0, "values"), std::string("0.003 0.006 0.012"));
  show(nullptr);
  EXPECT_EQ(item("sweep.outlook").value.rfind("6 runs", 0), 0u) << item("sweep.outlook").value;
  const std::string plan = plan_text(draft_of(window.view, snapshot.settings->values).plan);
  click("sweep.start");
  EXPECT_EQ(sent(), format_command(SweepCommand{"", plan, ""}));
  click("sweep.estimate");
  EXPECT_EQ(sent(), format_command(SweepCommand{"", plan, "", true}));
  click("sweep.axis.0.remove");
  window.frames(snapshot, 1);
  EXPECT_EQ(item("sweep.outlook").value.rfind("2 runs", 0), 0u);
}

TEST_F(SweepPage, AnEstimateIsShownForThePlanItIsOf) {
  auto estimate = std::make_shared<SweepBlock>(*fake_sweep(2, 0, false));
  estimate->folder.clear();
  estimate->estimate = {20, -1, 3e8, 1e12};
  show(nullptr);
  click("sweep.estimate");
  show(estimate);
  EXPECT_NE(item("sweep.outlook").value.find("about 40 s, 0.3 GB"), std::string::npos)
      << item("sweep.outlook").value;
  window.view.set(kDraftSeeds, std::string("1 2 3"));
  window.frames(snapshot, 1);
  EXPECT_EQ(item("sweep.outlook").value.find("about"), std::string::npos) << "another plan";
}

TEST_F(SweepPage, AnImpossiblePlanCannotBeStarted) {
  window.view.set(axis_key(0, "setting"), std::string("flow.width"));
  window.view.set(axis_key(0, "values"), std::string("65"));
  show(nullptr);
  EXPECT_NE(item("sweep.outlook").value.find("65"), std::string::npos);
  EXPECT_FALSE(item("sweep.start").enabled);
  EXPECT_FALSE(item("sweep.stop").enabled);
  EXPECT_FALSE(item("sweep.continue").enabled);
}

TEST_F(SweepPage, ARunningSweepCanBeStoppedAndAStoppedOneContinued) {
  show(fake_sweep(2, 7, true));
  EXPECT_FALSE(item("sweep.start").enabled);
  EXPECT_FALSE(item("sweep.open.0").enabled);
  click("sweep.stop");
  EXPECT_EQ(sent(), "cancel");
  show(fake_sweep(2, 7, false));
  click("sweep.continue");
  EXPECT_EQ(sent(), format_command(SweepCommand{snapshot.sweep->folder, "", ""}));
  click("sweep.open.2");
  EXPECT_EQ(sent(), format_command(OpenCommand{snapshot.sweep->folder + "/" + snapshot.sweep->runs[2].name}));
  show(fake_sweep(2, 12, false));
  EXPECT_FALSE(item("sweep.continue").enabled) << "all have ended";
}

TEST_F(SweepPage, TheFolderOfTheLastSweepIsOffered) {
  show(fake_sweep(2, 7, false));
  EXPECT_EQ(window.view.text(kDraftFolder, ""), snapshot.sweep->folder);
  show(nullptr);
  click("sweep.show");
  EXPECT_EQ(sent(), format_command(ViewSweepCommand{window.view.text(kDraftFolder, "")}));
}

TEST_F(SweepPage, ARunThatWasStoppedSaysWhereAndWhy) {
  show(fake_sweep(2, 7, true));
  EXPECT_EQ(item("sweep.run.1").tooltip, "Stopped at step 75 of 300 by the median rule.");
  EXPECT_EQ(item("sweep.run.7").value, "running");
  click("sweep.run.1");
  EXPECT_EQ(window.view.text("now.sweep.selected", ""), snapshot.sweep->runs[1].name);
}

TEST_F(SweepPage, TheHeatMapNamesTheBest) {
  show(fake_sweep(2, 12, false));
  const auto best = static_cast<size_t>(best_combination(snapshot.sweep->summaries));
  EXPECT_EQ(item("sweep.cell." + std::to_string(best)).value.rfind("best ", 0), 0u);
  for (size_t i = 0; i < snapshot.sweep->summaries.size(); ++i)
    EXPECT_EQ(item("sweep.cell." + std::to_string(i)).value.rfind("best ", 0) == 0, i == best);
}

TEST(SweepCharts, EveryNumberOfSettingsHasAChartInEverySize) {
  for (size_t axes = 1; axes <= 4; ++axes) {
    for (const auto& [width, height, scale] :
         {std::tuple{1440.f, 900.f, 1.f}, {960.f, 600.f, 1.f}, {1440.f, 900.f, 1.5f}}) {
      HeadlessUi small(width, height, scale);
      Snapshot state = fake_snapshot("idle-shipped");
      state.sweep = fake_sweep(axes, 3, true);
      small.view.page = "sweep";
      for (const bool parallel : {false, true}) {
        small.view.set("sweep.parallel", parallel);
        small.frames(state);
        EXPECT_NE(small.ui.map.find("plot.sweep"), nullptr) << axes;
        for (const auto& [name, each] : small.ui.map.items())
          EXPECT_TRUE(!each.visible || each.rect.right() <= width + 1) << name << " at " << width;
      }
    }
  }
}

TEST_F(SweepPage, SeedsAloneAreCompared) {
  show(fake_sweep(0, 2, false));
  EXPECT_NE(window.ui.map.find("sweep.run.0"), nullptr);
  EXPECT_NE(window.ui.map.find("sweep.samples.0"), nullptr);
}

}  // namespace
}  // namespace lf::app::panels
