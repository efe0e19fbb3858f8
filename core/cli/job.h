// One job from the command line: load, ask, wait, report.
#pragma once

#include <string>
#include <vector>

#include "cli/driver.h"
#include "cli/progress.h"
#include "cli/subcommand.h"
#include "protocol/commands.h"
#include "protocol/snapshot.h"

namespace lf {

/// What a subcommand asks of the experiment.
struct Job {
  ExperimentOptions options;
  std::vector<Command> settings;  ///< obeyed before anything is read
  Command command;                ///< obeyed when data and model are there
  std::string verb;               ///< of the JobResult that ends it
  bool json = false;              ///< print JSON lines instead of words
};

/// How it ended.
struct JobOutcome {
  Snapshot last;
  std::vector<JobResult> results;  ///< everything that came, oldest first
  bool interrupted = false;        ///< the user asked for the end before the result came
};

/// The options every subcommand starts from: default folders, no previews.
ExperimentOptions headless_options();

/// A job with these options; `verb` is that of the JobResult that ends it.
Job job_of(const std::string& verb, Command command, bool json = false);

/// Runs the job to its end. Throws InputError, or RunError when it ends without its result.
JobOutcome run_job(Context& context, const Job& job, Progress& progress);

/// Runs it and prints its results on context.out: JSON lines or a table. Returns the exit code (1 when it was
/// interrupted: nothing was made).
int run_and_print(Context& context, const Job& job);

/// Prints what the log warns of from line `from` on: what a person should know, such as which digits are in
/// use. Returns where the next call begins.
size_t print_warnings(std::ostream& error, const LogBlock& log, size_t from);

/// Prints the words of a result: its table, or its line where it has none.
void print_result(std::ostream& out, const JobResult& result);

}  // namespace lf
