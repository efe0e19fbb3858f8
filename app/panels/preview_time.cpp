#include "panels/preview_time.h"

#include <algorithm>
#include <cmath>

#include "panels/growth_parts.h"

namespace lf::app::panels {
namespace {

constexpr double kSecondsAcross = 2;  // at speed 1
constexpr double kHoldSeconds = 1.2;  // at t = 1, to look at the digits

}  // namespace

int nearest_time(const std::vector<float>& times, float t) {
  int best = 0;
  for (size_t i = 1; i < times.size(); ++i) {
    if (std::abs(times[i] - t) < std::abs(times[static_cast<size_t>(best)] - t)) best = static_cast<int>(i);
  }
  return best;
}

int nearest_state(const FlowBlock& flow, float t) { return nearest_time(flow.t, t); }

float fractional_state(const FlowBlock& flow, float t) {
  for (size_t i = 1; i < flow.t.size(); ++i) {
    if (t > flow.t[i]) continue;
    const float span = flow.t[i] - flow.t[i - 1];
    return static_cast<float>(i - 1) + (span > 0 ? std::max(0.0f, (t - flow.t[i - 1]) / span) : 0);
  }
  return flow.t.empty() ? 0 : static_cast<float>(flow.t.size() - 1);
}

void step_t(const FlowBlock& flow, ViewState& view, int steps) {
  view.playing = false;
  if (flow.t.empty()) return;
  const int last = static_cast<int>(flow.t.size()) - 1;
  view.t = flow.t[static_cast<size_t>(std::clamp(nearest_state(flow, view.t) + steps, 0, last))];
}

void advance_t(ViewState& view, double seconds) {
  if (!view.playing || view.dragging_t) return;
  if (view.t >= 1) {
    if (!view.loop) {
      view.playing = false;
      return;
    }
    view.hold += seconds * std::max(0.25, view.speed * 2);
    if (view.hold < kHoldSeconds) return;
    view.t = 0;
  }
  view.hold = 0;
  view.t = std::min(1.0f, view.t + static_cast<float>(seconds * view.speed / kSecondsAcross));
}

bool t_plays(const Snapshot& snapshot, const ViewState& view) {
  return view.playing && !growth_shown(snapshot);
}

}  // namespace lf::app::panels
