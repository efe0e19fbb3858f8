// The window's comparison: other models beside the current one.
#include <algorithm>

#include "experiment_fixture.h"
#include "files/atomic_write.h"

namespace lf::worker {
namespace {

class ComparedRunsTest : public ExperimentTest {
 protected:
  std::string folder(const std::string& name) const { return (runs_ / name).string(); }
  static bool sampled(const Snapshot& s) {
    for (const ComparedModel& model : s.compare->models)
      if (!model.flow && model.problem.empty()) return false;
    return !s.compare->models.empty();
  }
};

TEST_F(ComparedRunsTest, CurvesTrajectoriesAndTablesAreShownOnTheSameNoise) {
  const auto workload = start(/*previews=*/true);
  train(*workload, folder("a"));
  workload->apply(SetCommand{"seed", "2"});
  train(*workload, folder("b"));
  workload->apply(CompareRunsCommand{folder("a"), folder("b")});
  const Snapshot now = until(*workload, [](const Snapshot& s) { return s.compare->complete; });
  ASSERT_EQ(now.compare->models.size(), 2u);
  EXPECT_EQ(now.runs->compared.size(), 2u);
  EXPECT_EQ(now.runs->compared[0].flow.step.size(), 12u);
  EXPECT_EQ(now.runs->compared[0].flow_batch, 64);
  EXPECT_EQ(now.compare->models[0].flow->t, now.compare->models[1].flow->t);
  const FlowBlock &other = *now.compare->models[1].flow, &live = *now.flow;
  EXPECT_EQ(other.digits, live.digits) << "the digits of the live preview";
  EXPECT_TRUE(std::equal(other.labels.begin(), other.labels.begin() + other.digits, live.labels.begin()));
  workload->apply(CompareRunsCommand{});
  EXPECT_TRUE(look(*workload).compare->models.empty());
  EXPECT_TRUE(look(*workload).runs->compared.empty());
}

TEST_F(ComparedRunsTest, WorksWhileARunTrainsAndFollowsTheNoise) {
  const auto workload = start(/*previews=*/true);
  train(*workload, folder("a"));
  workload->apply(TrainCommand{"", Budget{0, 400, 0, 0}, folder("b"), false, true});
  until(*workload, [](const Snapshot& s) { return s.run->flow_step > 2; });
  workload->apply(CompareRunsCommand{folder("a"), ""});
  Snapshot now = until(*workload, sampled);
  EXPECT_TRUE(now.run->running);
  workload->apply(SetCommand{"preview.seed", "9"});
  now =
      until(*workload, [](const Snapshot& s) { return sampled(s) && s.compare->models[0].flow->seed == 9; });
  EXPECT_TRUE(now.run->running);
}

TEST_F(ComparedRunsTest, AMissingRunSaysSoInItsPlace) {
  const auto workload = start(/*previews=*/true);
  train(*workload, folder("a"));
  workload->apply(CompareRunsCommand{folder("a"), folder("gone")});
  const Snapshot now = until(*workload, [](const Snapshot& s) { return s.compare->complete; });
  EXPECT_EQ(now.notice->errors, 0u);
  EXPECT_FALSE(now.compare->models[1].problem.empty());
  EXPECT_TRUE(now.compare->models[0].flow);
}

TEST_F(ComparedRunsTest, ARunThatTrainsIsReadAgainWhenItIsSaved) {
  const auto workload = start(/*previews=*/true);
  workload->apply(TrainCommand{"", Budget{0, 30, 0, 0}, folder("a"), false, true});
  until(*workload, [](const Snapshot& s) { return s.run->flow_step > 2; });
  workload->apply(CompareRunsCommand{folder("a"), ""});
  const Snapshot early = until(*workload, sampled);
  EXPECT_LT(early.compare->models[0].flow_steps, 30);
  const Snapshot late = until(*workload, [](const Snapshot& s) {
    return s.run->phase == Phase::Done && sampled(s) && s.compare->models[0].flow_steps == 30;
  });
  EXPECT_EQ(late.compare->models[0].flow->trained_step, 30);
}

TEST_F(ComparedRunsTest, DamagedCurvesAreSaidAndTheRestWorks) {
  const auto workload = start(/*previews=*/true);
  train(*workload, folder("a"));
  files::write_file_atomically(runs_ / "a" / "history.csv", std::string("phase,step\nflow,one\n"));
  workload->apply(CompareRunsCommand{folder("a"), folder("a")});
  const Snapshot now = until(*workload, [](const Snapshot& s) { return s.compare->complete; });
  EXPECT_NE(now.compare->remark.find("history.csv"), std::string::npos) << now.compare->remark;
  EXPECT_TRUE(now.compare->models[0].problem.empty());
  EXPECT_TRUE(now.compare->models[0].flow);
  EXPECT_TRUE(now.runs->compared[0].flow.step.empty());
}

}  // namespace
}  // namespace lf::worker
