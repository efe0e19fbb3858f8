// Durations and counts as people read them.
#pragma once

#include <cstdint>
#include <string>

namespace lf {

/// "0.8 s", "42 s", "3 min 05 s", "1 h 02 min".
std::string spoken_duration(double seconds);
/// "812", "12.4k", "3.1M".
std::string count_text(double count);

}  // namespace lf
