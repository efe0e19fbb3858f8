// The worker's messages: log, results, notices and the list of runs, in the blocks of the snapshot.
#pragma once

#include <chrono>
#include <set>
#include <string>
#include <vector>

#include "api/experiment.h"
#include "protocol/commands.h"
#include "protocol/snapshot.h"
#include "run/list/summary.h"

namespace lf::worker {

class Publisher {
 public:
  /// `options` outlives this object.
  explicit Publisher(const ExperimentOptions& options) : options_(options) {}

  /// The latest blocks.
  Snapshot& blocks() { return state_; }
  const Snapshot& blocks() const { return state_; }

  void log(LogLevel level, const std::string& text);
  /// A warning that is given once, however often it occurs.
  void warn_once(const std::string& line);
  /// Records a command for the log and for the run's own list.
  void log_command(const Command& command);
  const std::vector<std::string>& command_lines() const { return command_lines_; }
  void add_result(JobResult result);
  void note_saved(const std::string& path);
  void mark_finished();

  /// One error, in the log and in the banner. `was_input`: a request that cannot be met, not a
  /// failure.
  void tell_error(const std::string& what, bool was_input, bool offers_lower_rate = false);
  /// Clears the previous error.
  void forget_error();

  /// `text` says what of `part` is missing and what is used instead; it stays visible. Without a
  /// window it is a warning: a file named there has already thrown an error.
  void tell_substitute(const std::string& part, const std::string& text);
  /// The notice about `part` no longer applies.
  void forget_substitute(const std::string& part);
  /// It applies again, also for a user who has dismissed it.
  void show_substitute_again(const std::string& part);

  /// Reads the runs folder again, if there is a window; `current` is the folder of the current run.
  void list_runs(const std::string& current);
  /// The place in the trash of the run that was deleted last; "" after an undo.
  void note_deleted(const std::string& place);
  /// What lists of runs have read so far.
  run::SummaryCache& summaries() { return summaries_; }

 private:
  const ExperimentOptions& options_;
  Snapshot state_;
  std::chrono::steady_clock::time_point born_ = std::chrono::steady_clock::now();
  uint64_t substitutes_told_ = 0;
  std::vector<std::string> command_lines_;
  std::string last_tool_;  ///< tool that the last command opened; "" if it was another command
  run::SummaryCache summaries_;
  std::set<std::string> skipped_;  ///< warnings that were already given
};

}  // namespace lf::worker
