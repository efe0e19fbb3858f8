// Drives a workload in the calling thread: the command line needs no second one.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "cli/progress.h"
#include "session/end_signals.h"
#include "session/workload.h"

namespace lf {

/// Obeys, advances and looks at a workload. Errors that the workload puts into its notices are thrown as
/// InputError or RunError.
class Driver {
 public:
  Driver(std::unique_ptr<Workload> workload, Progress& progress);
  /// Lets the workload save what it has, whatever happened.
  ~Driver();
  Driver(const Driver&) = delete;
  Driver& operator=(const Driver&) = delete;

  void apply(const Command& command);
  /// One slice; looks at most ten times a second, and whenever nothing is left to do. False when nothing is.
  bool turn();
  /// Works until data and model are read (or the user interrupts).
  void load();
  /// Works until a result of this verb is there, nothing is left to do, or the user interrupts.
  void work_until(const std::string& verb);
  /// Saves and ends in order; needed once, at the end. The snapshot then shows the last state.
  void quit();

  /// The state at the last look.
  const Snapshot& snapshot() const { return snapshot_; }
  /// Takes a fresh look.
  const Snapshot& look();
  /// Results that came after the last call.
  std::vector<JobResult> new_results();
  /// True once Ctrl+C, a polite kill or another signal asked for the end.
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

}  // namespace lf
