// The options of the command line as plain rows, read from the parser: what the man page and shell
// completion are written from.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace lf::cli {

/// One option, or one plain word (a positional).
struct OptionRow {
  std::vector<std::string> names;   ///< with dashes: "-h", "--help"; of a plain word its name alone
  std::string meaning;              ///< one line of help
  std::string value;                ///< "F", "NAME"; "" of a flag
  std::vector<std::string> values;  ///< known values; one that ends in "=" is the beginning of one
  bool positional = false, required = false, repeats = false;

  /// It names a file or folder: completion offers those.
  bool takes_file() const;
};

/// A subcommand, or (with an empty name) the program itself.
struct CommandRow {
  std::string name, meaning;
  std::string text;  ///< explanation and examples, as at the end of its help
  std::vector<OptionRow> options;

  std::vector<const OptionRow*> dashed() const;
  std::vector<const OptionRow*> plain() const;
};

/// The program, then its subcommands in order.
std::vector<CommandRow> command_rows(const CLI::App& app);

/// The long name of an option, or its first.
const std::string& long_name(const OptionRow& row);

/// `text` with every occurrence of `from` replaced by `to`.
std::string with_each(std::string text, const std::string& from, const std::string& to);

}  // namespace lf::cli
