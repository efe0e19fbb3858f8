#include "records/sweep_rule.h"

#include <gtest/gtest.h>

namespace lf::records {
namespace {

SweepRun finished(std::vector<double> checks) {
  SweepRun run;
  run.state = SweepState::Done;
  run.checks = std::move(checks);
  return run;
}

TEST(SweepRule, TheChecksAreAtEqualDistancesBeforeTheEnd) {
  EXPECT_EQ(sweep_check_step(0, 400), 100);
  EXPECT_EQ(sweep_check_step(1, 400), 200);
  EXPECT_EQ(sweep_check_step(2, 400), 300);
}

TEST(SweepRule, ARunIsStoppedWhenItsBestIsWorseThanTheMedianMean) {
  // Means of the first two checks: 25, 35, 45; their median is 35.
  const std::vector<SweepRun> runs{finished({30, 20, 10}), finished({40, 30, 20}), finished({50, 40, 30})};
  EXPECT_FALSE(stopped_by_median({35, 34}, runs));
  EXPECT_FALSE(stopped_by_median({35, 60}, runs)) << "its best counts";
  EXPECT_TRUE(stopped_by_median({36, 36}, runs));
  EXPECT_TRUE(stopped_by_median({41}, runs)) << "means of as many checks: 30, 40, 50";
  EXPECT_FALSE(stopped_by_median({40}, runs)) << "equal is not worse";
  EXPECT_FALSE(stopped_by_median({}, runs));
}

TEST(SweepRule, OnlyFinishedRunsCountAndThreeAreNeeded) {
  std::vector<SweepRun> runs{finished({1}), finished({1})};
  EXPECT_FALSE(stopped_by_median({100}, runs));
  runs.push_back(finished({1}));
  EXPECT_TRUE(stopped_by_median({100}, runs));
  for (const auto state :
       {SweepState::Stopped, SweepState::Failed, SweepState::Diverged, SweepState::Waiting}) {
    runs[2].state = state;
    EXPECT_FALSE(stopped_by_median({100}, runs)) << sweep_state_name(state);
  }
}

}  // namespace
}  // namespace lf::records
