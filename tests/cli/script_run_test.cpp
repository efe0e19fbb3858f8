// latentflow run: a recorded session without the window.
#include <chrono>
#include <csignal>
#include <fstream>

#include "run_cli.h"

namespace lf::cli {
namespace {

CliRun run_script(const std::string& text, FakeRecord wishes = {}) {
  const TemporaryFolder folder;
  const auto path = folder / "session.script";
  std::ofstream(path) << text;
  return run_cli({"run", path}, std::move(wishes));
}

TEST(RunScript, ObeysLinesInOrderAndWaits) {
  FakeRecord wishes;
  std::vector<int64_t> seen;
  wishes.steps = 500000;
  const auto run = run_script(
      "train preset=tiny\nwait flow.step>=100\npause\nset preview.guidance 2\nquit\nstep\n", wishes);
  EXPECT_EQ(run.code, 0) << run.error;
  EXPECT_EQ(run.record->commands.at(0), "train preset=tiny");
  EXPECT_EQ(run.record->commands.at(1), "pause");
  EXPECT_EQ(run.record->commands.at(2), "set preview.guidance 2");
  EXPECT_EQ(run.record->commands.at(3), "quit");
  EXPECT_FALSE(run.asked("step")) << "nothing is obeyed after quit";
  EXPECT_GE(run.record->step, 100);
  EXPECT_TRUE(run.record->options.previews);
  EXPECT_TRUE(run.record->finished);
}

TEST(RunScript, ReportsWhatOnlyAWindowCanDo) {
  const auto run = run_script("page flow-lab\nscreenshot x.png\nt 0.5\n");
  EXPECT_EQ(run.code, 0) << run.error;
  EXPECT_TRUE(
      has(run.error, {"session.script:1: skipped 'page flow-lab'",
                      "session.script:2: skipped 'screenshot x.png'", "session.script:3: skipped 't 0.5'"}));
}

TEST(RunScript, TrainsToTheEndWhenTheScriptEnds) {
  const auto run = run_script("train preset=tiny\n");
  EXPECT_EQ(run.code, 0) << run.error;
  EXPECT_EQ(run.record->step, 30);
  EXPECT_TRUE(has(run.out, {"train is done"}));
}

TEST(RunScript, PrintsTheResultsOfItsJobs) {
  FakeRecord wishes;
  wishes.table = {"FD 2.70 %"};
  const auto run = run_script("evaluate count=500\nwait results>=1\nsample count=9\nwait jobs=0\n", wishes);
  EXPECT_EQ(run.code, 0) << run.error;
  EXPECT_EQ(run.out, "FD 2.70 %\nFD 2.70 %\n");
}

TEST(RunScript, WaitsForSeconds) {
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(run_script("wait 0.15\n").code, 0);
  EXPECT_GE(std::chrono::steady_clock::now() - start, std::chrono::milliseconds(150));
}

TEST(RunScript, AWaitThatCannotEndIsAnError) {
  const auto run = run_script("train preset=tiny\nwait flow.step>=31\n");
  EXPECT_EQ(run.code, 1);
  EXPECT_TRUE(
      has(run.error, {"session.script:2: 'wait flow.step>=31' can never become true", "flow.step is 30"}));
}

TEST(RunScript, ErrorsOfTheScriptNameTheLineBeforeAnythingRuns) {
  const auto run = run_script("train preset=tiny\njump\n");
  EXPECT_EQ(run.code, 2);
  EXPECT_TRUE(has(run.error, {"session.script:2: unknown word 'jump'"}));
  EXPECT_TRUE(run.record->commands.empty());
}

TEST(RunScript, CanBeInterrupted) {
  FakeRecord wishes;
  wishes.steps = 1000000000;
  wishes.on_step = [](int64_t step) {
    if (step == 5) std::raise(SIGTERM);
  };
  const auto run = run_script("train preset=tiny\nwait phase=done\nstep\n", wishes);
  EXPECT_EQ(run.code, 0) << run.error;
  EXPECT_EQ(run.record->step, 5);
  EXPECT_FALSE(run.asked("step"));
  EXPECT_TRUE(run.record->finished);
}

}  // namespace
}  // namespace lf::cli
