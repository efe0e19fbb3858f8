// The format of digests in a record.
#pragma once

#include <algorithm>
#include <string>

namespace lf::records {

/// True for a SHA-256 in this program's format: 64 lower-case hexadecimal digits.
inline bool is_sha256_text(const std::string& text) {
  constexpr size_t kLetters = 64;
  const auto is_digit = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
  return text.size() == kLetters && std::all_of(text.begin(), text.end(), is_digit);
}

}  // namespace lf::records
