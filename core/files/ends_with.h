// Compares the end of a text, for names of files and tensors.
#pragma once

#include <string>

namespace lf::files {

inline bool ends_with(const std::string& text, const std::string& end) {
  return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

}  // namespace lf::files
