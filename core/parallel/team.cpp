#include "parallel/team.h"

namespace lf {

void run_team(int64_t count, const std::function<void(int64_t)>& work) {
#pragma omp parallel for schedule(static, 1)
  for (int64_t i = 0; i < count; ++i) work(i);
}

}  // namespace lf
