#include "protocol/run_label.h"

#include <algorithm>

#include "base/command_words.h"
#include "base/errors.h"
#include "base/typed_text.h"
#include "base/utf8.h"

namespace lf {
namespace {

std::string without_outer_spaces(const std::string& text) {
  const size_t first = text.find_first_not_of(' ');
  if (first == std::string::npos) return "";
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

std::string text_problem(const std::string& what, const std::string& text, size_t most_bytes) {
  const bool control =
      std::any_of(text.begin(), text.end(), [](unsigned char c) { return c < ' ' || c == 0x7f; });
  if (control) return what + " " + shown(text) + ": it has a line break or another control character";
  if (valid_utf8(text) != text) return what + ": it is not UTF-8";
  if (text.size() > most_bytes)
    return what + " " + shown(text) + ": it is longer than " + std::to_string(most_bytes) + " bytes";
  return "";
}

/// The words of a list separated by commas.
std::vector<std::string> list_words(const std::string& text) {
  std::vector<std::string> words;
  for (size_t begin = 0; begin <= text.size();) {
    const size_t comma = std::min(text.find(',', begin), text.size());
    words.push_back(without_outer_spaces(text.substr(begin, comma - begin)));
    begin = comma + 1;
  }
  return words;
}

bool clears(const LabelRunCommand& command, const char* what) {
  const std::vector<std::string> words = list_words(command.clear);
  return std::find(words.begin(), words.end(), what) != words.end();
}

}  // namespace

std::vector<std::string> parse_tags(const std::string& text) {
  std::vector<std::string> tags;
  for (const std::string& tag : list_words(text))
    if (!tag.empty() && std::find(tags.begin(), tags.end(), tag) == tags.end()) tags.push_back(tag);
  return tags;
}

std::string tags_text(const std::vector<std::string>& tags) { return joined_names(tags); }

std::string label_problem(const RunLabel& label) {
  std::string why = text_problem("name", label.name, kMostNameBytes);
  if (why.empty()) why = text_problem("note", label.note, kMostNoteBytes);
  if (why.empty() && label.tags.size() > kMostTags)
    why = "tags: there are more than " + std::to_string(kMostTags);
  for (const std::string& tag : label.tags) {
    if (why.empty()) why = text_problem("tag", tag, kMostTagBytes);
    if (why.empty() && parse_tags(tag) != std::vector<std::string>{tag})
      why = "tag " + shown(tag) + ": it is empty, or has a comma or spaces around it";
  }
  return why;
}

void check_label_command(const LabelRunCommand& command) {
  const std::vector<std::string> known{"name", "note", "tags"};
  if (!command.clear.empty()) {
    for (const std::string& word : list_words(command.clear))
      if (std::find(known.begin(), known.end(), word) == known.end())
        throw InputError("label-run: clear=" + shown(command.clear) + ": known are " + joined_names(known));
  }
  const std::string why = label_problem({command.name, command.note, parse_tags(command.tags), false});
  if (!why.empty()) throw InputError("label-run: " + why);
}

RunLabel changed_label(RunLabel label, const LabelRunCommand& command) {
  if (clears(command, "name")) label.name.clear();
  if (clears(command, "note")) label.note.clear();
  if (clears(command, "tags")) label.tags.clear();
  if (!command.name.empty()) label.name = without_outer_spaces(command.name);
  if (!command.note.empty()) label.note = without_outer_spaces(command.note);
  if (!command.tags.empty()) label.tags = parse_tags(command.tags);
  if (!command.star.empty()) label.star = command.star == "on";
  return label;
}

}  // namespace lf
