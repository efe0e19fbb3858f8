// The time base of the window: a steady clock, so that a change of the system's time has no effect.
#pragma once

#include <chrono>

namespace lf::app {

/// Seconds since the start of the program (since the first call, which main makes at once).
inline double seconds_since_start() {
  using Clock = std::chrono::steady_clock;
  static const Clock::time_point start = Clock::now();
  return std::chrono::duration<double>(Clock::now() - start).count();
}

}  // namespace lf::app
