// Elapsed time and the time of day.
#pragma once

#include <chrono>
#include <ctime>
#include <string>

namespace lf {

/// Seconds since `start`.
inline double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// The local time now, by a strftime format that gives fewer than 64 characters.
inline std::string local_time(const char* format) {
  const std::time_t now = std::time(nullptr);
  std::tm local{};
  localtime_r(&now, &local);
  char text[64];
  std::strftime(text, sizeof text, format, &local);
  return text;
}

}  // namespace lf
