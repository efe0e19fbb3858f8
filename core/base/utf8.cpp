#include "base/utf8.h"

#include <cstdint>

namespace lf {
namespace {

uint8_t byte_at(const std::string& text, size_t at) { return at < text.size() ? uint8_t(text[at]) : 0; }

/// The bytes of the letter that begins at `at`; 0 where none does (RFC 3629: no overlong form, no half of a
/// surrogate pair, nothing above U+10FFFF).
size_t letter_bytes(const std::string& text, size_t at) {
  const uint8_t first = byte_at(text, at), second = byte_at(text, at + 1);
  if (first < 0x80) return 1;
  const size_t n = first >= 0xC2 && first <= 0xDF   ? 2
                   : (first & 0xF0) == 0xE0         ? 3
                   : first >= 0xF0 && first <= 0xF4 ? 4
                                                    : 0;
  for (size_t i = 1; i < n; ++i)
    if ((byte_at(text, at + i) & 0xC0) != 0x80) return 0;
  if ((first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F)) return 0;
  if ((first == 0xF0 && second < 0x90) || (first == 0xF4 && second > 0x8F)) return 0;
  return n;
}

}  // namespace

std::string valid_utf8(std::string text) {
  for (size_t at = 0; at < text.size();) {
    const size_t n = letter_bytes(text, at);
    if (n == 0) text[at] = '?';
    at += n == 0 ? 1 : n;
  }
  return text;
}

}  // namespace lf
