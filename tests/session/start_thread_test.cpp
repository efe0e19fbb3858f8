#include "session/start_thread.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <fstream>

#include "base/errors.h"

namespace lf {
namespace {

/// Bytes of address space that this process has taken.
rlim_t address_space() {
  std::ifstream pages("/proc/self/statm");
  rlim_t count = 0;
  pages >> count;
  return count * static_cast<rlim_t>(sysconf(_SC_PAGESIZE));
}

TEST(StartThread, DoesTheWork) {
  std::atomic<bool> done{false};
  start_thread("a test", [&] { done = true; }).join();
  EXPECT_TRUE(done);
}

/// In a process of its own, which has too little memory left for the stack of a thread.
TEST(StartThread, SaysWhichThreadIsMissing) {
#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
  GTEST_SKIP() << "a sanitizer needs memory of its own";
#endif
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    const rlim_t little = address_space() + (1 << 20);
    const rlimit limit{little, little};
    setrlimit(RLIMIT_AS, &limit);
    try {
      // The first may get the stacks that earlier threads left; this process ends before any of them does.
      for (int i = 0; i < 100; ++i) start_thread("the painter", [] { pause(); }).detach();
    } catch (const RunError& error) {
      _exit(std::string(error.what()).find("the painter cannot be started") != std::string::npos ? 7 : 8);
    }
    _exit(9);
  }
  int status = 0;
  waitpid(child, &status, 0);
  ASSERT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 7);
}

}  // namespace
}  // namespace lf
