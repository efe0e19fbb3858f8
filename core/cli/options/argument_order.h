// Prepares the words of a command line for the parser: sorts them, and rejects what the parser
// would drop or misread.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace lf::cli {

/// `words` (without the program's name) with the subcommand first, then its options, wherever they
/// were written, and its plain words last. Throws InputError in one line for an unknown option or
/// word, an empty value (most likely an unset variable of a shell), an option without its value,
/// and an option given twice with different values. A request for help passes unchecked.
std::vector<std::string> ordered_arguments(const CLI::App& app, const std::vector<std::string>& words);

}  // namespace lf::cli
