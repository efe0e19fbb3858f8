#include "parallel/team.h"

#include <omp.h>

#include <algorithm>

namespace lf::parallel {

void run_team(int64_t count, const std::function<void(int64_t)>& work) {
  // With one call per thread, the assignment is fixed and each thread's memory stays near. With
  // more calls, a free thread takes the next one, because the window or another program may occupy
  // a core.
  if (count <= omp_get_max_threads()) {
#pragma omp parallel for schedule(static, 1)
    for (int64_t i = 0; i < count; ++i) work(i);
  } else {
#pragma omp parallel for schedule(dynamic, 1)
    for (int64_t i = 0; i < count; ++i) work(i);
  }
}

int default_team() { return std::min(omp_get_max_threads(), omp_get_num_procs()); }

int granted_team(int wanted) {
  omp_set_dynamic(0);
  omp_set_max_active_levels(std::min(1, omp_get_max_active_levels()));
  int granted = 1;
#pragma omp parallel num_threads(wanted)
  {
#pragma omp single
    granted = omp_get_num_threads();
  }
  return granted;
}

}  // namespace lf::parallel
