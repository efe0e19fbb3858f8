// The processor's features that matter for speed.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace lf {

/// The processor as the system describes it.
struct CpuAbilities {
  std::string name;
  std::vector<std::pair<std::string, bool>> flags;  ///< avx2, avx512f, avx512_bf16, amx: present or not
};

/// Reads the text of /proc/cpuinfo; missing flags count as absent.
CpuAbilities read_cpu_abilities(const std::string& cpuinfo);
/// The features of this machine.
CpuAbilities this_cpu();

}  // namespace lf
