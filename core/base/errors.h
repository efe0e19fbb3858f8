// The two ways anything can fail, as people meet them: one line, no back-trace.
#pragma once

#include <stdexcept>
#include <string>

namespace lf {

inline constexpr size_t kMostErrorBytes = 16 << 10;  ///< of one message; a file can name things at any length

/// `text` as one line: control characters become spaces, so that what a hostile file calls its parts neither
/// breaks a line nor speaks to the terminal; what is too long is cut.
inline std::string one_line(std::string text) {
  if (text.size() > kMostErrorBytes) {
    size_t end = kMostErrorBytes;
    while (end > 0 && (text[end] & 0xC0) == 0x80) --end;  // not inside a letter of UTF-8
    text.replace(end, std::string::npos, "…");
  }
  for (char& letter : text) {
    if ((letter >= 0 && letter < ' ') || letter == 0x7F) letter = ' ';
  }
  text.erase(text.find_last_not_of(' ') + 1);
  return text;
}

/// What the user gave cannot be used (a file, a value, a name). Exit code 2, or a banner.
/// The message is one line: what, where, why, and what to do about it.
class InputError : public std::runtime_error {
 public:
  explicit InputError(const std::string& text) : std::runtime_error(one_line(text)) {}
};

/// Something failed while running (disk full, connection lost). Exit code 1, or a banner.
class RunError : public std::runtime_error {
 public:
  explicit RunError(const std::string& text) : std::runtime_error(one_line(text)) {}
};

/// A loss, a gradient or a weight is no number any more.
class DivergedError : public RunError {
 public:
  using RunError::RunError;
};

}  // namespace lf
