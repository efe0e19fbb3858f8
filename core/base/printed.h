#pragma once

#include <cstdio>
#include <string>

namespace lf {

/// Numbers as printf writes them; at most 63 characters.
template <class... Values>
std::string printed(const char* format, Values... values) {
  char buffer[64];
  std::snprintf(buffer, sizeof buffer, format, values...);
  return buffer;
}

}  // namespace lf
