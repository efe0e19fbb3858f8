// Keeps a device busy: two bursts of steps are enqueued while the results of an earlier one are
// reported one by one.
#pragma once

#include <chrono>
#include <deque>
#include <functional>
#include <memory>

#include "training/accelerator.h"

namespace lf::training {

class StepPipeline {
 public:
  /// The values of step number `step` (from 0).
  using Planner = std::function<StepPlan(int64_t step)>;
  /// Called with every burst as it arrives.
  using Observer = std::function<void(const BurstOutcome&)>;

  /// `first` is the first step. `slice` is the intended duration of a burst, in seconds.
  StepPipeline(std::unique_ptr<StepEngine> engine, int64_t first, Planner plan, Observer observe = {},
               double slice = 0.02);

  /// One slice: reports the next result. If none is left, enqueues steps below `end` and waits for
  /// the oldest burst. True when it reported one: see outcome(). False when nothing is pending
  /// either.
  bool advance_step(int64_t end);
  const StepOutcome& outcome() const { return outcome_; }

  /// Number of steps reported, and of steps enqueued, from the beginning on.
  int64_t told() const { return told_; }
  int64_t enqueued() const { return enqueued_; }
  /// True when every enqueued step has been reported: the weights are those of step told().
  bool idle() const { return told_ == enqueued_; }
  /// Enqueues nothing more until it is idle.
  void hold() { held_ = !idle(); }

 private:
  void enqueue(int64_t end);
  void receive();

  std::unique_ptr<StepEngine> engine_;
  Planner plan_;
  Observer observe_;
  double slice_;
  int64_t told_, enqueued_;
  int64_t burst_ = 1, waiting_ = 0, received_ = 0;  ///< steps per burst; pending bursts; received bursts
  bool held_ = false;
  std::deque<StepOutcome> outcomes_;
  StepOutcome outcome_;
  std::chrono::steady_clock::time_point last_arrival_;
};

}  // namespace lf::training
