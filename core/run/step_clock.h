// How long a run has trained, and how long its steps take.
#pragma once

#include "run/budget_plan.h"

namespace lf::run {

class StepClock {
 public:
  /// A slice took so long; `stepped`: it completed an optimiser step.
  void add(double took, bool stepped) {
    seconds_ += took;
    since_step_ += took;
    if (!stepped) return;
    step_ = step_ == 0 ? since_step_ : kKept * step_ + (1 - kKept) * since_step_;
    since_step_ = 0;
  }
  /// A stage begins whose steps are expected to take `step` seconds: its first alone would make the remaining
  /// time jump.
  void expect(double step) { step_ = step; }
  /// What was spent since the last step belongs to no step.
  void forget_slices() { since_step_ = 0; }

  double seconds() const { return seconds_; }
  void set_seconds(double seconds) { seconds_ = seconds; }
  /// Running mean over some twenty steps; 0 before it is known.
  double step() const { return step_; }

  StepSeconds speed;  ///< as measured before the first step

 private:
  static constexpr double kKept = 0.95;  ///< of the mean, at each step
  double seconds_ = 0, step_ = 0, since_step_ = 0;
};

}  // namespace lf::run
