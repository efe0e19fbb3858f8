#include "run/order.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "experiment_fixture.h"
#include "files/atomic_write.h"
#include "run/folder.h"
#include "scoped_environment.h"
#include "temporary_folder.h"

namespace lf::testing {
namespace {

/// Runs with only the files that the list needs.
class RunOrder : public ::testing::Test {
 protected:
  fs::path make(const std::string& name, bool numbered = true) {
    const fs::path run = root_ / name;
    fs::create_directories(run);
    files::write_file_atomically(run / "model.safetensors", std::string("x"));
    if (numbered) run::number_run(run, root_.path());
    return run;
  }
  std::vector<std::string> names() {
    std::vector<std::string> all;
    for (const RunSummary& run : run::list_runs(root_.path(), "")) all.push_back(run.name);
    return all;
  }
  TemporaryFolder root_;
};

using Names = std::vector<std::string>;

TEST_F(RunOrder, IsTheOrderOfMakingWhateverTheNamesSay) {
  make("20390101-000000-tiny-s1");  // a wrong clock
  make("20261130-020000-tiny-s1");
  make("20261025-023000-tiny-s1");  // summer time ended
  EXPECT_EQ(names(),
            (Names{"20261025-023000-tiny-s1", "20261130-020000-tiny-s1", "20390101-000000-tiny-s1"}));
}

TEST_F(RunOrder, RunsOfEarlierVersionsAreOlderAndKeepTheOrderOfTheirNames) {
  make("20390101-000000-tiny-s1", false);
  make("20250101-000000-tiny-s1", false);
  make("20260101-000000-tiny-s1");
  EXPECT_EQ(names(),
            (Names{"20260101-000000-tiny-s1", "20390101-000000-tiny-s1", "20250101-000000-tiny-s1"}));
}

TEST_F(RunOrder, CopiedAndDeletedRunsDoNotStopTheCount) {
  make("a");
  const fs::path second = make("b");
  fs::copy(second, root_ / "z-copy", fs::copy_options::recursive);
  EXPECT_EQ(run::run_number(make("c")), 3);
  fs::remove_all(root_ / "a");
  EXPECT_EQ(run::run_number(make("d")), 4);
  EXPECT_EQ(names(), (Names{"d", "c", "z-copy", "b"}));
}

TEST_F(RunOrder, DamagedNumbersCountAsNone) {
  const fs::path run = make("run");
  for (const char* text : {"", "-3", "0", "x", "1e300", "99999999999999999999", "1 2", "nan", "1.5"}) {
    files::write_file_atomically(run / run::kRunNumberName, std::string(text));
    EXPECT_EQ(run::run_number(run), 0) << text;
  }
  files::write_file_atomically(run / run::kRunNumberName, std::string("7\r\n"));
  EXPECT_EQ(run::run_number(run), 7);
  fs::remove(run / run::kRunNumberName);
  ASSERT_EQ(mkfifo((run / run::kRunNumberName).c_str(), 0600), 0);
  EXPECT_EQ(run::run_number(run), 0) << "and no writer is waited for";
  fs::remove(run / run::kRunNumberName);
  fs::create_symlink(run::kRunNumberName, run / run::kRunNumberName);
  EXPECT_EQ(run::run_number(run), 0);
}

TEST_F(RunOrder, TheLargestNumberIsStillOne) {
  const fs::path first = make("first");
  files::write_file_atomically(first / run::kRunNumberName, std::string("1000000000000000"));
  EXPECT_EQ(run::run_number(make("second")), 1000000000000000);
  EXPECT_EQ(names(), (Names{"second", "first"}));
}

TEST_F(RunOrder, FoldersOfTheSameSecondKeepApart) {
  const ScopedEnvironment zone("TZ", "UTC");
  std::vector<fs::path> made;
  for (int i = 0; i < 12; ++i) {
    made.push_back(run::make_run_folder(root_.path(), "tiny", 1));
    files::write_file_atomically(made.back() / "model.safetensors", std::string("x"));
    run::number_run(made.back(), root_.path());
  }
  Names expected;
  for (auto it = made.rbegin(); it != made.rend(); ++it) expected.push_back(it->filename().string());
  EXPECT_EQ(names(), expected) << "a name that ends in -10 was made after one in -2";
}

TEST_F(ExperimentTest, TheNewestRunIsTheOneThatWasMadeLast) {
  fs::create_directory(runs_ / "99990101-000000-tiny-s1");
  files::write_file_atomically(runs_ / "99990101-000000-tiny-s1/.number", std::string("41\n"));
  const auto workload = start();
  train(*workload, "", 2);
  train(*workload, "", 2);
  const auto runs = run::list_runs(runs_, "");
  ASSERT_EQ(runs.size(), 2u);
  EXPECT_EQ(run::run_number(runs[0].folder), 43);
  EXPECT_EQ(run::run_number(runs[1].folder), 42);
  EXPECT_EQ(runs[0].folder, look(*workload).run->run_folder);
}

}  // namespace
}  // namespace lf::testing
