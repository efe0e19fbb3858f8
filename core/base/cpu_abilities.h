// What the processor can do, as far as it matters for speed here.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace lf {

/// The processor as the system describes it.
struct CpuAbilities {
  std::string name;
  std::vector<std::pair<std::string, bool>> flags;  ///< avx2, avx512f, avx512_bf16, amx: has it or not
};

/// Reads the text of /proc/cpuinfo; flags that are not named there count as absent.
CpuAbilities read_cpu_abilities(const std::string& cpuinfo);
/// The abilities of this machine.
CpuAbilities this_cpu();

}  // namespace lf
