#include "session/standard_streams.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <vector>

namespace lf {
namespace {

/// In a separate process: closes these, opens what is missing, and reports the number of the next
/// file; 100 if one of the three is unusable.
int next_number_after_closing(const std::vector<int>& closed) {
  const pid_t child = fork();
  if (child == 0) {
    for (const int number : closed) close(number);
    open_standard_streams();
    for (const int number : closed) {
      if (fcntl(number, F_GETFL) < 0 || (number > 0 && write(number, "x", 1) != 1)) _exit(100);
    }
    _exit(open("/dev/null", O_RDONLY));
  }
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST(StandardStreams, NoFileOfOursGetsTheirNumbers) {
  const int untouched = next_number_after_closing({});
  ASSERT_GE(untouched, 3);
  for (const std::vector<int>& closed : {std::vector<int>{2}, std::vector<int>{0}, std::vector<int>{1},
                                         std::vector<int>{0, 1, 2}, std::vector<int>{0, 2}}) {
    EXPECT_EQ(next_number_after_closing(closed), untouched);
  }
}

}  // namespace
}  // namespace lf
