// A run folder may come from anyone: its content must not affect anything outside.
#include "run/folder.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "base/errors.h"
#include "expect_error.h"
#include "files/atomic_write.h"
#include "odd_entries.h"
#include "temporary_folder.h"

namespace lf::testing {
namespace {

namespace fs = std::filesystem;

TEST(RunFolder, ALinkInThePlaceOfFiguresIsRefused) {
  TemporaryFolder folder, elsewhere;
  fs::create_directory_symlink(elsewhere.path(), folder / "figures");
  expect_error<InputError>("is a link", [&] { run::figures_folder(folder.path()); });
  fs::remove(folder / "figures");
  EXPECT_EQ(run::figures_folder(folder.path()), folder / "figures");
  EXPECT_TRUE(fs::is_directory(folder / "figures"));
}

TEST(RunFolder, DeletingARunLeavesWhatItsLinksNameAlone) {
  TemporaryFolder root, elsewhere;
  const fs::path run = root / "run";
  fs::create_directory(run);
  files::write_file_atomically(elsewhere / "kept", std::string("kept"));
  fs::create_directory_symlink(elsewhere.path(), run / "figures");
  fs::create_symlink(elsewhere / "kept", run / "model.safetensors");
  run::delete_run(run);
  EXPECT_FALSE(fs::exists(run));
  EXPECT_TRUE(fs::exists(elsewhere / "kept"));
}

TEST(RunFolder, DeletingARunLeavesWhatIsNotItsOwn) {
  TemporaryFolder root;
  const fs::path run = root / "run";
  fs::create_directories(run / "figures" / "mine");
  fs::create_directories(run / "history.csv" / "a folder of that name");
  for (const char* name : {"model.safetensors", "figures/loss.png", "figures/flow.gif", "figures/notes.txt"})
    files::write_file_atomically(run / name, std::string("x"));
  run::delete_run(run);
  EXPECT_FALSE(fs::exists(run / "model.safetensors"));
  EXPECT_FALSE(fs::exists(run / "figures/loss.png"));
  EXPECT_FALSE(fs::exists(run / "figures/flow.gif"));
  EXPECT_TRUE(fs::exists(run / "figures/notes.txt"));
  EXPECT_TRUE(fs::exists(run / "figures/mine"));
  EXPECT_TRUE(fs::exists(run / "history.csv/a folder of that name"));
}

TEST(RunFolder, DeletingALinkToARunLeavesTheRun) {
  TemporaryFolder root, elsewhere;
  files::write_file_atomically(elsewhere / "model.safetensors", std::string("x"));
  for (const char* named : {"link", "link/"}) {
    fs::create_directory_symlink(elsewhere.path(), root / "link");
    run::delete_run(root / named);
    EXPECT_FALSE(fs::is_symlink(root / "link")) << named;
    EXPECT_TRUE(fs::exists(elsewhere / "model.safetensors"));
  }
}

TEST(RunFolder, APipeInThePlaceOfAReportHangsNoList) {
  TemporaryFolder root;
  const fs::path run = root / "run";
  fs::create_directory(run);
  files::write_file_atomically(run / "model.safetensors", std::string());
  ASSERT_EQ(mkfifo((run / "report.json").c_str(), 0600), 0);
  const auto runs = run::list_runs(root.path(), "");
  ASSERT_EQ(runs.size(), 1u);
  EXPECT_EQ(runs[0].state, "unfinished");
  EXPECT_EQ(runs[0].name, "run");  // the folder's own, whatever its report contains
}

TEST(RunFolder, OddEntriesHangNoListAndAreToldOf) {
  TemporaryFolder root;
  const auto odd = lay_odd_entries(root.path());
  fs::create_directory(root / "run");
  files::write_file_atomically(root / "run/checkpoint.safetensors", std::string("x"));
  std::vector<std::string> skipped;
  const auto runs = run::list_runs(root.path(), "", &skipped);
  ASSERT_EQ(runs.size(), 1u);
  EXPECT_TRUE(runs[0].resumable);
  EXPECT_EQ(skipped.size(), odd.size());
  for (const std::string& name : odd) EXPECT_EQ(lines_with(skipped, (root / name).string() + ":"), 1) << name;
}

TEST(RunFolder, AFolderThatCannotBeListedHoldsNoRuns) {
  TemporaryFolder root;
  fs::create_symlink("loop", root / "loop");
  files::write_file_atomically(root / "file", std::string("x"));
  for (const char* name : {"none", "loop", "file"})
    EXPECT_TRUE(run::list_runs(root / name, "").empty()) << name;
}

TEST(RunFolder, ANameTakenBySomethingElseIsPassedOver) {
  TemporaryFolder root;
  const fs::path first = run::make_run_folder(root.path(), "tiny", 1);
  const std::string name = first.filename().string();
  fs::remove(first);
  files::write_file_atomically(first, std::string("a file"));
  fs::create_symlink("nowhere", root / (name + "-2"));
  const fs::path made = run::make_run_folder(root.path(), "tiny", 1);
  EXPECT_TRUE(fs::is_directory(made));
  expect_error<RunError>("cannot make a run folder", [&] { run::make_run_folder(first, "tiny", 1); });
}

TEST(RunName, IsThatOfTheFolderHoweverThePathIsWritten) {
  for (const char* path : {"runs/a", "runs/a/", "runs/./a//", "runs/b/../a"})
    EXPECT_EQ(run::run_name(path), "a") << path;
}

}  // namespace
}  // namespace lf::testing
