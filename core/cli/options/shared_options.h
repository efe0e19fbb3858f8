// Options that several subcommands have, said and checked the same way everywhere.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace lf {

/// --model F; `help` where it says something else than the usual.
CLI::Option* add_model(CLI::App& app, std::string& target, const std::string& help = "");
/// --data DIR.
CLI::Option* add_data(CLI::App& app, std::string& target);
/// --judge F.
CLI::Option* add_judge_file(CLI::App& app, std::string& target);
/// --split test|train.
CLI::Option* add_split(CLI::App& app, std::string& target);
/// --solver NAME; `usual` is said to be the default.
CLI::Option* add_solver(CLI::App& app, std::string& target, const std::string& usual);
/// --guidance W.
CLI::Option* add_guidance(CLI::App& app, double& target, const std::string& help);

/// Refuses unknown names of --split.
void check_split(const std::string& name);
/// Refuses unknown names of --solver; "" is the default.
void check_solver(const std::string& name);
/// 0 to 9, or −1 for "all". Throws InputError that names the option.
int class_of(const std::string& option, const std::string& text);

}  // namespace lf
