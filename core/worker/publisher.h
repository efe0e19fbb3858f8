// What the worker says: log, results, notices and the list of runs, in the blocks of the snapshot.
#pragma once

#include <chrono>
#include <set>
#include <string>
#include <vector>

#include "api/experiment.h"
#include "protocol/commands.h"
#include "protocol/snapshot.h"

namespace lf {

class Publisher {
 public:
  /// `options` outlives it.
  explicit Publisher(const ExperimentOptions& options) : options_(options) {}

  /// The blocks as they were last made.
  Snapshot& blocks() { return state_; }
  const Snapshot& blocks() const { return state_; }

  void log(LogLevel level, const std::string& text);
  /// A warning that is given once, however often it comes.
  void warn_once(const std::string& line);
  /// Notes a command for the log and for the list that a run keeps.
  void log_command(const Command& command);
  const std::vector<std::string>& command_lines() const { return command_lines_; }
  void add_result(JobResult result);
  void note_saved(const std::string& path);
  void mark_finished();

  /// One error, in the log and in the banner. `was_input`: what was asked for cannot be done, nothing failed.
  void tell_error(const std::string& what, bool was_input, bool offers_lower_rate = false);
  /// What went wrong before is over.
  void forget_error();

  /// `text` says what of `part` is missing and what is used instead; it stays visible. Without a window it is
  /// a warning: who named it got an error already.
  void tell_substitute(const std::string& part, const std::string& text);
  /// What was said of `part` is true no longer.
  void forget_substitute(const std::string& part);
  /// It matters anew, also to who has dismissed it.
  void show_substitute_again(const std::string& part);

  /// Reads the runs folder again, where a window shows it; `current` is the folder of the run in use.
  void list_runs(const std::string& current);

 private:
  const ExperimentOptions& options_;
  Snapshot state_;
  std::chrono::steady_clock::time_point born_ = std::chrono::steady_clock::now();
  uint64_t substitutes_told_ = 0;
  std::vector<std::string> command_lines_;
  std::string last_tool_;          ///< that the last command opened; "" if it was another command
  std::set<std::string> skipped_;  ///< warnings that were given
};

}  // namespace lf
