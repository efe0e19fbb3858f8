// Reads "key=value", the form in which command lines and scripts name a value.
#pragma once

#include <optional>
#include <string>

namespace lf {

struct Assignment {
  std::string key, value;
};

/// The parts of "key=value", apart at the first '='; nothing where there is none. Both may be empty.
inline std::optional<Assignment> split_assignment(const std::string& text) {
  const size_t equals = text.find('=');
  if (equals == std::string::npos) return std::nullopt;
  return Assignment{text.substr(0, equals), text.substr(equals + 1)};
}

}  // namespace lf
