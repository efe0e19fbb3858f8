#include "base/paths.h"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <chrono>
#include <cstring>
#include <fstream>

#include "temporary_folder.h"
#include "working_folder.h"

namespace lf::testing {
namespace {

namespace fs = std::filesystem;

/// A folder with every kind of entry.
class Menagerie {
 public:
  Menagerie() {
    std::ofstream(folder_ / "file") << "1234";
    fs::create_directory(folder_ / "folder");
    fs::create_symlink("loop", folder_ / "loop");
    fs::create_symlink("nowhere", folder_ / "dangling");
    fs::create_symlink("file", folder_ / "link");
    fs::create_directory_symlink(".", folder_ / "self");
    EXPECT_EQ(mkfifo((folder_ / "pipe").c_str(), 0600), 0);
    const int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, (folder_ / "socket").c_str(), sizeof address.sun_path - 1);
    EXPECT_EQ(bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    close(fd);
  }
  fs::path operator/(const std::string& name) const { return folder_ / name; }
  const fs::path& path() const { return folder_.path(); }

 private:
  TemporaryFolder folder_;
};

TEST(Paths, KnowsEverythingThatANameCanStandFor) {
  const Menagerie all;
  const std::pair<const char*, PathKind> kinds[] = {
      {"file", PathKind::File},      {"link", PathKind::File},        {"folder", PathKind::Folder},
      {"self", PathKind::Folder},    {"pipe", PathKind::Other},       {"socket", PathKind::Other},
      {"none", PathKind::Nothing},   {"dangling", PathKind::Nothing}, {"loop", PathKind::Unknown},
      {"file/x", PathKind::Nothing}, {"loop/x", PathKind::Unknown}};
  for (const auto& [name, kind] : kinds) EXPECT_EQ(kind_of(all / name), kind) << name;
  EXPECT_EQ(kind_of("/dev/null"), PathKind::Other);
  EXPECT_EQ(kind_of(std::string(5000, 'n')), PathKind::Unknown);
}

TEST(Paths, SaysWhyThereIsNoFileOrFolder) {
  const Menagerie all;
  EXPECT_EQ(no_file_reason(all / "link"), "");
  EXPECT_EQ(no_file_reason(all / "none"), "there is no such file");
  EXPECT_EQ(no_file_reason(all / "folder"), "it is a folder and not a file");
  EXPECT_EQ(no_file_reason(all / "loop"), "its links form a loop");
  EXPECT_EQ(no_file_reason(all / std::string(256, 'n')), "the name is too long");
  EXPECT_EQ(no_folder_reason(all / "self"), "");
  EXPECT_EQ(no_folder_reason(all / "none"), "there is no such folder");
  EXPECT_EQ(no_folder_reason(all / "file"), "it is a file and not a folder");
  EXPECT_NE(no_folder_reason(all / "socket").find("a socket"), std::string::npos);
}

TEST(Paths, ListsAFolderInOrderWithWhatIsOddInIt) {
  const Menagerie all;
  const FolderEntries found = folder_entries(all.path());
  EXPECT_EQ(found.error, "");
  std::vector<std::string> names;
  for (const FolderEntry& entry : found.entries) names.push_back(entry.path.filename().string());
  EXPECT_EQ(names, (std::vector<std::string>{"dangling", "file", "folder", "link", "loop", "pipe", "self",
                                             "socket"}));
  EXPECT_EQ(found.entries[4].why, "its links form a loop");
  EXPECT_NE(folder_entries(all / "none").error, "");
  EXPECT_NE(folder_entries(all / "file").error, "");
  EXPECT_EQ(folder_entries(all / "loop").error, "its links form a loop");
}

TEST(Paths, FindsFilesBelowWithoutFollowingLinks) {
  const Menagerie all;
  fs::create_directories(all / "folder/deeper");
  std::ofstream(all / "folder/deeper/last") << "x";
  const auto files = files_below(all.path());
  EXPECT_EQ(files, (std::vector<fs::path>{all / "file", all / "link", all / "folder/deeper/last"}));
}

TEST(Paths, MakesAndRemovesWithAReasonInPlaceOfAnException) {
  const Menagerie all;
  EXPECT_EQ(make_folders(all / "a/b/c"), "");
  EXPECT_EQ(make_folders(all / "a/b/c/"), "");
  EXPECT_NE(make_folders(all / "file"), "");
  EXPECT_NE(make_folders(all / "file/x"), "");
  EXPECT_EQ(make_folders(all / "loop/x"), "its links form a loop");
  EXPECT_NE(make_folders(all / "dangling"), "");
  EXPECT_FALSE(remove_path(all / "a"));  // not empty
  EXPECT_TRUE(remove_path(all / "loop"));
  EXPECT_TRUE(remove_path(all / "none"));
  remove_tree(all / "a");
  EXPECT_FALSE(path_exists(all / "a"));
}

TEST(Paths, ARenameReplacesNothing) {
  TemporaryFolder folder;
  fs::create_directory(folder / "from");
  fs::create_directory(folder / "empty");
  fs::create_symlink("nowhere", folder / "dangling");
  for (const char* taken : {"empty", "dangling"})
    EXPECT_NE(rename_path(folder / "from", folder / taken).find("already there"), std::string::npos) << taken;
  EXPECT_TRUE(fs::is_directory(folder / "from"));
  EXPECT_EQ(rename_path(folder / "from", folder / "to"), "");
  EXPECT_TRUE(fs::is_directory(folder / "to"));
  EXPECT_NE(rename_path(folder / "from", folder / "other"), "") << "it is gone";
}

TEST(Paths, AStampChangesWithAFileAndWithTheNamesInAFolder) {
  TemporaryFolder folder;
  EXPECT_EQ(change_stamp(folder / "file"), 0u);
  fs::last_write_time(folder.path(), fs::last_write_time(folder.path()) - std::chrono::hours(1));
  const uint64_t empty = change_stamp(folder.path());
  std::ofstream(folder / "file") << "1";
  const uint64_t first = change_stamp(folder / "file");
  EXPECT_NE(first, 0u);
  EXPECT_EQ(change_stamp(folder / "file"), first);
  EXPECT_NE(change_stamp(folder.path()), empty);
  std::ofstream(folder / "file") << "22";
  EXPECT_NE(change_stamp(folder / "file"), first);
}

TEST(Paths, CutsWhatANameCannotEndIn) {
  const std::pair<const char*, const char*> cases[] = {{"a/b/", "a/b"},  {"a/b//", "a/b"}, {"a/b/.", "a/b"},
                                                       {"a/..", "a/.."}, {".", "."},       {"..", ".."},
                                                       {"./", "."},      {"/", "/"},       {"", ""}};
  for (const auto& [given, cut] : cases) EXPECT_EQ(without_slash(given), fs::path(cut)) << given;
  EXPECT_EQ(folder_of("a"), ".");
  EXPECT_EQ(folder_of("/a"), "/");
}

TEST(Paths, WorksInAFolderThatIsGone) {
  const WorkingFolder gone = WorkingFolder::removed();
  EXPECT_EQ(absolute_path("x"), "x");
  EXPECT_EQ(resolved_path("a/../x"), "x");
  EXPECT_FALSE(path_exists("x"));
  EXPECT_FALSE(same_place("x", "/"));
  EXPECT_TRUE(folder_entries(".").entries.empty());
  EXPECT_NE(make_folders("x"), "");
}

}  // namespace
}  // namespace lf::testing
