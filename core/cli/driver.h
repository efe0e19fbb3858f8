// Drives a workload in the calling thread: the command line needs no second one.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "cli/progress.h"
#include "session/end_signals.h"
#include "session/workload.h"

namespace lf::cli {

/// Applies commands, advances a workload and reads its snapshots. Errors in the workload's notices
/// are thrown as InputError or RunError.
class Driver {
 public:
  Driver(std::unique_ptr<Workload> workload, Progress& progress);
  /// Lets the workload save its state, whatever happened.
  ~Driver();
  Driver(const Driver&) = delete;
  Driver& operator=(const Driver&) = delete;

  void apply(const Command& command);
  /// One slice. Reads a snapshot at most ten times per second, and whenever no work is left. False
  /// when no work is left.
  bool turn();
  /// Works until data and model are read (or the user interrupts).
  void load();
  /// Works until there is a result of this verb, no work is left, or the user interrupts.
  void work_until(const std::string& verb);
  /// Saves and ends properly; required once, at the end. The snapshot then shows the last state.
  void quit();

  /// The last snapshot.
  const Snapshot& snapshot() const { return snapshot_; }
  /// Takes a new snapshot.
  const Snapshot& look();
  /// Results since the last call.
  std::vector<JobResult> new_results();
  /// True once Ctrl+C or another signal has requested the end.
  bool interrupted() const { return EndSignals::requests() > 0; }
  bool finished() const { return workload_->finished(); }

 private:
  bool has_result(const std::string& verb) const;
  void throw_new_error();
  template <class F>
  auto guarded(F f);

  EndSignals signals_;
  std::unique_ptr<Workload> workload_;
  Progress& progress_;
  Snapshot snapshot_;
  std::chrono::steady_clock::time_point next_look_{};
  uint64_t errors_seen_ = 0, results_seen_ = 0;
  bool ended_ = false;
};

}  // namespace lf::cli
