#include "parallel/team.h"

#include <omp.h>

namespace lf {

void run_team(int64_t count, const std::function<void(int64_t)>& work) {
  // One each: which thread does what is then fixed, and its memory stays near. More than that: who is free
  // takes the next, because the window or another program may have taken a core meanwhile.
  if (count <= omp_get_max_threads()) {
#pragma omp parallel for schedule(static, 1)
    for (int64_t i = 0; i < count; ++i) work(i);
  } else {
#pragma omp parallel for schedule(dynamic, 1)
    for (int64_t i = 0; i < count; ++i) work(i);
  }
}

}  // namespace lf
