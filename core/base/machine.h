// The machine that a measurement was made on, for people who compare it with theirs.
#pragma once

#include <cstdint>
#include <string>

namespace lf {

struct Machine {
  std::string processor;  ///< its name as the system gives it; "" where it gives none
  int64_t cores = 0;      ///< that this process may use
  double memory_gb = 0;   ///< of the whole machine, 10⁹ bytes; 0 where the system does not say
};

/// This one.
Machine this_machine();

}  // namespace lf
