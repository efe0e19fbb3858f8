#include "base/time_text.h"

#include <cmath>
#include <cstdio>

#include "base/printed.h"

namespace lf {

std::string spoken_duration(double seconds) {
  if (seconds > 0 && seconds < 0.0995) return printed("%.0f ms", 1000 * seconds);
  if (seconds < 9.95) return printed("%.1f s", seconds);
  const auto whole = static_cast<long long>(std::llround(seconds));
  if (whole < 60) return printed("%lld s", whole);
  if (whole < 3600) return printed("%lld min %02lld s", whole / 60, whole % 60);
  if (whole < 86400) return printed("%lld h %02lld min", whole / 3600, whole % 3600 / 60);
  return printed("%lld d %02lld h", whole / 86400, whole % 86400 / 3600);
}

std::string with_thousands(int64_t count) {
  std::string digits = std::to_string(count);
  const size_t first = count < 0 ? 1 : 0;
  for (size_t at = digits.size(); at > first + 3;) digits.insert(at -= 3, ",");
  return digits;
}

std::string count_text(double count) {
  if (count < 1000) return printed("%.0f", count);
  return count < 999950 ? printed("%.1fk", count / 1e3) : printed("%.1fM", count / 1e6);
}

}  // namespace lf
