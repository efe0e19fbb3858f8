// The folders of the program's own files.
#pragma once

#include <filesystem>

namespace lf {

/// The bundled files for a program in `folder`: there, installed beside it, or in the source tree
/// above it; the empty path if there are none.
std::filesystem::path find_assets_from(const std::filesystem::path& folder);

}  // namespace lf
