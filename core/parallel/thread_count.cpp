#include "parallel/thread_count.h"

#include <ATen/Parallel.h>
#include <pthread.h>
#include <semaphore.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <thread>
#include <vector>

#include "parallel/cpu_quota.h"
#include "parallel/team.h"

namespace lf::parallel {
namespace {

/// The variables with which a user or a batch system limits OpenMP's threads.
constexpr const char* kLimits[] = {"OMP_THREAD_LIMIT", "OMP_MAX_ACTIVE_LEVELS", "OMP_NUM_THREADS"};

constexpr size_t kStack =
    size_t{8} << 20;  ///< bytes; the stack of OpenMP's threads (OMP_STACKSIZE, set by load_core.cpp)

void* wait_for_all(void* gate) {
  while (sem_wait(static_cast<sem_t*>(gate)) != 0) {
  }
  return nullptr;
}

/// How many of `count` threads this process can have besides the calling one, found by creating
/// them all at the same time. OpenMP would end the program if it could not create one.
int threads_that_can_be_made(int count) {
  sem_t gate;
  pthread_attr_t attributes;
  if (sem_init(&gate, 0, 0) != 0 || pthread_attr_init(&attributes) != 0) return 0;
  pthread_attr_setstacksize(&attributes, kStack);
  std::vector<pthread_t> made;
  made.reserve(static_cast<size_t>(count));
  for (pthread_t thread; static_cast<int>(made.size()) < count; made.push_back(thread)) {
    if (pthread_create(&thread, &attributes, wait_for_all, &gate) != 0) break;
  }
  for (size_t i = 0; i < made.size(); ++i) sem_post(&gate);
  for (const pthread_t thread : made) pthread_join(thread, nullptr);
  pthread_attr_destroy(&attributes);
  sem_destroy(&gate);
  return static_cast<int>(made.size());
}

/// The size of the team that this thread's last call was granted. Its threads are alive, and a
/// trial beside them could reach a limit that they alone do not.
thread_local int standing_team = 1;

int makeable_team(int wanted) {
  return wanted <= standing_team ? wanted : 1 + threads_that_can_be_made(wanted - 1);
}

std::string limits_that_are_set() {
  std::string found;
  for (const char* name : kLimits) {
    if (const char* value = std::getenv(name); value && *value)
      found += (found.empty() ? "" : ", ") + std::string(name) + "=" + value;
  }
  return found.empty() ? "OpenMP grants no more here" : found;
}

}  // namespace

int usable_threads() {
  // OpenMP read OMP_NUM_THREADS and the processors of this process when it was loaded, before a
  // number was set.
  static const int at_start = std::max(1, default_team());
  int usable = at_start;
  if (const auto quota = cpu_quota()) usable = static_cast<int>(std::min<double>(usable, std::ceil(*quota)));
  return std::max(1, usable);
}

ThreadCount set_thread_count(int wanted) {
  ThreadCount count;
  const int usable = usable_threads();
  count.wanted = wanted > 0 ? wanted : usable;
  const int makeable = makeable_team(count.wanted);
  count.granted = granted_team(makeable);
  if (count.granted < makeable) {
    count.reason = limits_that_are_set();
  } else if (makeable < count.wanted) {
    count.reason =
        "the system makes no more threads for this process; ulimit -u and the control group's pids.max "
        "limit them";
  }
  standing_team = count.granted;
  at::set_num_threads(count.granted);
  return count;
}

}  // namespace lf::parallel
