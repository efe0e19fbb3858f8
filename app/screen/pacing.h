#pragma once

namespace lf {

/// What decides how often the window is drawn.
struct PacingState {
  bool software = false;  ///< the processor draws: every frame is taken from training
  bool training = false;
  bool hidden = false;                             ///< minimised: nobody sees it
  bool moving = false;                             ///< something changes by itself (t plays, a script runs)
  bool input = false;                              ///< the user did something since the last frame
  bool news = false;                               ///< a new snapshot
  double last_frame = 0, now = 0, wake_at = 1e18;  ///< seconds
};

/// Seconds between two frames at least. 60 a second; where the processor draws 30; while training there, so
/// many that drawing takes about a fifth of one core, but never fewer than 21.
/// Four where nobody sees them: what the window decides frame by frame (a script, a close) goes on.
double frame_interval(const PacingState& state);
/// Seconds to sleep before the next frame; 0 or less: draw now.
double seconds_to_sleep(const PacingState& state);

}  // namespace lf
