// The words of a command line before the parser reads them: put in order, and refused where the parser would
// drop or misread one.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace lf {

/// `words` (without the program's name) with the subcommand first, its options after it wherever they were
/// written, and its plain words last. Throws InputError in one line for an option or a word that the
/// subcommand does not have, an empty value (most likely an unset variable of a shell), an option without its
/// value, and an option that is given twice with different values. A wish for help passes unchecked.
std::vector<std::string> ordered_arguments(const CLI::App& app, const std::vector<std::string>& words);

}  // namespace lf
