// The time t of the preview: which of its states belongs to a t, and how t moves by itself or by steps. No
// worker is asked: a snapshot holds the whole trajectory.
#pragma once

#include <vector>

#include "panels/panel.h"

namespace lf::app::panels {

/// The index of the time nearest to `t`, 0 if there is none.
int nearest_time(const std::vector<float>& times, float t);
/// The state of the preview nearest to t, 0 if there is none.
int nearest_state(const FlowBlock& flow, float t);
/// The state at t, with a fraction between two states.
float fractional_state(const FlowBlock& flow, float t);
/// Moves t by whole solver steps and stops playing.
void step_t(const FlowBlock& flow, ViewState& view, int steps);
/// Advances t by `seconds` while it plays.
void advance_t(ViewState& view, double seconds);
/// True if t moves by itself now. It waits while reconstructions are in the place of generated
/// digits.
bool t_plays(const Snapshot& snapshot, const ViewState& view);

}  // namespace lf::app::panels
