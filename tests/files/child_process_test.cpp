#include "files/child_process.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <thread>

namespace lf::files {
namespace {

TEST(ChildProcess, GivesItsOutputAndStatus) {
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  ChildProcess child;
  ASSERT_TRUE(child.start("/bin/sh", {"-c", "cat; echo \"$1\"", "sh", "a b"}, {-1, ends[1], -1}));
  close(ends[1]);
  EXPECT_EQ(child.wait(), 0) << "its input is empty";
  char text[16] = {};
  EXPECT_EQ(read(ends[0], text, sizeof text), 4);
  EXPECT_STREQ(text, "a b\n");
  close(ends[0]);
  ASSERT_TRUE(child.start("/bin/sh", {"-c", "exit 3"}, {}));
  EXPECT_NE(child.wait(), 0);
}

TEST(ChildProcess, OneThatCannotBeStartedIsSaid) {
  ChildProcess child;
  EXPECT_FALSE(child.start("/no/such/program", {}, {}));
  EXPECT_FALSE(child.running());
  EXPECT_EQ(child.poll(), std::nullopt);
}

TEST(ChildProcess, PollingDoesNotWaitAndTheDestructorEndsIt) {
  for (const int signal : {SIGKILL, SIGTERM}) {
    ChildProcess child;
    child.end_with(signal);
    ASSERT_TRUE(child.start("/bin/sleep", {"100"}, {}));
    EXPECT_EQ(child.poll(), std::nullopt);
    EXPECT_FALSE(child.start("/bin/sleep", {"100"}, {})) << "one at a time";
  }
  ChildProcess done;
  ASSERT_TRUE(done.start("/bin/sh", {"-c", "exit 0"}, {}));
  std::optional<int> status;
  for (int i = 0; i < 500 && !status; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
    status = done.poll();
  }
  EXPECT_EQ(status, 0);
}

}  // namespace
}  // namespace lf::files
