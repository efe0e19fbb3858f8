// The two kinds of errors that users see: one line, no back-trace.
#pragma once

#include <stdexcept>
#include <string>

namespace lf {

inline constexpr size_t kMostErrorBytes = 16 << 10;  ///< of one message; a file may contain names of any
                                                     ///< length

/// `text` as one line. Control characters become spaces, so that a name in a hostile file neither
/// breaks a line nor controls the terminal; long text is cut.
inline std::string one_line(std::string text) {
  if (text.size() > kMostErrorBytes) {
    size_t end = kMostErrorBytes;
    while (end > 0 && (text[end] & 0xC0) == 0x80) --end;  // not inside a UTF-8 character
    text.replace(end, std::string::npos, "…");
  }
  for (char& letter : text) {
    if ((letter >= 0 && letter < ' ') || letter == 0x7F) letter = ' ';
  }
  text.erase(text.find_last_not_of(' ') + 1);
  return text;
}

/// The user's input cannot be used (a file, a value, a name). Exit code 2, or a banner. The message
/// is one line: what, where, why, and what to do about it.
class InputError : public std::runtime_error {
 public:
  explicit InputError(const std::string& text) : std::runtime_error(one_line(text)) {}
};

/// Something failed while running (disk full, connection lost). Exit code 1, or a banner.
class RunError : public std::runtime_error {
 public:
  explicit RunError(const std::string& text) : std::runtime_error(one_line(text)) {}
};

/// A loss, a gradient or a weight is NaN.
class DivergedError : public RunError {
 public:
  using RunError::RunError;
};

}  // namespace lf
