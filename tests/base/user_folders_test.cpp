#include "base/user_folders.h"

#include <gtest/gtest.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>

#include "base/paths.h"
#include "scoped_environment.h"
#include "temporary_folder.h"
#include "working_folder.h"

namespace lf::testing {
namespace {

namespace fs = std::filesystem;

std::string listed_home() {
  const passwd* entry = getpwuid(geteuid());
  return entry ? entry->pw_dir : "";
}

/// The environment names no folder.
class UserFolders : public ::testing::Test {
 protected:
  ScopedEnvironment data_{"XDG_DATA_HOME", nullptr}, config_{"XDG_CONFIG_HOME", nullptr},
      cache_{"XDG_CACHE_HOME", nullptr}, own_{"LATENTFLOW_CACHE", nullptr};
  TemporaryFolder folder_;
  ScopedEnvironment home_{"HOME", folder_.path().c_str()};
};

TEST_F(UserFolders, LieBelowTheHome) {
  const fs::path home = folder_.path();
  EXPECT_EQ(user_data_folder(), home / ".local/share/latentflow");
  EXPECT_EQ(user_config_folder(), home / ".config/latentflow");
  EXPECT_EQ(cache_folder(), home / ".cache/latentflow");
  EXPECT_EQ(home_folder(), home);
  EXPECT_EQ(user_folders_notice(), "");
}

TEST_F(UserFolders, FollowAbsolutePathsOfTheEnvironmentAndIgnoreRelativeOnes) {
  const ScopedEnvironment data("XDG_DATA_HOME", "/d"), config("XDG_CONFIG_HOME", "c/onfig"),
      cache("XDG_CACHE_HOME", "."), empty("LATENTFLOW_CACHE", "");
  EXPECT_EQ(user_data_folder(), "/d/latentflow");
  EXPECT_EQ(user_config_folder(), folder_ / ".config/latentflow");
  EXPECT_EQ(cache_folder(), folder_ / ".cache/latentflow");
  const ScopedEnvironment own("LATENTFLOW_CACHE", "/k");
  EXPECT_EQ(cache_folder(), "/k");
}

TEST_F(UserFolders, AHomeThatIsNotThereYetIsMadeWhereThatIsPossible) {
  const std::string home = (folder_ / "new/home").string();
  const ScopedEnvironment named("HOME", home.c_str());
  EXPECT_EQ(home_folder(), home);
  EXPECT_FALSE(path_exists(home)) << "asking makes nothing";
}

TEST_F(UserFolders, AHomeThatIsNoneGivesWayToTheListedOne) {
  std::ofstream(folder_ / "file") << "x";
  fs::create_symlink("loop", folder_ / "loop");
  fs::create_symlink("nowhere", folder_ / "dangling");
  for (const std::string& home :
       {std::string(), std::string("relative"), std::string("."), (folder_ / "file").string(),
        (folder_ / "file/below").string(), (folder_ / "loop").string(), (folder_ / "dangling").string()}) {
    const ScopedEnvironment named("HOME", home.c_str());
    const fs::path found = user_data_folder();
    EXPECT_TRUE(found.is_absolute()) << home << " gave " << found;
    EXPECT_NE(found.string().rfind(folder_.path().string(), 0), 0u) << home << " gave " << found;
    if (may_write_into(listed_home())) {
      EXPECT_EQ(home_folder(), listed_home()) << home;
    }
    const std::string notice = user_folders_notice();
    EXPECT_EQ(notice.empty(), home.empty() && !home_folder().empty()) << home << ": " << notice;
    EXPECT_EQ(notice.find('\n'), std::string::npos);
  }
}

TEST_F(UserFolders, NoNoticeWhereTheHomeIsNotNeeded) {
  const ScopedEnvironment home("HOME", "relative"), data("XDG_DATA_HOME", "/d"),
      config("XDG_CONFIG_HOME", "/c");
  EXPECT_EQ(user_folders_notice(), "");
}

TEST_F(UserFolders, WorkInAFolderThatIsGone) {
  const WorkingFolder gone = WorkingFolder::removed();
  const ScopedEnvironment home("HOME", ".");
  EXPECT_TRUE(user_data_folder().is_absolute());
  EXPECT_TRUE(cache_folder().is_absolute());
}

TEST_F(UserFolders, TemporaryFilesIgnoreAPlaceThatIsNone) {
  const ScopedEnvironment place("TMPDIR", folder_.path().c_str());
  EXPECT_EQ(temporary_files(), folder_.path());
  for (const char* none : {"relative", "/nowhere/at/all", ""}) {
    const ScopedEnvironment named("TMPDIR", none);
    EXPECT_EQ(temporary_files(), "/tmp") << none;
  }
}

/// Runs as a user outside the system's list, as in a container: only root can change to one.
TEST_F(UserFolders, WithoutAnyHomeAFolderOfOnesOwnForTemporaryFiles) {
  constexpr uid_t kStranger = 59731;
  if (geteuid() != 0 || getpwuid(kStranger)) GTEST_SKIP() << "only root can become another user";
  chmod(folder_.path().c_str(), 0777);
  fs::create_directory(folder_ / ("latentflow-" + std::to_string(kStranger)));  // created there by another
                                                                                // user
  const ScopedEnvironment home("HOME", "/proc"), place("TMPDIR", folder_.path().c_str());
  ASSERT_EQ(seteuid(kStranger), 0);
  const fs::path found = user_data_folder();
  const std::string notice = user_folders_notice();
  EXPECT_EQ(make_folders(found), "");
  ASSERT_EQ(seteuid(0), 0);
  const fs::path own = folder_ / ("latentflow-" + std::to_string(kStranger) + "-2");
  EXPECT_EQ(found, own / ".local/share/latentflow");
  struct stat s {};
  ASSERT_EQ(lstat(own.c_str(), &s), 0);
  EXPECT_EQ(s.st_mode & 0777, 0700u);
  EXPECT_NE(notice.find(own.string()), std::string::npos) << notice;
  EXPECT_NE(notice.find("HOME (/proc) may not be written to"), std::string::npos) << notice;
}

TEST_F(UserFolders, FontsOfTheSystemComeBeforeThoseOfTheUserAndThePackage) {
  const auto folders = font_folders();
  EXPECT_EQ(folders.front(), "/usr/share/fonts");
  EXPECT_NE(std::find(folders.begin(), folders.end(), fs::path(folder_.path()) / ".fonts"), folders.end());
  EXPECT_EQ(folders.back(), program_folder().parent_path() / "share/latentflow/fonts");
}

TEST_F(UserFolders, TheProgramsFolderHoldsTheRunningProgram) {
  EXPECT_TRUE(is_file(program_folder() / "test_base"));
}

}  // namespace
}  // namespace lf::testing
