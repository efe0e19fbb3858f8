#include "widgets/text/wrapping.h"

#include "widgets/text/text.h"

namespace lf::app::widgets {
namespace {

/// Bytes of the longest beginning of `word` that fits, at least one letter.
size_t fitting_bytes(const Ui& ui, Type type, const std::string& word, float width) {
  size_t best = 0;
  for (size_t end = 1; end <= word.size(); ++end) {
    const bool whole = end == word.size() || (static_cast<unsigned char>(word[end]) & 0xC0) != 0x80;
    if (!whole) continue;
    if (best > 0 && text_size(ui, type, word.substr(0, end)).x > width) break;
    best = end;
  }
  return best;
}

/// Appends one word to the lines, the last of which is being filled.
void append_word(const Ui& ui, Type type, std::string word, float width, std::vector<std::string>& lines) {
  const std::string longer = lines.back().empty() ? word : lines.back() + " " + word;
  if (text_size(ui, type, longer).x <= width) {
    lines.back() = longer;
    return;
  }
  if (!lines.back().empty()) lines.emplace_back();
  while (text_size(ui, type, word).x > width) {
    const size_t part = fitting_bytes(ui, type, word, width);
    if (part == word.size()) break;
    lines.back() = word.substr(0, part);
    lines.emplace_back();
    word.erase(0, part);
  }
  lines.back() = word;
}

}  // namespace

std::vector<std::string> wrapped_lines(const Ui& ui, Type type, const std::string& text, float width) {
  std::vector<std::string> lines{""};
  size_t at = 0;
  while (at < text.size()) {
    const size_t stop = text.find_first_of(" \n", at);
    const size_t end = stop == std::string::npos ? text.size() : stop;
    if (end > at) append_word(ui, type, text.substr(at, end - at), width, lines);
    if (stop != std::string::npos && text[stop] == '\n') lines.emplace_back();
    at = end + 1;
  }
  return lines;
}

}  // namespace lf::app::widgets
