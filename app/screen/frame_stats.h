// How smoothly the window runs: frame rate and delays, for the ui-map and the benches.
#pragma once

#include <deque>
#include <vector>

namespace lf::app {

/// Frame times of the last minute, as reported in the ui-map.
class FrameStats {
 public:
  /// Adds a frame: when it started, how long it took until it was submitted, and the part of
  /// OpenGL's driver, in seconds. The first frame (fonts, shaders) is recorded separately and not
  /// counted.
  void frame(double began, double took, double driver);
  /// Adds the delay of a drag of t: `seconds` from the input to its frame.
  void drag(double seconds);

  /// Frames per second, over the last two seconds.
  double fps(double now) const;
  double milliseconds_median() const;
  double milliseconds_min() const;
  double milliseconds_p99() const;
  double milliseconds_max() const;
  double drag_p95() const;
  /// The program's own part of a frame, without the driver.
  double own_milliseconds_median() const;
  double own_milliseconds_min() const;
  long count() const { return count_; }

 private:
  /// Seconds of each frame of the last minute, with the driver or without.
  std::vector<double> times() const;
  std::vector<double> own_times() const;
  struct Frame {
    double began, took, driver;
  };
  std::deque<Frame> frames_;  // of the last minute
  std::deque<double> drags_;
  long count_ = 0;
};

}  // namespace lf::app
