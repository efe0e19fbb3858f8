// Completion for fish.
#include <sstream>

#include "cli/shell/completion.h"

namespace lf::cli {
namespace {

std::string fish_text(std::string text) {
  text = with_each(text, "\n", " ");
  return "'" + with_each(with_each(text, "\\", "\\\\"), "'", "\\'") + "'";
}

std::string fish_values(const std::vector<std::string>& values) {
  std::string line;
  for (const auto& value : values) line += (line.empty() ? "" : " ") + value;
  return fish_text(line);
}

/// "-l digit -d '…' -x -a '0 1'": the option itself, and what may follow it.
std::string fish_option(const OptionRow& option) {
  std::string line;
  for (const auto& name : option.names) {
    const bool is_long = name.rfind("--", 0) == 0;
    line += is_long ? " -l " + name.substr(2) : " -s " + name.substr(1);
  }
  line += " -d " + fish_text(option.meaning);
  if (!option.values.empty()) return line + " -x -a " + fish_values(option.values);
  if (option.takes_file()) return line + " -r -F";
  return option.value.empty() ? line : line + " -x";
}

}  // namespace

std::string fish_completion(const std::vector<CommandRow>& rows) {
  std::ostringstream text;
  text << "# Completion of latentflow for fish. Written by `latentflow completion fish`.\n"
       << "complete -c latentflow -f\n";
  for (const auto& row : rows) {
    const std::string when =
        row.name.empty() ? " -n __fish_use_subcommand" : " -n '__fish_seen_subcommand_from " + row.name + "'";
    if (!row.name.empty())
      text << "complete -c latentflow -n __fish_use_subcommand -a " << row.name << " -d "
           << fish_text(row.meaning) << "\n";
    for (const auto& option : row.options) {
      if (!option.positional)
        text << "complete -c latentflow" << when << fish_option(option) << "\n";
      else if (!option.values.empty())
        text << "complete -c latentflow" << when << " -a " << fish_values(option.values) << "\n";
      else if (option.takes_file())
        text << "complete -c latentflow" << when << " -F\n";
    }
  }
  return text.str();
}

}  // namespace lf::cli
