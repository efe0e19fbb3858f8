// What a key, a button or a script line does: the same function, so that all three mean the same thing.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "panels/panel.h"

namespace lf {

/// What the big button says and sends now.
struct TrainAction {
  enum class Kind { Train, Pause, Resume, TrainLonger } kind;
  std::string label, tooltip;
  std::string disabled;  ///< reason, "" when it can be pressed
};
TrainAction train_action(const RunBlock& run);
/// Presses it.
void press_train(const PanelContext& c);
/// Why Step (Reset) cannot be used now; "" when it can.
std::string step_disabled(const RunBlock& run);
std::string reset_disabled(const RunBlock& run);

/// The index of the time nearest to `t`, 0 when there is none.
int nearest_time(const std::vector<float>& times, float t);
/// The state of the preview that is nearest to t, 0 when there is none.
int nearest_state(const FlowBlock& flow, float t);
/// Which state t is at, between two states a fraction.
float fractional_state(const FlowBlock& flow, float t);
/// Moves t by whole solver steps and stops the playing.
void step_t(const FlowBlock& flow, ViewState& view, int steps);
/// Lets t run on by `seconds` when it plays.
void advance_t(ViewState& view, double seconds);
/// Does t move by itself now? It waits while reconstructions stand where the flow's digits will be.
bool t_plays(const Snapshot& snapshot, const ViewState& view);

/// Where the moving picture of the preview is written: into the run's folder, else the current one.
std::string export_path(const RunBlock& run);

/// Where pictures and numbers of a tool are written, without an ending: into the same folder.
std::string export_stem(const std::string& run_folder, const std::string& tool);

/// A live setting, or the overridden value for the next run, as text.
void set_setting(const PanelContext& c, const std::string& key, const std::string& value);

}  // namespace lf
