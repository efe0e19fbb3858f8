// Which runs are compared.
#include "panels/compare/models.h"

#include <gtest/gtest.h>

namespace lf::app::panels {
namespace {

TEST(ComparedModels, HoldsFour) {
  ViewState view;
  const Snapshot none;
  EXPECT_EQ(toggle_compared(view, none, "a").first, "a");
  toggle_compared(view, none, "b");
  toggle_compared(view, none, "c");
  const CompareRunsCommand four = toggle_compared(view, none, "d e");
  EXPECT_EQ(format_command(four), "compare-runs a b c \"d e\"");
  EXPECT_EQ(toggle_compared(view, none, "f").fourth, "f") << "in place of the last";
  EXPECT_FALSE(is_compared(view, none, "d e"));
  EXPECT_TRUE(is_compared(view, none, "b"));
  EXPECT_EQ(toggle_compared(view, none, "a").first, "b");
  EXPECT_EQ(compared_folders(view, none), (std::vector<std::string>{"b", "c", "f"}));
}

TEST(ComparedModels, AScriptMayChooseThem) {
  Snapshot snapshot;
  auto block = std::make_shared<CompareBlock>();
  block->models.resize(2);
  block->models[0].path = "a";
  block->models[1].path = "b";
  snapshot.compare = block;
  ViewState view;
  EXPECT_TRUE(is_compared(view, snapshot, "b"));
  EXPECT_EQ(toggle_compared(view, snapshot, "b").first, "a");
  EXPECT_FALSE(is_compared(view, snapshot, "b"));
}

TEST(ComparedModels, ADropOnThePageAddsOne) {
  ViewState view;
  EXPECT_EQ(format_command(dropped_command(view, Snapshot{}, "runs/a")), "open runs/a");
  view.page = "compare";
  EXPECT_EQ(format_command(dropped_command(view, Snapshot{}, "runs/a")),
            format_command(CompareRunsCommand{"runs/a", ""}));
}

TEST(ComparedModels, AnEvaluationHereComesBeforeTheStoredScore) {
  ComparedModel model;
  EXPECT_EQ(compared_score(model), "");
  model.score.valid = true;
  model.score.fd = 3.5;
  EXPECT_EQ(compared_score(model), "FD 3.50 %");
  model.fd = {4, 6};
  EXPECT_EQ(compared_score(model), "FD 5.00 ± 1.41 %");
}

}  // namespace
}  // namespace lf::app::panels
