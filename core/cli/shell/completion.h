// Completion of the command line in bash, zsh and fish: scripts written from the options' rows.
#pragma once

#include <string>
#include <vector>

#include "cli/shell/option_list.h"

namespace lf::cli {

/// A function `_latentflow` for bash, and its registration. Needs nothing of bash-completion.
std::string bash_completion(const std::vector<CommandRow>& rows);
/// A file `_latentflow` for a folder in zsh's fpath; also works when it is sourced.
std::string zsh_completion(const std::vector<CommandRow>& rows);
/// A file latentflow.fish.
std::string fish_completion(const std::vector<CommandRow>& rows);

}  // namespace lf::cli
