// One job of the command line: load, send the command, wait, report.
#pragma once

#include <string>
#include <vector>

#include "cli/driver.h"
#include "cli/progress.h"
#include "cli/subcommand.h"
#include "protocol/commands.h"
#include "protocol/snapshot.h"

namespace lf::cli {

/// A subcommand's request to the experiment.
struct Job {
  ExperimentOptions options;
  std::vector<Command> settings;  ///< applied before anything is read
  Command command;                ///< applied when data and model are loaded
  std::string verb;               ///< of the JobResult that ends it
  bool json = false;              ///< print JSON lines instead of text
};

/// The result.
struct JobOutcome {
  Snapshot last;
  std::vector<JobResult> results;  ///< all results, oldest first
  bool interrupted = false;        ///< the user requested the end before the result
};

/// The default options of every subcommand: default folders, no previews.
ExperimentOptions headless_options();

/// A job with these options; `verb` is that of the JobResult that ends it.
Job job_of(const std::string& verb, Command command, bool json = false);

/// Runs the job to its end. Throws InputError, or RunError if it ends without its result.
JobOutcome run_job(Context& context, const Job& job, Progress& progress);

/// Runs it and prints its results on context.out: JSON lines or a table. Returns the exit code (1 when it was
/// interrupted: nothing was made).
int run_and_print(Context& context, const Job& job);

/// Prints the warnings of the log from line `from` on, such as which digits are in use. Returns the
/// first line of the next call.
size_t print_warnings(std::ostream& error, const LogBlock& log, size_t from);

/// Prints a result: its table, or its line if it has none.
void print_result(std::ostream& out, const JobResult& result);

}  // namespace lf::cli
