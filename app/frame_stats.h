#pragma once

#include <deque>
#include <vector>

namespace lf {

/// How smoothly the window draws: times of the frames of the last minute, as the ui-map reports them.
class FrameStats {
 public:
  /// A frame was drawn: when it began and how long it took until it was handed over, in seconds. The first
  /// frame (fonts, shaders) is told apart and not counted.
  void frame(double began, double took);
  /// A drag of t was seen by a frame `seconds` after the input arrived.
  void drag(double seconds);

  /// Frames drawn a second, over the last two seconds.
  double fps(double now) const;
  double milliseconds_median() const;
  double milliseconds_min() const;
  double milliseconds_p99() const;
  double milliseconds_max() const;
  double drag_p95() const;
  long count() const { return count_; }

 private:
  /// Seconds that each frame of the last minute took.
  std::vector<double> times() const;
  struct Frame {
    double began, took;
  };
  std::deque<Frame> frames_;  // of the last minute
  std::deque<double> drags_;
  long count_ = 0;
};

}  // namespace lf
