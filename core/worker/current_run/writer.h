// Saves the current run: when, and what.
#pragma once

#include <chrono>
#include <functional>
#include <string>

#include "worker/current_run/event_log.h"

namespace lf::worker {

class RunWriter {
 public:
  /// `figures` draws the figures of a finished run into a folder and returns their paths.
  using DrawFigures = std::function<std::vector<std::string>(const std::string& folder)>;

  RunWriter(WorkerContext& context, EventLog& events, DrawFigures draw_figures)
      : context_(context), events_(events), draw_figures_(std::move(draw_figures)) {}

  /// Writes the run and reports it. `state`: "running", "paused" or "done". Throws RunError,
  /// DivergedError.
  void write(const std::string& state);
  /// Writes what is not saved yet.
  void keep();

  /// A new run: starts the interval before the first autosave.
  void restart() { last_ = std::chrono::steady_clock::now(); }
  /// A stage of the run is complete: it is saved independent of the interval.
  void want() { due_ = true; }
  void forget_wish() { due_ = false; }
  bool due() const;

 private:
  double interval() const;
  JobResult result(const std::string& state) const;

  WorkerContext& context_;
  EventLog& events_;
  DrawFigures draw_figures_;
  bool due_ = false;
  double least_interval_ = 0;  ///< shortest interval between two autosaves, from the duration of the last
  std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

}  // namespace lf::worker
