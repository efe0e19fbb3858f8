// printf's formats for a std::string: numbers in messages, reports and figures.
#pragma once

#include <cstdio>
#include <string>

namespace lf {

/// What printf would write.
template <class... Values>
std::string printed(const char* format, Values... values) {
  char buffer[256];
  const int length = std::snprintf(buffer, sizeof buffer, format, values...);
  if (length < static_cast<int>(sizeof buffer)) return buffer;
  std::string text(static_cast<size_t>(length), ' ');
  std::snprintf(text.data(), text.size() + 1, format, values...);
  return text;
}

}  // namespace lf
