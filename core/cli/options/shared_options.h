// Options of several subcommands, described and checked the same way everywhere.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "cli/options/number_options.h"
#include "config/settings.h"

namespace lf::cli {

/// The folder of one of the user's runs that is named without its path; anything else as it is given.
std::string run_or_path(const std::string& given);

/// --model F: a path, or the name of a run; `help` if it differs from the usual text.
CLI::Option* add_model(CLI::App& app, std::string& target, const std::string& help = "");
/// --data DIR.
CLI::Option* add_data(CLI::App& app, std::string& target);
/// --judge F.
CLI::Option* add_judge_file(CLI::App& app, std::string& target);
/// --tensorboard DIR.
CLI::Option* add_tensorboard(CLI::App& app, std::string& target);
/// The option of a setting that is a whole number and has a name of its own, such as --seed.
template <class Group>
CLI::Option* add_setting(CLI::App& app, int64_t Group::*member, int64_t& target, const std::string& help) {
  const SettingInfo& info = setting_info(member);
  return add_integer(app, "--" + info.key, target, static_cast<int64_t>(info.min),
                     static_cast<int64_t>(info.max), help);
}
/// The help of --threads.
inline constexpr const char* kThreadsHelp = "processor threads; 0 takes every core";

/// 0 to 9, or −1 for "all". Throws InputError that names the option.
int class_of(const std::string& option, const std::string& text);

}  // namespace lf::cli
