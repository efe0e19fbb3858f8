#include "files/atomic_write.h"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <csignal>

#include "expect_error.h"
#include "messages/errors.h"
#include "temporary_folder.h"

namespace lf::testing {
namespace {

std::string text_of(const std::filesystem::path& path) {
  const auto bytes = read_file(path, 1 << 20);
  return {bytes.begin(), bytes.end()};
}

/// Makes writing beyond `bytes` fail with an error, as a full disk does, while it lives.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) {
    getrlimit(RLIMIT_FSIZE, &before_);
    handler_ = std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{bytes, before_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FileSizeLimit() {
    setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }

 private:
  rlimit before_{};
  void (*handler_)(int);
};

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
