// The machine of a measurement, for comparison with other machines.
#pragma once

#include <cstdint>
#include <string>

namespace lf {

struct Machine {
  std::string processor;  ///< the system's name for it; "" if there is none
  int64_t cores = 0;      ///< available to this process
  double memory_gb = 0;   ///< of the whole machine, 10⁹ bytes; 0 if unknown
};

/// This one.
Machine this_machine();

}  // namespace lf
