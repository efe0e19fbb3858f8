#include "panels/runs/runs_filter.h"

#include <gtest/gtest.h>

#include "fake_snapshots.h"
#include "headless_ui.h"

namespace lf::app::panels {
namespace {

class RunsFilterTest : public ::testing::Test {
 protected:
  RunsFilterTest() {
    window.view.page = "runs";
    window.frames(snapshot);
  }
  bool listed(int index) const { return window.ui.map.find("runs.row." + std::to_string(index)) != nullptr; }
  std::string listed_rows() {
    window.frames(snapshot, 2);
    std::string all;
    for (int i = 0; i < 4; ++i)
      if (listed(i)) all += std::to_string(i);
    return all;
  }
  float top_of(int index) const { return window.ui.map.find("runs.row." + std::to_string(index))->rect.y; }

  HeadlessUi window{1440, 1100};
  Snapshot snapshot = fake_snapshot("idle-shipped");
};

TEST_F(RunsFilterTest, TheListFollowsSearchStarTagAndState) {
  EXPECT_EQ(listed_rows(), "0123");
  window.view.set("runs.search", std::string("learning"));
  EXPECT_EQ(listed_rows(), "3");
  window.view.set("runs.search", std::string("nothing"));
  EXPECT_EQ(listed_rows(), "");
  window.click(snapshot, "runs.all");
  EXPECT_EQ(listed_rows(), "0123");
  window.click(snapshot, "runs.starred");
  EXPECT_EQ(listed_rows(), "3");
  show_all_runs(window.view);
  window.view.set("runs.tag", std::string("paper"));
  EXPECT_EQ(listed_rows(), "3");
  show_all_runs(window.view);
  window.view.set("runs.state", std::string("done"));
  EXPECT_EQ(listed_rows(), "02");
}

TEST_F(RunsFilterTest, TheOrderIsChosenFromAListAndRowsKeepTheirNames) {
  EXPECT_LT(top_of(0), top_of(3));
  window.click(snapshot, "runs.sort");
  window.frames(snapshot, 1);
  window.click(snapshot, "runs.sort.oldest");
  window.frames(snapshot, 2);
  EXPECT_EQ(run_filter_of(window.view).sort, "oldest");
  EXPECT_GT(top_of(0), top_of(3));
  EXPECT_EQ(window.ui.map.find("runs.row.3")->label, "lower learning rate");
}

TEST_F(RunsFilterTest, ATotalNamesWhatIsShown) {
  EXPECT_EQ(runs_total(*snapshot.runs, {0, 1, 2, 3}), "4 runs · 166.0 MB");
  EXPECT_EQ(runs_total(*snapshot.runs, {3}), "1 of 4 runs · 43.0 MB");
}

TEST_F(RunsFilterTest, AStoredOrderThatIsUnknownIsTheNewestFirst) {
  window.view.set("runs.sort", std::string("by colour"));
  EXPECT_EQ(run_filter_of(window.view).sort, "newest");
  EXPECT_EQ(listed_rows(), "0123");
}

TEST_F(RunsFilterTest, OfHundredsOfRunsOnlyThoseOnScreenAreDrawn) {
  auto many = std::make_shared<RunsBlock>(*snapshot.runs);
  for (int i = 4; i < 500; ++i) many->runs.push_back(many->runs[static_cast<size_t>(i % 4)]);
  snapshot.runs = many;
  window.frames(snapshot, 2);
  size_t drawn = 0;
  for (int i = 0; i < 500; ++i) drawn += listed(i);
  EXPECT_GT(drawn, 3u);
  EXPECT_LT(drawn, 40u);
}

}  // namespace
}  // namespace lf::app::panels
