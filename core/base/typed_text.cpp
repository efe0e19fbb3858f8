#include "base/typed_text.h"

#include <algorithm>

#include "base/errors.h"

namespace lf {
namespace {

bool begins(const std::string& text, size_t at, const std::string& part) {
  return text.compare(at, part.size(), part) == 0;
}

/// The length in bytes of the first of `letters` that is at `at`; 0 if there is none.
template <class Letters>
size_t bytes_of(const std::string& text, size_t at, const Letters& letters) {
  if (static_cast<unsigned char>(text[at]) < 0x80)
    return 0;  // none of them is ASCII: the common case is fast
  for (const char* letter : letters)
    if (begins(text, at, letter)) return std::string(letter).size();
  return 0;
}

/// No-break, figure, narrow, ideographic spaces and similar, and line separators.
constexpr const char* kWideSpaces[] = {"\u00A0", "\u1680", "\u2000", "\u2001", "\u2002", "\u2003", "\u2004",
                                       "\u2005", "\u2006", "\u2007", "\u2008", "\u2009", "\u200A", "\u2028",
                                       "\u2029", "\u202F", "\u205F", "\u3000", "\u0085"};
/// A byte-order mark in the middle, zero-width spaces and joiners, direction marks.
constexpr const char* kNoWidth[] = {"\uFEFF", "\u200B", "\u2060", "\u200E", "\u200F"};
constexpr const char* kQuotes[] = {"\u201C", "\u201D", "\u201E", "\u2018", "\u201A", "\u2033"};

/// "UTF-16" or "UTF-32" if the bytes begin like that, with or without a mark; else "".
std::string wide_encoding(const std::string& bytes) {
  const auto mark = [&](const char* letters, size_t n) { return bytes.compare(0, n, letters, n) == 0; };
  const auto zero = [&](size_t at) { return at < bytes.size() && bytes[at] == 0; };
  if (mark("\xff\xfe\0\0", 4) || mark("\0\0\xfe\xff", 4)) return "UTF-32";
  if (mark("\xff\xfe", 2) || mark("\xfe\xff", 2)) return "UTF-16";
  if (bytes.size() < 4) return "";
  if (zero(1) && zero(2) && zero(3) && !zero(0)) return "UTF-32";
  if (zero(0) && zero(1) && zero(2) && !zero(3)) return "UTF-32";
  const bool little = zero(1) && zero(3) && !zero(0) && !zero(2);
  const bool big = zero(0) && zero(2) && !zero(1) && !zero(3);
  return little || big ? "UTF-16" : "";
}

/// A quote at the beginning of a word, or of the value of key=value.
bool opens_word(const std::string& line, size_t at) {
  return at == 0 || line[at - 1] == ' ' || line[at - 1] == '\t' || line[at - 1] == '=';
}

/// Calls visit(at, bytes, in_quotes) for each byte of a line, or pair of bytes if the first is a
/// backslash in double quotes; visit returns the number of bytes to advance.
template <class Visit>
void for_each_letter(const std::string& line, Visit visit) {
  bool in_quotes = false;
  for (size_t at = 0; at < line.size();) {
    const bool escape = in_quotes && line[at] == '\\' && at + 1 < line.size();
    if (line[at] == '"') in_quotes = !in_quotes;
    at += visit(at, escape ? size_t(2) : size_t(1), in_quotes);
  }
}

}  // namespace

std::string typed_text(const std::string& bytes, const std::string& name) {
  const std::string wide = wide_encoding(bytes);
  if (!wide.empty()) throw InputError(name + ": this is " + wide + "; save it as UTF-8");
  if (const size_t nul = bytes.find('\0'); nul != std::string::npos) {
    const auto line = 1 + std::count(bytes.begin(), bytes.begin() + static_cast<long>(nul), '\n');
    throw InputError(name + ":" + std::to_string(line) +
                     ": there is a NUL byte; this is not a text file; name one in UTF-8");
  }
  std::string text;
  text.reserve(bytes.size());
  for (size_t i = begins(bytes, 0, "\uFEFF") ? 3 : 0; i < bytes.size(); ++i) {
    if (bytes[i] != '\r') {
      text += bytes[i];
    } else if (i + 1 == bytes.size() || bytes[i + 1] != '\n') {
      text += '\n';  // a lone CR ended lines on old Macs
    }
  }
  return text;
}

std::string plain_spaces(const std::string& line) {
  std::string plain;
  for_each_letter(line, [&](size_t at, size_t bytes, bool in_quotes) {
    const size_t wide = in_quotes ? 0 : bytes_of(line, at, kWideSpaces);
    const size_t none = in_quotes ? 0 : bytes_of(line, at, kNoWidth);
    plain += wide > 0 ? " " : none > 0 ? "" : line.substr(at, bytes);
    return std::max({wide, none, bytes});
  });
  return plain;
}

void refuse_typographic_quotes(const std::string& line) {
  for_each_letter(line, [&](size_t at, size_t bytes, bool in_quotes) {
    const size_t quote = in_quotes || !opens_word(line, at) ? 0 : bytes_of(line, at, kQuotes);
    if (quote > 0)
      throw InputError("a typographic quote (" + line.substr(at, quote) + ") opens a word; type \" instead");
    return bytes;
  });
}

bool needs_quotes(const std::string& text) {
  for (size_t i = 0; i < text.size(); ++i)
    if (bytes_of(text, i, kWideSpaces) + bytes_of(text, i, kNoWidth) + bytes_of(text, i, kQuotes) > 0)
      return true;
  return false;
}

std::string shown(const std::string& text) {
  constexpr size_t kMostBytes = 80;
  if (text.size() <= kMostBytes) return text;
  size_t end = kMostBytes;
  while (end > 0 && (text[end] & 0xC0) == 0x80) --end;  // not inside a character
  return text.substr(0, end) + "…";
}

}  // namespace lf
