// Text that JSON can contain.
#pragma once

#include <string>

namespace lf {

/// `text` with '?' for every byte that is not part of a UTF-8 character: file names may be any
/// bytes, but reports and model files are JSON.
std::string valid_utf8(std::string text);

}  // namespace lf
