// A run folder may come from anybody: what lies in it must not reach what lies outside.
#include "experiment/run_folder.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "expect_error.h"
#include "files/atomic_write.h"
#include "messages/errors.h"
#include "temporary_folder.h"

namespace lf::testing {
namespace {

namespace fs = std::filesystem;

TEST(RunFolder, ALinkInThePlaceOfFiguresIsRefused) {
  TemporaryFolder folder, elsewhere;
  fs::create_directory_symlink(elsewhere.path(), folder / "figures");
  expect_error<InputError>("is a link", [&] { figures_folder(folder.path()); });
  fs::remove(folder / "figures");
  EXPECT_EQ(figures_folder(folder.path()), folder / "figures");
  EXPECT_TRUE(fs::is_directory(folder / "figures"));
}

TEST(RunFolder, DeletingARunLeavesWhatItsLinksNameAlone) {
  TemporaryFolder root, elsewhere;
  const fs::path run = root / "run";
  fs::create_directory(run);
  write_file_atomically(elsewhere / "kept", std::string("kept"));
  fs::create_directory_symlink(elsewhere.path(), run / "figures");
  fs::create_symlink(elsewhere / "kept", run / "model.safetensors");
  delete_run(run);
  EXPECT_FALSE(fs::exists(run));
  EXPECT_TRUE(fs::exists(elsewhere / "kept"));
}

TEST(RunFolder, DeletingARunLeavesWhatIsNotItsOwn) {
  TemporaryFolder root;
  const fs::path run = root / "run";
  fs::create_directories(run / "figures" / "mine");
  fs::create_directories(run / "history.csv" / "a folder of that name");
  for (const char* name : {"model.safetensors", "figures/loss.png", "figures/flow.gif", "figures/notes.txt"})
    write_file_atomically(run / name, std::string("x"));
  delete_run(run);
  EXPECT_FALSE(fs::exists(run / "model.safetensors"));
  EXPECT_FALSE(fs::exists(run / "figures/loss.png"));
  EXPECT_FALSE(fs::exists(run / "figures/flow.gif"));
  EXPECT_TRUE(fs::exists(run / "figures/notes.txt"));
  EXPECT_TRUE(fs::exists(run / "figures/mine"));
  EXPECT_TRUE(fs::exists(run / "history.csv/a folder of that name"));
}

TEST(RunFolder, DeletingALinkToARunLeavesTheRun) {
  TemporaryFolder root, elsewhere;
  write_file_atomically(elsewhere / "model.safetensors", std::string("x"));
  for (const char* named : {"link", "link/"}) {
    fs::create_directory_symlink(elsewhere.path(), root / "link");
    delete_run(root / named);
    EXPECT_FALSE(fs::is_symlink(root / "link")) << named;
    EXPECT_TRUE(fs::exists(elsewhere / "model.safetensors"));
  }
}

TEST(RunFolder, APipeInThePlaceOfAReportHangsNoList) {
  TemporaryFolder root;
  const fs::path run = root / "run";
  fs::create_directory(run);
  write_file_atomically(run / "model.safetensors", std::string());
  ASSERT_EQ(mkfifo((run / "report.json").c_str(), 0600), 0);
  const auto runs = list_runs(root.path(), "");
  ASSERT_EQ(runs.size(), 1u);
  EXPECT_EQ(runs[0].state, "unfinished");
  EXPECT_EQ(runs[0].name, "run");  // the folder's own, whatever its report says
}

}  // namespace
}  // namespace lf::testing
