// Paths as people type and paste them.
#pragma once

#include <string>

namespace lf {

/// The path that a person means, where no shell has read the text before: `~` and `~/x` are the home folder,
/// `~name` is that user's; `file:///a%20b`, which file managers copy, is /a b; quotes around a path go.
/// Everything else stays as it is. A file that is really called ~ is written ./~.
std::string typed_path(const std::string& text);

}  // namespace lf
