// Where the program finds what belongs to it.
#pragma once

#include <filesystem>

namespace lf {

/// The folder of the running program (through /proc/self/exe).
std::filesystem::path executable_folder();

/// The shipped files as seen from a program in `folder`: there, installed beside it, or in the source tree
/// above it; the empty path when there are none.
std::filesystem::path find_assets_from(const std::filesystem::path& folder);

}  // namespace lf
