#include "base/cpu_abilities.h"

#include <fstream>
#include <set>
#include <sstream>

namespace lf {
namespace {

/// What stands behind "KEY<tabs>: " in the first line that begins with KEY.
std::string value_of(const std::string& cpuinfo, const std::string& key) {
  std::istringstream lines(cpuinfo);
  for (std::string line; std::getline(lines, line);) {
    const auto colon = line.find(':');
    if (colon == std::string::npos || line.rfind(key, 0) != 0) continue;
    const auto after = line.find_first_not_of(" \t", key.size());
    if (after == colon) return colon + 2 <= line.size() ? line.substr(colon + 2) : "";
  }
  return "";
}

}  // namespace

CpuAbilities read_cpu_abilities(const std::string& cpuinfo) {
  std::istringstream words(value_of(cpuinfo, "flags"));
  std::set<std::string> present;
  for (std::string word; words >> word;) present.insert(word);
  CpuAbilities abilities;
  abilities.name = value_of(cpuinfo, "model name");
  for (const char* flag : {"avx2", "avx512f", "avx512_bf16"})
    abilities.flags.emplace_back(flag, present.count(flag) > 0);
  abilities.flags.emplace_back("amx", present.count("amx_tile") > 0 && present.count("amx_bf16") > 0);
  return abilities;
}

CpuAbilities this_cpu() {
  std::ifstream file("/proc/cpuinfo");
  std::ostringstream text;
  text << file.rdbuf();
  return read_cpu_abilities(text.str());
}

}  // namespace lf
