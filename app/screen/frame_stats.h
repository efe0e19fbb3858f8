#pragma once

#include <deque>
#include <vector>

namespace lf {

/// How smoothly the window draws: times of the frames of the last minute, as the ui-map reports them.
class FrameStats {
 public:
  /// A frame was drawn: when it began, how long it took until it was handed over, and how long of that
  /// OpenGL's driver took, in seconds. The first frame (fonts, shaders) is told apart and not counted.
  void frame(double began, double took, double driver);
  /// A drag of t was seen by a frame `seconds` after the input arrived.
  void drag(double seconds);

  /// Frames drawn a second, over the last two seconds.
  double fps(double now) const;
  double milliseconds_median() const;
  double milliseconds_min() const;
  double milliseconds_p99() const;
  double milliseconds_max() const;
  double drag_p95() const;
  /// What the program itself takes of a frame, the driver left out.
  double own_milliseconds_median() const;
  double own_milliseconds_min() const;
  long count() const { return count_; }

 private:
  /// Seconds that each frame of the last minute took, with the driver or without.
  std::vector<double> times() const;
  std::vector<double> own_times() const;
  struct Frame {
    double began, took, driver;
  };
  std::deque<Frame> frames_;  // of the last minute
  std::deque<double> drags_;
  long count_ = 0;
};

}  // namespace lf
