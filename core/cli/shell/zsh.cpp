// Completion for zsh.
#include <sstream>

#include "cli/shell/completion.h"

namespace lf::cli {
namespace {

/// Between single quotes, and without what _arguments reads as its own syntax.
std::string zsh_text(std::string text) {
  text = with_each(text, "\n", " ");
  for (const char* special : {"\\", "[", "]", ":"})
    text = with_each(text, special, "\\" + std::string(special));
  return with_each(text, "'", "'\\''");
}

/// What follows an option: ":NAME:(fast quality)", ":F:_files".
std::string zsh_value(const OptionRow& option) {
  if (option.value.empty() && option.values.empty()) return "";
  std::string action = " ";
  if (option.takes_file()) action = "_files";
  if (!option.values.empty()) {
    action = "(";
    for (const auto& value : option.values) action += (action.size() > 1 ? " " : "") + zsh_text(value);
    action += ")";
  }
  return ":" + zsh_text(option.value.empty() ? long_name(option) : option.value) + ":" + action;
}

std::string zsh_row(const OptionRow& option) {
  if (option.positional) return "'" + std::string(option.repeats ? "*" : "") + zsh_value(option) + "'";
  return "'" + std::string(option.repeats ? "*" : "") + long_name(option) + "[" + zsh_text(option.meaning) +
         "]" + zsh_value(option) + "'";
}

void write_arguments(std::ostringstream& text, const CommandRow& row, const char* indent) {
  for (const auto& option : row.options) text << " \\\n" << indent << zsh_row(option);
}

}  // namespace

std::string zsh_completion(const std::vector<CommandRow>& rows) {
  std::ostringstream text;
  text << "#compdef latentflow\n"
       << "# Completion of latentflow for zsh. Written by `latentflow completion zsh`.\n"
       << "_latentflow() {\n  local -a subcommands\n  local state line\n  typeset -A opt_args\n  "
          "subcommands=(\n";
  for (const auto& row : rows)
    if (!row.name.empty()) text << "    '" << row.name << ":" << zsh_text(row.meaning) << "'\n";
  text << "  )\n  _arguments -C";
  write_arguments(text, rows.front(), "    ");
  text << " \\\n    '1: :->subcommand' \\\n    '*:: :->rest'\n"
       << "  case $state in\n"
       << "    subcommand) _describe 'subcommand' subcommands ;;\n"
       << "    rest)\n      case $line[1] in\n";
  for (const auto& row : rows) {
    if (row.name.empty()) continue;
    text << "        " << row.name << ") _arguments";
    write_arguments(text, row, "          ");
    text << " ;;\n";
  }
  text << "      esac\n      ;;\n  esac\n}\n"
       << "if [ \"$funcstack[1]\" = _latentflow ]; then\n  _latentflow \"$@\"\nelse\n"
       << "  compdef _latentflow latentflow\nfi\n";
  return text.str();
}

}  // namespace lf::cli
