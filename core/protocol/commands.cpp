#include "protocol/commands.h"

#include "base/errors.h"
#include "base/typed_text.h"

namespace lf {
namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\v' || c == '\f'; }

/// The meaning of a backslash and `c` inside double quotes.
char unescaped(char c) { return c == 'n' ? '\n' : c; }

}  // namespace

bool same_kind_replaces(const Command& queued, const Command& newer) {
  if (queued.what.index() != newer.what.index()) return false;
  if (const auto* old_set = std::get_if<SetCommand>(&queued.what)) {
    return old_set->key == std::get<SetCommand>(newer.what).key;
  }
  return std::holds_alternative<InspectCommand>(newer.what) ||
         std::holds_alternative<ViewStepCommand>(newer.what) ||
         std::holds_alternative<LabCommand>(newer.what) ||
         std::holds_alternative<BrowseCommand>(newer.what) ||
         std::holds_alternative<ListRunsCommand>(newer.what) ||
         std::holds_alternative<CompareRunsCommand>(newer.what);
}

std::vector<std::string> split_words(const std::string& line) {
  std::vector<std::string> words;
  std::string word;
  bool in_quotes = false, any = false;
  for (size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (c == '"') {
      in_quotes = !in_quotes;
      any = true;
    } else if (in_quotes && c == '\\' && i + 1 < line.size()) {
      word += unescaped(line[++i]);
    } else if (!in_quotes && is_space(c)) {
      if (any || !word.empty()) words.push_back(word);
      word.clear();
      any = false;
    } else {
      word += c;
    }
  }
  if (in_quotes) throw InputError("a double quote is not closed in: " + shown(line));
  if (any || !word.empty()) words.push_back(word);
  return words;
}

std::string quoted(const std::string& text) {
  if (!text.empty() && text.find_first_of(" \t\r\n\v\f\"#") == std::string::npos && !needs_quotes(text))
    return text;
  std::string inside;
  for (const char c : text) {
    if (c == '"' || c == '\\') inside += '\\';
    inside += c == '\n' ? "\\n" : std::string(1, c);
  }
  return "\"" + inside + "\"";
}

}  // namespace lf
