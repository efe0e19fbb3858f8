// The values that an option is known to take, kept with the option: shell completion offers them.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace lf::cli {

/// Notes values that completion offers for the option. The option itself is unchanged: it is
/// checked where it is read. A value that ends in "=" is the beginning of one. Returns the option.
CLI::Option* offer(CLI::Option* option, const std::vector<std::string>& values);

/// The noted values; empty if there are none.
std::vector<std::string> known_values(const CLI::Option& option);

/// Notes the keys of --set KEY=VALUE.
CLI::Option* offer_settings(CLI::Option* option);

}  // namespace lf::cli
