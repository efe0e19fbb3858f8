#include "protocol/sweep.h"

#include <cmath>

#include "input_error_of.h"

namespace lf {
namespace {

SweepRun run_of(size_t value, int64_t seed, SweepState state, double fd, double seconds = 1) {
  SweepRun run;
  run.point = {value};
  run.seed = seed;
  run.state = state;
  run.fd = fd;
  run.seconds = seconds;
  return run;
}

std::vector<SweepRun> swept_runs() {
  return {run_of(0, 1, SweepState::Done, 4),     run_of(1, 1, SweepState::Done, 3),
          run_of(0, 2, SweepState::Done, 8),     run_of(1, 2, SweepState::Stopped, -1),
          run_of(2, 1, SweepState::Waiting, -1), run_of(2, 2, SweepState::Diverged, -1)};
}

TEST(SweepResults, MeanAndDeviationAreOverTheFinishedSeeds) {
  const auto summaries = summarise_sweep(swept_runs());
  ASSERT_EQ(summaries.size(), 3u);
  EXPECT_EQ(summaries[0].done, 2);
  EXPECT_DOUBLE_EQ(summaries[0].fd.mean, 6);
  EXPECT_DOUBLE_EQ(summaries[0].fd.deviation, std::sqrt(8.0)) << "the sample's, with n − 1";
  EXPECT_EQ(summaries[1].done, 1);
  EXPECT_EQ(summaries[1].others, 1);
  EXPECT_DOUBLE_EQ(summaries[1].fd.mean, 3);
  EXPECT_EQ(summaries[1].fd.deviation, -1) << "one value has none";
  EXPECT_EQ(summaries[2].fd.mean, -1);
}

TEST(SweepResults, TheBestCombinationHasTheMostFinishedRunsThenTheLowestMean) {
  EXPECT_EQ(best_combination(summarise_sweep(swept_runs())), 0) << "3 is of one seed, 6 of two";
  auto runs = swept_runs();
  runs[3] = run_of(1, 2, SweepState::Done, 5);
  EXPECT_EQ(best_combination(summarise_sweep(runs)), 1);
  EXPECT_EQ(best_combination({}), -1);
}

TEST(SweepResults, FinishedRunsAreRankedByScoreBeforeTheOthers) {
  auto runs = swept_runs();
  EXPECT_EQ(ranked_runs(runs), (std::vector<size_t>{1, 0, 2, 3, 5, 4}));
  runs[5].state = SweepState::Stopped;
  runs[5].checks = {20};
  runs[3].checks = {30};
  EXPECT_EQ(ranked_runs(runs), (std::vector<size_t>{1, 0, 2, 5, 3, 4})) << "stopped ones by their last check";
}

TEST(SweepResults, StatesHaveNames) {
  for (const auto state : {SweepState::Waiting, SweepState::Running, SweepState::Done, SweepState::Stopped,
                           SweepState::Diverged, SweepState::Failed})
    EXPECT_EQ(sweep_state_of(sweep_state_name(state)), state);
  EXPECT_NE(input_error_of([] { sweep_state_of("gone"); }), "");
  SweepRun stopped = run_of(0, 1, SweepState::Stopped, -1);
  stopped.flow_steps = 350;
  stopped.flow_total = 1404;
  EXPECT_EQ(sweep_state_text(stopped), "stopped at step 350 of 1,404 by the median rule");
}

TEST(SweepResults, AnEstimateNamesRunsTimeAndDisk) {
  EXPECT_EQ(sweep_estimate_text(12, {20, -1, 5e8, 1e12}), "12 runs, about 4 min 00 s, 0.5 GB on the disk");
  EXPECT_EQ(sweep_estimate_text(2, {-1, -1, 9.1e6, 1e12}), "2 runs, 9 MB on the disk");
  EXPECT_EQ(sweep_estimate_text(1, {}), "1 run");
}

}  // namespace
}  // namespace lf
