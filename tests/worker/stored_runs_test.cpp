// Labels, trash and marks of stored runs, by commands.
#include "worker/stored_runs.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "experiment_fixture.h"
#include "files/atomic_write.h"
#include "input_error_of.h"
#include "run/list/label.h"
#include "run/marks.h"
#include "run/run_files.h"

namespace lf::worker {
namespace {

class StoredRunsTest : public ExperimentTest {
 protected:
  std::string folder(const char* name = "a") const { return (runs_ / name).string(); }
  static const RunSummary& row(const Snapshot& snapshot, const std::string& name) {
    for (const RunSummary& run : snapshot.runs->runs)
      if (run.name == name) return run;
    ADD_FAILURE() << name << " is not listed";
    static const RunSummary none;
    return none;
  }
};

TEST_F(StoredRunsTest, ALabelIsListedAndSurvivesTraining) {
  train_and_quit(folder());
  auto workload = start(/*previews=*/true);
  workload->apply(LabelRunCommand{folder(), "the best", "a note", "x, y", "on", ""});
  workload->apply(LabelRunCommand{folder(), "", "", "", "", "note"});
  EXPECT_EQ(row(look(*workload), "a").label, (RunLabel{"the best", "", {"x", "y"}, true}));
  resume_to_the_end(folder());
  EXPECT_EQ(run::read_label(folder()).label.name, "the best");
  EXPECT_TRUE(has(error_of([&] {
                    workload->apply(LabelRunCommand{folder("none"), "x", "", "", "", ""});
                  }),
                  {"label-run", "holds no run"}));
}

TEST_F(StoredRunsTest, ADamagedLabelIsWarnedOfAndTheRunIsListed) {
  train_and_quit(folder());
  files::write_file_atomically(runs_ / "a" / run::kLabelName, std::string("{"));
  auto workload = start(/*previews=*/true);
  workload->apply(ListRunsCommand{});
  const Snapshot now = look(*workload);
  EXPECT_NE(row(now, "a").label_problem, "");
  const auto& lines = now.log->lines;
  EXPECT_TRUE(std::any_of(lines.begin(), lines.end(), [](const LogLine& line) {
    return line.level == LogLevel::Warning && line.text.find(run::kLabelName) != std::string::npos;
  }));
}

TEST_F(StoredRunsTest, ADeletedRunIsInTheTrashUntilItIsRestored) {
  train_and_quit(folder());
  auto workload = start(/*previews=*/true);
  workload->apply(DeleteRunCommand{folder()});
  Snapshot now = look(*workload);
  EXPECT_TRUE(now.runs->runs.empty());
  ASSERT_EQ(now.runs->trash.size(), 1u);
  EXPECT_EQ(now.runs->last_deleted, now.runs->trash[0].folder);
  workload->apply(RestoreRunCommand{now.runs->last_deleted});
  now = look(*workload);
  EXPECT_EQ(now.runs->last_deleted, "");
  EXPECT_GT(row(now, "a").bytes, 0);
  workload->apply(DeleteRunCommand{folder()});
  workload->apply(EmptyTrashCommand{});
  EXPECT_TRUE(look(*workload).runs->trash.empty());
  EXPECT_TRUE(fs::is_empty(runs_));
}

TEST_F(StoredRunsTest, TheOpenRunIsNotDeleted) {
  auto workload = start();
  train(*workload, folder());
  EXPECT_TRUE(has(error_of([&] { workload->apply(DeleteRunCommand{folder()}); }), {"open run"}));
  EXPECT_TRUE(fs::exists(runs_ / "a" / run::kModelName));
}

TEST_F(StoredRunsTest, EverySecondMarkGoesOfAStoredAndOfTheOpenRun) {
  auto workload = start(/*previews=*/true);
  train(*workload, folder());
  const size_t before = run::Marks(folder()).steps().size();
  ASSERT_EQ(before, 13u);
  workload->apply(ViewStepCommand{5});
  workload->apply(ThinMarksCommand{folder()});
  EXPECT_EQ(run::Marks(folder()).steps().size(), 7u);
  EXPECT_EQ(row(look(*workload), "a").marks, 7);
  const Snapshot now = until(*workload, [](const Snapshot& s) { return s.marks->shown; });
  EXPECT_EQ(now.marks->chosen, 4) << "the mark of step 5 is gone, the nearest is shown";
  EXPECT_EQ(now.marks->steps.size(), 7u);
  auto other = start();
  EXPECT_TRUE(
      has(error_of([&] { other->apply(ThinMarksCommand{(runs_ / "none").string()}); }), {"holds no run"}));
  workload.reset();  // the folder is free again
  other->apply(ThinMarksCommand{folder()});
  EXPECT_EQ(run::Marks(folder()).steps().size(), 4u);
  EXPECT_TRUE(has(look(*other).results->results.back().text, {"removed 3 of 7 marks", "freed"}));
}

TEST_F(StoredRunsTest, WithoutAWindowTheListIsTheResult) {
  train_and_quit(folder("a"));
  train_and_quit(folder("b"));
  const auto workload = start();
  workload->apply(LabelRunCommand{folder("a"), "first", "", "paper", "on", ""});
  workload->apply(ListRunsCommand{"tag:paper", "fd"});
  const JobResult result = look(*workload).results->results.back();
  EXPECT_TRUE(has(result.text, {"1 of 2 runs"}));
  ASSERT_EQ(result.json.size(), 1u);
  const auto row = nlohmann::json::parse(result.json[0]);
  EXPECT_EQ(row["name"], "first");
  EXPECT_EQ(row["star"], true);
  EXPECT_EQ(row["flow_steps"], 5);
}

}  // namespace
}  // namespace lf::worker
