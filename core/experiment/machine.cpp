#include "experiment/machine.h"

#include <sys/sysinfo.h>

#include <cmath>
#include <fstream>
#include <thread>

namespace lf {
namespace {

/// What stands behind "model name : " in /proc/cpuinfo.
std::string processor_name() {
  std::ifstream lines("/proc/cpuinfo");
  for (std::string line; std::getline(lines, line);) {
    const auto colon = line.find(": ");
    if (line.rfind("model name", 0) == 0 && colon != std::string::npos) return line.substr(colon + 2);
  }
  return "";
}

double memory_gb() {
  struct sysinfo info {};
  if (sysinfo(&info) != 0) return 0;
  const double bytes = static_cast<double>(info.totalram) * info.mem_unit;
  return std::round(bytes / 1e8) / 10;
}

}  // namespace

Machine this_machine() {
  return {processor_name(), static_cast<int64_t>(std::thread::hardware_concurrency()), memory_gb()};
}

}  // namespace lf
