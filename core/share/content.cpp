#include "share/content.h"

namespace lf::share {
namespace {

bool ends_word(char c) { return c == ' ' || c == '"' || c == '\'' || c == '\n' || c == ','; }
bool begins_path(const std::string& text, size_t at) {
  return text[at] == '/' && (at == 0 || ends_word(text[at - 1]) || text[at - 1] == '=');
}

}  // namespace

int64_t LiveNetwork::count() const {
  size_t numbers = 0;
  for (const auto* part : {&velocity, &decoder})
    for (const Weight& weight : *part) numbers += weight.values.size();
  return static_cast<int64_t>(numbers);
}

std::string without_folders(const std::string& text) {
  std::string result;
  for (size_t at = 0; at < text.size();) {
    if (!begins_path(text, at)) {
      result += text[at++];
      continue;
    }
    size_t end = at, name = at;
    for (; end < text.size() && !ends_word(text[end]); ++end)
      if (text[end] == '/' && end + 1 < text.size() && !ends_word(text[end + 1])) name = end + 1;
    result += text.substr(name, end - name);
    at = end;
  }
  return result;
}

}  // namespace lf::share
