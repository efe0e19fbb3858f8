// The parts of every subcommand: options for the parser, and an action to run afterwards.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <string>
#include <vector>

#include "cli/cli.h"

namespace lf::cli {

/// The environment of an action.
struct Context {
  const CliHooks& hooks;
  std::ostream& out;      ///< results
  std::ostream& error;    ///< messages and progress
  bool terminal = false;  ///< `error` is a terminal that a bar fits on
};

/// Runs the chosen subcommand; returns the exit code.
using Action = std::function<int(Context&)>;

/// One subcommand; `add` declares its options and, when it is chosen, sets the action.
struct Subcommand {
  std::string name;
  void (*add)(CLI::App& app, Action& action);
};

/// The table of subcommands, in order.
const std::vector<Subcommand>& subcommand_table();

void add_train(CLI::App& app, Action& action);
void add_sample(CLI::App& app, Action& action);
void add_time_lapse(CLI::App& app, Action& action);
void add_compare(CLI::App& app, Action& action);
void add_share(CLI::App& app, Action& action);
void add_reconstruct(CLI::App& app, Action& action);
void add_likelihood(CLI::App& app, Action& action);
void add_invert(CLI::App& app, Action& action);
void add_figure(CLI::App& app, Action& action);
void add_lab(CLI::App& app, Action& action);
void add_eval(CLI::App& app, Action& action);
void add_judge(CLI::App& app, Action& action);
void add_bench(CLI::App& app, Action& action);
void add_export(CLI::App& app, Action& action);
void add_verify(CLI::App& app, Action& action);
void add_replay(CLI::App& app, Action& action);
void add_speedrun(CLI::App& app, Action& action);
void add_runs(CLI::App& app, Action& action);
void add_import(CLI::App& app, Action& action);
void add_sweep(CLI::App& app, Action& action);
void add_info(CLI::App& app, Action& action);
void add_run(CLI::App& app, Action& action);
void add_completion(CLI::App& app, Action& action);
void add_manual(CLI::App& app, Action& action);

}  // namespace lf::cli
