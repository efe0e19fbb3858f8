#include "files/folder_lock.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "base/errors.h"
#include "expect_error.h"
#include "temporary_folder.h"

namespace lf::testing {
namespace {

/// Another program that holds the lock until it is killed.
class Holder {
 public:
  explicit Holder(const std::filesystem::path& folder) {
    int ready[2];
    EXPECT_EQ(pipe(ready), 0);
    child_ = fork();
    if (child_ == 0) {
      const auto lock = files::FolderLock::take(folder);
      const char done = 1;
      if (::write(ready[1], &done, 1) == 1) pause();
      _exit(0);
    }
    char done = 0;
    EXPECT_EQ(::read(ready[0], &done, 1), 1);
    close(ready[0]);
    close(ready[1]);
  }
  ~Holder() { end(SIGKILL); }
  void end(int signal) {
    if (child_ <= 0) return;
    kill(child_, signal);
    waitpid(child_, nullptr, 0);
    child_ = 0;
  }

 private:
  pid_t child_ = 0;
};

TEST(FolderLock, RefusesASecondProgramUntilTheFirstDies) {
  TemporaryFolder folder;
  EXPECT_FALSE(files::FolderLock::held_elsewhere(folder.path()));
  Holder other(folder.path());
  EXPECT_TRUE(files::FolderLock::held_elsewhere(folder.path()));
  expect_error<InputError>("another Latent Flow Explorer", [&] { files::FolderLock::take(folder.path()); });
  other.end(SIGKILL);
  EXPECT_FALSE(files::FolderLock::held_elsewhere(folder.path()));
  EXPECT_NE(files::FolderLock::take(folder.path()), nullptr);
}

TEST(FolderLock, IsOneWithinAProgramAndLetsGoWithItsLastOwner) {
  TemporaryFolder folder;
  auto first = files::FolderLock::take(folder.path()), second = files::FolderLock::take(folder.path());
  EXPECT_EQ(first, second);
  EXPECT_FALSE(files::FolderLock::held_elsewhere(folder.path())) << "ours is not elsewhere";
  first.reset();
  second.reset();
  Holder other(folder.path());
  EXPECT_TRUE(files::FolderLock::held_elsewhere(folder.path()));
}

TEST(FolderLock, ALinkInItsPlaceMakesNoFileElsewhere) {
  TemporaryFolder folder, elsewhere;
  std::filesystem::create_symlink(elsewhere / "made", folder / files::FolderLock::kName);
  EXPECT_FALSE(files::FolderLock::held_elsewhere(folder.path()));
  expect_error<InputError>("is a link to another place; remove it",
                           [&] { files::FolderLock::take(folder.path()); });
  EXPECT_EQ(elsewhere.count(), 0u);
}

TEST(FolderLock, APipeInItsPlaceHangsNobody) {
  TemporaryFolder folder;
  ASSERT_EQ(mkfifo((folder / files::FolderLock::kName).c_str(), 0600), 0);
  EXPECT_FALSE(files::FolderLock::held_elsewhere(folder.path()));
}

TEST(FolderLock, SaysWhatIsWrongWithTheFolder) {
  expect_error<RunError>("no/such/folder", [] { files::FolderLock::take("no/such/folder"); });
}

}  // namespace
}  // namespace lf::testing
