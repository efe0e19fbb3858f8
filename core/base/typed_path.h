// Paths as users type and paste them.
#pragma once

#include <string>

namespace lf {

/// The path that the user meant, if no shell has processed the text: `~` and `~/x` are the home
/// folder, `~name` is that user's; `file:///a%20b`, which file managers copy, is /a b; quotes
/// around a path are removed. Everything else stays unchanged. A file whose name is ~ is written
/// ./~.
std::string typed_path(const std::string& text);

}  // namespace lf
