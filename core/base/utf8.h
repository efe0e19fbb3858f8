// Text that JSON can hold.
#pragma once

#include <string>

namespace lf {

/// `text` with '?' for every byte that belongs to no letter of UTF-8: names of files may be any bytes,
/// reports and model files are JSON.
std::string valid_utf8(std::string text);

}  // namespace lf
