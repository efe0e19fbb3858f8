// Which run is opened if none is named, among entries that are no runs.
#include <gtest/gtest.h>

#include "experiment_fixture.h"
#include "files/atomic_write.h"
#include "odd_entries.h"
#include "run/folder.h"
#include "run/order.h"
#include "run/run_files.h"

namespace lf::worker {
namespace {

class NewestRunTest : public ExperimentTest {
 protected:
  /// The start of a command line that needs a model and no digits.
  std::unique_ptr<Workload> start_with_model(bool previews = false) {
    ExperimentOptions options;
    options.runs = runs_.string();
    options.assets = (runs_ / "no-assets").string();
    options.preset = "tiny";
    options.previews = previews;
    options.need_data = options.allow_download = false;
    auto workload = make_experiment(options);
    until(*workload, [](const Snapshot& s) { return s.run->phase != Phase::Loading; });
    return workload;
  }
  static std::vector<std::string> warnings(Workload& workload) {
    std::vector<std::string> lines;
    for (const auto& line : look(workload).log->lines)
      if (line.level == LogLevel::Warning) lines.push_back(line.text);
    return lines;
  }
  /// A trained run in the folder of runs.
  fs::path trained() {
    const auto workload = start();
    return train(*workload, "", 2).run->run_folder;
  }
  /// One that was made later and is damaged.
  fs::path later(const std::string& name, const std::string& model) {
    const fs::path run = runs_ / name;
    fs::create_directory(run);
    files::write_file_atomically(run / "model.safetensors", model);
    run::number_run(run, runs_);
    return run;
  }
};

TEST_F(NewestRunTest, OddEntriesAreLeftOutAndEachIsNamedOnce) {
  const fs::path run = trained();
  const auto odd = testing::lay_odd_entries(runs_);
  const auto workload = start_with_model();
  EXPECT_EQ(look(*workload).run->model, run.filename().string());
  const auto lines = warnings(*workload);
  for (const std::string& name : odd)
    EXPECT_EQ(testing::lines_with(lines, (runs_ / name).string() + ":"), 1) << name;
  for (const char* fine : {"notes.txt", ".DS_Store", "unsaved"})
    EXPECT_EQ(testing::lines_with(lines, fine), 0) << fine;
}

TEST_F(NewestRunTest, AWindowListsTheRunsBesideOddEntriesAndNamesThemOnce) {
  const fs::path run = trained();
  const auto odd = testing::lay_odd_entries(runs_);
  const auto workload = start_with_model(true);
  for (int i = 0; i < 3; ++i) workload->apply(ListRunsCommand{});
  const auto runs = look(*workload).runs->runs;
  ASSERT_EQ(runs.size(), 1u);
  EXPECT_EQ(runs[0].folder, run.string());
  for (const std::string& name : odd)
    EXPECT_EQ(testing::lines_with(warnings(*workload), (runs_ / name).string() + ":"), 1) << name;
}

TEST_F(NewestRunTest, ADamagedModelGivesWayToTheRunBefore) {
  const fs::path run = trained();
  const auto bytes = files::read_file(run / "model.safetensors", 1 << 30);
  const std::string whole(bytes.begin(), bytes.end());
  later("cut", whole.substr(0, whole.size() / 2));
  later("empty", "");
  later("other", "not a model at all, but long enough to look like something");
  const auto workload = start_with_model();
  EXPECT_EQ(look(*workload).run->model, run.filename().string());
  EXPECT_EQ(look(*workload).notice->errors, 0);
  for (const char* name : {"cut", "empty", "other"})
    EXPECT_EQ(testing::lines_with(warnings(*workload), (runs_ / name).string()), 1) << name;
  EXPECT_EQ(testing::lines_with(warnings(*workload), "the run before it, "), 3);
  files::write_file_atomically(run / "model.safetensors", std::string());
  const auto without = start_with_model();
  EXPECT_EQ(testing::lines_with(warnings(*without), "no other run can be read, open another with --model"),
            4);
}

TEST_F(NewestRunTest, ADamagedHistoryBlocksNoModel) {
  const fs::path run = trained();
  const std::string file = (run / "history.csv").string();
  const std::pair<std::string, int> contents[] = {{"seconds;phase;step;loss\r\n0,1;flow;1;0,5\r\n", 0},
                                                  {"not,a,history\n", 1},
                                                  {"", 1},
                                                  {std::string(9, '\0'), 1}};
  for (const auto& [text, left_out] : contents) {
    files::write_file_atomically(file, text);
    const auto workload = start_with_model();
    EXPECT_EQ(look(*workload).run->model, run.filename().string());
    EXPECT_EQ(testing::lines_with(warnings(*workload), "is shown without its curves"), left_out) << text;
  }
  fs::remove(file);
  ASSERT_EQ(mkfifo(file.c_str(), 0600), 0);
  EXPECT_EQ(testing::lines_with(warnings(*start_with_model()), "is shown without its curves"), 1);
}

}  // namespace
}  // namespace lf::worker
