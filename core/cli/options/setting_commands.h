// --set key=value and the options that are other names of settings: commands, checked before
// anything is loaded.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "protocol/commands.h"

namespace lf::cli {

/// A setting and its value, as text.
using SettingWord = std::pair<std::string, std::string>;

/// The commands that choose `preset` and set the requested values: `own`, from options such as
/// --seed, then `assignments`, each "key=value". Throws InputError for unknown presets and keys,
/// wrong values, values that do not fit together, and a key with two values.
std::vector<Command> setting_commands(const std::string& preset, const std::vector<SettingWord>& own,
                                      const std::vector<std::string>& assignments);

}  // namespace lf::cli
