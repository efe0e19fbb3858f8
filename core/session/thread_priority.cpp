#include "session/thread_priority.h"

#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>

namespace lf {

bool lower_thread_priority(int increment) {
  const auto thread = static_cast<id_t>(syscall(SYS_gettid));
  errno = 0;
  const int present = getpriority(PRIO_PROCESS, thread);
  if (present == -1 && errno != 0) return false;
  return setpriority(PRIO_PROCESS, thread, present + increment) == 0;
}

}  // namespace lf
