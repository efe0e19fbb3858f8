// When to draw the next frame: a smooth window that takes little time from training.
#pragma once

namespace lf::app {

/// The inputs that decide how often the window is drawn.
struct PacingState {
  bool software = false;  ///< the processor draws: every frame takes time from training
  bool training = false;
  bool hidden = false;                             ///< minimised
  bool moving = false;                             ///< something changes by itself (t plays, a script runs)
  bool input = false;                              ///< input since the last frame
  bool news = false;                               ///< a new snapshot
  double last_frame = 0, now = 0, wake_at = 1e18;  ///< seconds
};

/// Minimum seconds between two frames. 60 frames per second, 30 if the processor draws. During
/// training then as many as take about a fifth of one core, but at least 21. Four while the window
/// is hidden: a script or a close must still advance.
double frame_interval(const PacingState& state);
/// Seconds to sleep before the next frame; 0 or less: draw now.
double seconds_to_sleep(const PacingState& state);

}  // namespace lf::app
