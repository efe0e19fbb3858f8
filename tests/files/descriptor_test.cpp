#include "files/descriptor.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cerrno>
#include <string>

#include "file_size_limit.h"
#include "temporary_folder.h"

namespace lf::testing {
namespace {

class Descriptor : public ::testing::Test {
 protected:
  int open_again() { return open((folder_.path() / "file").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666); }

  TemporaryFolder folder_;
};

TEST_F(Descriptor, WritesToTheEnd) {
  const int fd = open_again();
  const std::string text(100000, 'a');
  const files::Written written = files::write_all(fd, text.data(), text.size());
  EXPECT_EQ(written.bytes, text.size());
  EXPECT_EQ(written.error, 0);
  EXPECT_EQ(lseek(fd, 0, SEEK_END), 100000);
  close(fd);
}

TEST_F(Descriptor, SaysHowFarItCameWhereThePlaceIsFull) {
  const int fd = open_again();
  const std::string text(5000, 'a');
  const FileSizeLimit full(3000);
  const files::Written written = files::write_all(fd, text.data(), text.size());
  EXPECT_EQ(written.bytes, 3000u);
  EXPECT_EQ(written.error, EFBIG);
  close(fd);
}

TEST_F(Descriptor, ALockKeepsOthersOutUntilItsDescriptorIsClosed) {
  const int first = open_again(), second = open_again();
  EXPECT_FALSE(files::locked_by_another(second));
  EXPECT_TRUE(files::lock_against_others(first));
  EXPECT_TRUE(files::locked_by_another(second));
  EXPECT_FALSE(files::locked_by_another(first)) << "its own";
  EXPECT_FALSE(files::lock_against_others(second));
  close(first);
  EXPECT_FALSE(files::locked_by_another(second));
  EXPECT_TRUE(files::lock_against_others(second));
  close(second);
}

TEST_F(Descriptor, WhatCannotBeAskedIsFree) { EXPECT_FALSE(files::locked_by_another(-1)); }

}  // namespace
}  // namespace lf::testing
