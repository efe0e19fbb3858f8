#pragma once

#include <chrono>

namespace lf {

/// Seconds since the program was started (since this was first asked for; main asks at once).
inline double seconds_since_start() {
  using Clock = std::chrono::steady_clock;
  static const Clock::time_point start = Clock::now();
  return std::chrono::duration<double>(Clock::now() - start).count();
}

}  // namespace lf
