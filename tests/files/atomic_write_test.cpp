#include "files/atomic_write.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include "expect_error.h"
#include "file_size_limit.h"
#include "messages/errors.h"
#include "temporary_folder.h"

namespace lf::testing {
namespace {

std::string text_of(const std::filesystem::path& path) {
  const auto bytes = read_file(path, 1 << 20);
  return {bytes.begin(), bytes.end()};
}

TEST(AtomicWrite, WritesAndReplacesAndLeavesNothingAside) {
  TemporaryFolder folder;
  write_file_atomically(folder / "a.txt", std::string("one"));
  EXPECT_EQ(text_of(folder / "a.txt"), "one");
  write_file_atomically(folder / "a.txt", std::string("second"));
  EXPECT_EQ(text_of(folder / "a.txt"), "second");
  EXPECT_EQ(folder.count(), 1u);
}

TEST(AtomicWrite, FullDiskKeepsTheOldFile) {
  TemporaryFolder folder;
  write_file_atomically(folder / "a.bin", std::string("precious"));
  {
    FileSizeLimit limit(4096);
    expect_error<RunError>("a.bin",
                           [&] { write_file_atomically(folder / "a.bin", std::string(100000, 'x')); });
  }
  EXPECT_EQ(text_of(folder / "a.bin"), "precious");
  EXPECT_EQ(folder.count(), 1u);
}

TEST(AtomicWrite, ExceptionBeforeCommitKeepsTheOldFile) {
  TemporaryFolder folder;
  write_file_atomically(folder / "a.txt", std::string("old"));
  {
    AtomicFile file(folder / "a.txt");
    file.write("new", 3);
    EXPECT_EQ(folder.count(), 2u);
  }
  EXPECT_EQ(text_of(folder / "a.txt"), "old");
  EXPECT_EQ(folder.count(), 1u);
}

TEST(AtomicWrite, WithoutWaitingForTheDiskIsWholeToo) {
  TemporaryFolder folder;
  write_file_atomically(folder / "a.txt", std::string("old"));
  AtomicFile file(folder / "a.txt");
  file.write("new", 3);
  EXPECT_EQ(text_of(folder / "a.txt"), "old");
  file.commit_undurably();
  EXPECT_EQ(text_of(folder / "a.txt"), "new");
  EXPECT_EQ(folder.count(), 1u);
}

TEST(AtomicWrite, DoesNotWriteThroughALinkLaidInItsWay) {
  TemporaryFolder folder;
  write_file_atomically(folder / "precious", std::string("old"));
  std::filesystem::create_symlink(folder / "precious", folder / (".a.txt.tmp" + std::to_string(getpid())));
  write_file_atomically(folder / "a.txt", std::string("new"));
  EXPECT_EQ(text_of(folder / "precious"), "old");
  EXPECT_EQ(text_of(folder / "a.txt"), "new");
  EXPECT_FALSE(std::filesystem::is_symlink(folder / "a.txt"));
}

TEST(AtomicWrite, NamesFileAndReason) {
  TemporaryFolder folder;
  expect_error<RunError>("No such file or directory",
                         [&] { write_file_atomically(folder / "missing/a.txt", std::string("x")); });
  write_file_atomically(folder / "file", std::string("x"));
  expect_error<RunError>("file/a.txt",
                         [&] { write_file_atomically(folder / "file/a.txt", std::string("x")); });
  expect_error<RunError>("directory", [&] { write_file_atomically(folder.path(), std::string("x")); });
}

TEST(ReadFile, RefusesMissingFoldersAndLargeFiles) {
  TemporaryFolder folder;
  write_file_atomically(folder / "ten", std::string(10, 'x'));
  EXPECT_EQ(read_file(folder / "ten", 10).size(), 10u);
  expect_error<InputError>("at most 9", [&] { read_file(folder / "ten", 9); });
  expect_error<InputError>("no such file", [&] { read_file(folder / "none", 9); });
  expect_error<InputError>("not a file", [&] { read_file(folder.path(), 9); });
}

}  // namespace
}  // namespace lf::testing
