#include "base/machine.h"

#include <sys/sysinfo.h>

#include <cmath>
#include <thread>

#include "base/cpu_abilities.h"

namespace lf {
namespace {

double memory_gb() {
  struct sysinfo info {};
  if (sysinfo(&info) != 0) return 0;
  const double bytes = static_cast<double>(info.totalram) * info.mem_unit;
  return std::round(bytes / 1e8) / 10;
}

}  // namespace

Machine this_machine() {
  return {this_cpu().name, static_cast<int64_t>(std::thread::hardware_concurrency()), memory_gb()};
}

}  // namespace lf
