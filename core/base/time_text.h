// Durations and counts as people read them.
#pragma once

#include <cstdint>
#include <string>

namespace lf {

/// "39 ms", "0.8 s", "42 s", "3 min 05 s", "1 h 02 min", "8 d 03 h".
std::string spoken_duration(double seconds);

/// "937,500": a count with its thousands apart.
std::string with_thousands(int64_t count);
/// "812", "12.4k", "3.1M".
std::string count_text(double count);

}  // namespace lf
