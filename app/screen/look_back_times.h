// How long the window waits for a step of training that was asked for.
#pragma once

#include <cstdint>
#include <deque>

namespace lf::app {

/// Delays from the question for a mark to the frame that shows it, separately for marks whose pictures were
/// known and for those that had to be computed. A question that a newer one replaced is not counted.
class LookBackTimes {
 public:
  /// The mark that is asked for in this frame, and whether its pictures are known; `now` in seconds. Counts
  /// only a change. −1: the present weights, not counted.
  void asked(int64_t step, bool known, double now);
  /// The mark that this frame shows.
  void shown(int64_t step, double now);

  /// The 95th percentile of the last hundred, in milliseconds; 0 before the first.
  double known_p95() const;
  double computed_p95() const;

 private:
  int64_t step_ = -1;
  bool known_ = false, waits_ = false;
  double began_ = 0;
  std::deque<double> known_times_, computed_times_;
};

}  // namespace lf::app
