// Completion for bash.
#include <sstream>

#include "cli/shell/completion.h"

namespace lf::cli {
namespace {

std::string words_of(const std::vector<std::string>& words) {
  std::string line;
  for (const auto& word : words) line += (line.empty() ? "" : " ") + word;
  return line;
}

std::string option_words(const CommandRow& command) {
  std::string line;
  for (const OptionRow* option : command.dashed()) line += (line.empty() ? "" : " ") + long_name(*option);
  return line;
}

/// "sample/--digit", the pattern under which an option's values are found.
std::string value_case(const CommandRow& command, const OptionRow& option) {
  const std::string place = command.name + "/" + (option.positional ? "" : long_name(option));
  if (!option.values.empty()) return "    " + place + ") words='" + words_of(option.values) + "' ;;\n";
  if (option.takes_file()) return "    " + place + ") files=1 ;;\n";
  return option.value.empty() ? "" : "    " + place + ") return ;;\n";
}

constexpr const char* kBashHead =
    "# Completion of latentflow for bash. Written by `latentflow completion bash`.\n"
    "_latentflow() {\n"
    "  local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} command='' word words='' "
    "files=''\n"
    "  COMPREPLY=()\n"
    "  # bash splits words at '=': the value of --set KEY=VALUE is free.\n"
    "  [[ $current == = || $before == = ]] && return\n"
    "  for word in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n"
    "    case $word in\n";

constexpr const char* kBashTail =
    "  esac\n"
    "  if [[ -n $files ]]; then\n"
    "    compopt -o filenames 2>/dev/null\n"
    "    mapfile -t COMPREPLY < <(compgen -f -- \"$current\")\n"
    "    return\n"
    "  fi\n"
    "  mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$current\")\n"
    "  [[ ${#COMPREPLY[@]} != 1 || ${COMPREPLY[0]} != *= ]] || compopt -o nospace 2>/dev/null\n"
    "}\n"
    "complete -F _latentflow latentflow\n";

}  // namespace

std::string bash_completion(const std::vector<CommandRow>& rows) {
  std::ostringstream text;
  std::string names;
  for (const auto& row : rows)
    if (!row.name.empty()) names += (names.empty() ? "" : "|") + row.name;
  text << kBashHead << "      " << names << ") command=$word; break ;;\n    esac\n  done\n"
       << "  case $command/$before in\n";
  for (const auto& row : rows)
    for (const OptionRow* option : row.dashed()) text << value_case(row, *option);
  text << "    *) ;;\n  esac\n  [[ -z $words$files ]] || command='*'  # the value of an option\n"
       << "  case $command in\n    '*') ;;\n";
  for (const auto& row : rows) {
    text << "    '" << row.name << "')\n      words='" << option_words(row) << "'\n";
    if (row.name.empty())
      text << "      [[ $current == -* ]] || words='" << with_each(names, "|", " ") << "'\n";
    for (const OptionRow* plain : row.plain()) {
      if (!plain->values.empty())
        text << "      [[ $current == -* ]] || words='" << words_of(plain->values) << "'\n";
      else if (plain->takes_file())
        text << "      [[ $current == -* ]] || files=1\n";
    }
    text << "      ;;\n";
  }
  text << kBashTail;
  return text.str();
}

}  // namespace lf::cli
