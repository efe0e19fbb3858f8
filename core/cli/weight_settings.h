// What can be said about a weights file beside the file itself.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace lf {

/// The N of "heads=N" among `assignments`; 0 where there is none. Throws InputError for anything else.
int64_t heads_setting(const std::vector<std::string>& assignments);

}  // namespace lf
