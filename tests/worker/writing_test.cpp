// Animations of the preview, and jobs that fail: what is written, and what happens to the current run.
#include <gtest/gtest.h>

#include <filesystem>

#include "experiment_fixture.h"
#include "worker/worker.h"

namespace lf::worker {
namespace {

/// A workload with a trained model and a preview of it.
class Writing : public ExperimentTest {
 protected:
  std::unique_ptr<Workload> with_preview() {
    auto workload = start(true);
    train(*workload, (runs_ / "a").string());
    until(*workload, [](const Snapshot& s) { return s.flow->digits > 0; });
    return workload;
  }
};

TEST_F(Writing, AnExportIsAJobWithProgress) {
  const auto workload = with_preview();
  const auto path = runs_ / "flow.gif";
  const auto saves = look(*workload).notice->saves;
  workload->apply(ExportCommand{path.string()});
  workload->advance();
  const Snapshot writing = look(*workload);
  EXPECT_TRUE(writing.job->active);
  EXPECT_EQ(writing.job->name, "writing flow.gif");
  EXPECT_FALSE(fs::exists(path));
  const Snapshot done = until(*workload, [&](const Snapshot& s) { return s.notice->saves > saves; });
  EXPECT_EQ(done.notice->saved, path.string());
  EXPECT_FALSE(done.job->active);
  EXPECT_TRUE(fs::exists(path));
}

TEST_F(Writing, ACancelledExportLeavesNoFile) {
  const auto workload = with_preview();
  workload->apply(ExportCommand{(runs_ / "flow.gif").string()});
  workload->advance();
  workload->apply(CancelCommand{});
  for (int i = 0; i < 50; ++i) workload->advance();
  EXPECT_FALSE(look(*workload).job->active);
  EXPECT_FALSE(fs::exists(runs_ / "flow.gif"));
}

TEST_F(Writing, AnotherJobAndTheEndLetAnExportFinish) {
  const auto workload = with_preview();
  workload->apply(ExportCommand{(runs_ / "first.gif").string()});
  workload->apply(ExportCommand{(runs_ / "second.gif").string()});
  EXPECT_TRUE(fs::exists(runs_ / "first.gif"));
  workload->advance();
  workload->apply(QuitCommand{});
  EXPECT_TRUE(fs::exists(runs_ / "second.gif"));
}

TEST_F(Writing, AJobThatFailsLeavesTheTrainingAlone) {
  const auto workload = start(true);
  train(*workload, (runs_ / "a").string());
  workload->apply(ResumeCommand{Budget{0, 400, 0, 0}});
  until(*workload, [](const Snapshot& s) { return s.run->flow_step > 14; });
  SampleCommand sample;
  sample.count = 4;
  sample.out = (runs_ / "none" / "x.npy").string();
  workload->apply(sample);
  std::string error;
  for (int i = 0; i < 2000 && error.empty(); ++i) {
    try {
      workload->advance();
    } catch (const std::exception& failure) {
      error = failure.what();
      workload->report_error(error);
    }
  }
  EXPECT_NE(error.find("none"), std::string::npos);
  const Snapshot after = look(*workload);
  EXPECT_FALSE(after.job->active);
  EXPECT_EQ(after.run->phase, Phase::Flow);
  until(*workload, [&](const Snapshot& s) { return s.run->flow_step > after.run->flow_step; });
}

}  // namespace
}  // namespace lf::worker
