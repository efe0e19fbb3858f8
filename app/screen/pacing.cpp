#include "app/screen/pacing.h"

#include <algorithm>

namespace lf::app {
namespace {

// During training, a software renderer uses the cores of the training: draw just enough frames to
// look smooth.
constexpr double kFastest = 60, kSoftware = 30, kSoftwareHand = 50, kSoftwareTraining = 21, kHidden = 4;
constexpr double kIdle = 0.1;  // longest sleep, so that signals are noticed

}  // namespace

double frame_interval(const PacingState& s) {
  if (s.hidden) return 1 / kHidden;
  if (!s.software) return 1 / kFastest;
  return 1 / (s.training ? kSoftwareTraining : kSoftware);
}

double seconds_to_sleep(const PacingState& s) {
  // Mouse input gets the higher rate even during training.
  const double interval = s.input && s.software && !s.hidden ? 1 / kSoftwareHand : frame_interval(s);
  const double due = s.last_frame + interval - s.now;
  if (s.moving || s.input || s.news || s.wake_at <= s.now) return due;
  return std::min(kIdle, std::max(due, s.wake_at - s.now));
}

}  // namespace lf::app
