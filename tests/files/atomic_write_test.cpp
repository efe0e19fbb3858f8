#include "files/atomic_write.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/errors.h"
#include "expect_error.h"
#include "file_size_limit.h"
#include "temporary_folder.h"

namespace lf::testing {
namespace {

std::string text_of(const std::filesystem::path& path) {
  const auto bytes = files::read_file(path, 1 << 20);
  return {bytes.begin(), bytes.end()};
}

TEST(AtomicWrite, WritesAndReplacesAndLeavesNothingAside) {
  TemporaryFolder folder;
  files::write_file_atomically(folder / "a.txt", std::string("one"));
  EXPECT_EQ(text_of(folder / "a.txt"), "one");
  files::write_file_atomically(folder / "a.txt", std::string("second"));
  EXPECT_EQ(text_of(folder / "a.txt"), "second");
  EXPECT_EQ(folder.count(), 1u);
}

TEST(AtomicWrite, FullDiskKeepsTheOldFile) {
  TemporaryFolder folder;
  files::write_file_atomically(folder / "a.bin", std::string("precious"));
  {
    FileSizeLimit limit(4096);
    expect_error<RunError>("a.bin",
                           [&] { files::write_file_atomically(folder / "a.bin", std::string(100000, 'x')); });
  }
  EXPECT_EQ(text_of(folder / "a.bin"), "precious");
  EXPECT_EQ(folder.count(), 1u);
}

TEST(AtomicWrite, ExceptionBeforeCommitKeepsTheOldFile) {
  TemporaryFolder folder;
  files::write_file_atomically(folder / "a.txt", std::string("old"));
  {
    files::AtomicFile file(folder / "a.txt");
    file.write("new", 3);
    EXPECT_EQ(folder.count(), 2u);
  }
  EXPECT_EQ(text_of(folder / "a.txt"), "old");
  EXPECT_EQ(folder.count(), 1u);
}

TEST(AtomicWrite, WithoutWaitingForTheDiskIsWholeToo) {
  TemporaryFolder folder;
  files::write_file_atomically(folder / "a.txt", std::string("old"));
  files::AtomicFile file(folder / "a.txt");
  file.write("new", 3);
  EXPECT_EQ(text_of(folder / "a.txt"), "old");
  file.commit_undurably();
  EXPECT_EQ(text_of(folder / "a.txt"), "new");
  EXPECT_EQ(folder.count(), 1u);
}

TEST(AtomicWrite, DoesNotWriteThroughALinkLaidInItsWay) {
  TemporaryFolder folder;
  files::write_file_atomically(folder / "precious", std::string("old"));
  std::filesystem::create_symlink(folder / "precious", folder / (".a.txt.tmp" + std::to_string(getpid())));
  files::write_file_atomically(folder / "a.txt", std::string("new"));
  EXPECT_EQ(text_of(folder / "precious"), "old");
  EXPECT_EQ(text_of(folder / "a.txt"), "new");
  EXPECT_FALSE(std::filesystem::is_symlink(folder / "a.txt"));
}

TEST(AtomicWrite, TakesEveryNameThatTheFileSystemTakes) {
  const std::string letter = "\xC3\xA4";  // ä
  std::string umlauts;
  for (int i = 0; i < 125; ++i) umlauts += letter;
  for (const std::string& name :
       {std::string(255, 'n'), std::string(248, 'n') + ".png", umlauts + ".csv", std::string("...."),
        std::string("-rf"), std::string("a\nb \"c\" 'd'"), std::string("\xFF\xFE.npy"), std::string(" ")}) {
    TemporaryFolder folder;
    files::write_file_atomically(folder / name, std::string("old"));
    files::write_file_atomically(folder / name, std::string("new"));
    EXPECT_EQ(text_of(folder / name), "new") << name;
    EXPECT_EQ(folder.count(), 1u) << name;
  }
}

TEST(AtomicWrite, TwoLongNamesAtOnceKeepApart) {
  TemporaryFolder folder;
  const std::string same(250, 'n');
  files::AtomicFile first(folder / (same + "1")), second(folder / (same + "2"));
  first.write("one", 3);
  second.write("two", 3);
  first.commit();
  second.commit();
  EXPECT_EQ(text_of(folder / (same + "1")), "one");
  EXPECT_EQ(text_of(folder / (same + "2")), "two");
}

TEST(AtomicWrite, TakesAPathAsLongAsTheSystemTakes) {
  TemporaryFolder folder;
  std::filesystem::path deep = folder.path();
  const size_t longest = 4095, name = 3;  // PATH_MAX counts the end of the text
  while (deep.native().size() + 1 + 200 + 1 + name < longest) deep /= std::string(200, 'd');
  const size_t rest = longest - name - 2 - deep.native().size();
  if (rest > 0) deep /= std::string(rest, 'e');
  std::filesystem::create_directories(deep);
  ASSERT_EQ((deep / "f.g").native().size(), longest);
  files::write_file_atomically(deep / "f.g", std::string("deep"));
  EXPECT_EQ(text_of(deep / "f.g"), "deep");
}

TEST(AtomicWrite, RefusesANameThatIsTooLong) {
  TemporaryFolder folder;
  expect_error<RunError>("too long; choose a shorter name", [&] {
    files::write_file_atomically(folder / std::string(256, 'n'), std::string("x"));
  });
  EXPECT_EQ(folder.count(), 0u);
}

TEST(AtomicWrite, NamesFileAndReason) {
  TemporaryFolder folder;
  expect_error<RunError>("No such file or directory",
                         [&] { files::write_file_atomically(folder / "missing/a.txt", std::string("x")); });
  files::write_file_atomically(folder / "file", std::string("x"));
  expect_error<RunError>("file/a.txt",
                         [&] { files::write_file_atomically(folder / "file/a.txt", std::string("x")); });
  expect_error<RunError>("directory", [&] { files::write_file_atomically(folder.path(), std::string("x")); });
}

TEST(ReadFile, RefusesMissingFoldersAndLargeFiles) {
  TemporaryFolder folder;
  files::write_file_atomically(folder / "ten", std::string(10, 'x'));
  EXPECT_EQ(files::read_file(folder / "ten", 10).size(), 10u);
  expect_error<InputError>("at most 9", [&] { files::read_file(folder / "ten", 9); });
  expect_error<InputError>("no such file", [&] { files::read_file(folder / "none", 9); });
  expect_error<InputError>("not a file", [&] { files::read_file(folder.path(), 9); });
}

TEST(ReadFile, SaysWhatLiesThereInsteadOfAFile) {
  TemporaryFolder folder;
  std::filesystem::create_symlink("loop", folder / "loop");
  std::filesystem::create_symlink("nowhere", folder / "dangling");
  ASSERT_EQ(mkfifo((folder / "pipe").c_str(), 0600), 0);
  expect_error<InputError>("form a loop", [&] { files::read_file(folder / "loop", 9); });
  expect_error<InputError>("form a loop", [&] { files::read_file(folder / "loop/x", 9); });
  expect_error<InputError>("no such file", [&] { files::read_file(folder / "dangling", 9); });
  expect_error<InputError>("pipe",
                           [&] { files::read_file(folder / "pipe", 9); });  // and does not wait for a writer
  expect_error<InputError>("device", [&] { files::read_file("/dev/zero", 9); });
  expect_error<InputError>("too long", [&] { files::read_file(folder / std::string(300, 'n'), 9); });
}

}  // namespace
}  // namespace lf::testing
