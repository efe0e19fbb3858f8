// How the digests of a record are written.
#pragma once

#include <algorithm>
#include <string>

namespace lf {

/// Is this a SHA-256 as this program writes it: 64 lower-case hexadecimal digits?
inline bool is_sha256_text(const std::string& text) {
  constexpr size_t kLetters = 64;
  const auto is_digit = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
  return text.size() == kLetters && std::all_of(text.begin(), text.end(), is_digit);
}

}  // namespace lf
