#include "records/table_text.h"

#include <algorithm>
#include <cctype>

#include "base/number_text.h"

namespace lf::records {
namespace {

bool begins_with(const std::string& text, const char* bytes) { return text.rfind(bytes, 0) == 0; }

std::string ascii_of_utf16(const std::string& text, bool big_endian) {
  std::string plain;
  plain.reserve(text.size() / 2);
  for (size_t at = 2; at + 1 < text.size(); at += 2) {
    const auto high = static_cast<unsigned char>(text[at + (big_endian ? 0 : 1)]);
    const auto low = static_cast<unsigned char>(text[at + (big_endian ? 1 : 0)]);
    plain += high == 0 && low < 0x80 ? static_cast<char>(low) : '?';
  }
  return plain;
}

bool is_blank(char letter) { return letter == ' ' || letter == '\t'; }

std::string trimmed(std::string cell) {
  while (!cell.empty() && is_blank(cell.back())) cell.pop_back();
  const auto first = std::find_if_not(cell.begin(), cell.end(), is_blank);
  cell.erase(cell.begin(), first);
  return cell;
}

constexpr size_t kMostCells = 64;      ///< of a row; no history has more columns
constexpr size_t kLongestNumber = 64;  ///< bytes; longer cells are no numbers

void replace_all(std::string& text, const std::string& part, const std::string& with) {
  for (size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + with.size()))
    text.replace(at, part.size(), with);
}

}  // namespace

std::string plain_text(const std::string& text) {
  if (begins_with(text, "\xEF\xBB\xBF")) return text.substr(3);
  if (begins_with(text, "\xFF\xFE")) return ascii_of_utf16(text, false);
  if (begins_with(text, "\xFE\xFF")) return ascii_of_utf16(text, true);
  return text;
}

/// From the quote on: a doubled quote stands for itself, and the cell may contain line ends.
std::string TableRows::quoted_cell() {
  const std::string& text = *text_;
  std::string cell;
  for (++at_; at_ < text.size(); ++at_) {
    if (text[at_] == '"' && at_ + 1 < text.size() && text[at_ + 1] == '"') {
      ++at_;
    } else if (text[at_] == '"') {
      ++at_;
      break;
    }
    if (text[at_] == '\n') ++next_line_;
    cell += text[at_];
  }
  return cell;
}

std::string TableRows::next_cell() {
  const std::string& text = *text_;
  std::string cell;
  while (at_ < text.size() && is_blank(text[at_]) && text[at_] != separator_) ++at_;
  if (at_ < text.size() && text[at_] == '"') cell = quoted_cell();
  const size_t end = std::min(text.find_first_of(std::string("\r\n") + separator_, at_), text.size());
  cell.append(text, at_, end - at_);
  at_ = end;
  return trimmed(std::move(cell));
}

bool TableRows::next(std::vector<std::string>& cells) {
  const std::string& text = *text_;
  cells.clear();
  if (at_ >= text.size()) return false;
  line_ = next_line_;
  cells.push_back(next_cell());
  while (at_ < text.size() && text[at_] == separator_) {
    ++at_;
    std::string cell = next_cell();
    if (cells.size() < kMostCells) cells.push_back(std::move(cell));
  }
  if (at_ < text.size()) {  // what ends the line: \n, \r\n or \r
    const bool two = text[at_] == '\r' && at_ + 1 < text.size() && text[at_ + 1] == '\n';
    at_ += two ? 2 : 1;
  }
  ++next_line_;
  return true;
}

bool is_no_value(const std::string& cell) {
  std::string word;
  for (const char letter : cell) word += static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
  if (!word.empty() && (word[0] == '-' || word[0] == '+')) word.erase(0, 1);
  if (word.empty() || word[0] == '#') return true;
  const char* const words[] = {"nan", "inf", "infinity", "n/a", "na", "null", "none", "n.v."};
  return std::any_of(std::begin(words), std::end(words), [&](const char* known) { return word == known; });
}

char decimal_mark(const std::string& cell) {
  const size_t at = cell.find_last_of(".,");
  return at == std::string::npos ? '\0' : cell[at];
}

std::optional<double> number_in_cell(const std::string& cell, char decimal) {
  if (cell.size() > kLongestNumber) return std::nullopt;
  std::string plain = cell;
  for (const char* group : {" ", "\xC2\xA0", "\xE2\x80\xAF", "'", decimal == ',' ? "." : ","})
    replace_all(plain, group, "");
  replace_all(plain, ",", ".");
  replace_all(plain, "\xE2\x88\x92", "-");  // the minus of typographers
  return parse_number(plain);
}

}  // namespace lf::records
