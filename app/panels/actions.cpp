#include "panels/actions.h"

#include <algorithm>
#include <cmath>

#include "panels/growth_parts.h"

namespace lf {
namespace {

using Kind = TrainAction::Kind;
constexpr double kSecondsAcross = 2;  // at speed 1
constexpr double kHoldSeconds = 1.2;  // at t = 1, to look at the digits

/// Why no command can be sent to the worker; "" if one can.
std::string no_core(const RunBlock& run) {
  if (run.phase == Phase::Loading) return "The core is still being loaded. " + run.message;
  // After a failed run the worker continues; a worker that never named its device never started.
  if (run.phase == Phase::Failed && run.device.empty())
    return "The core could not be started; see the message.";
  return "";
}

}  // namespace

TrainAction train_action(const RunBlock& run) {
  const std::string wait = no_core(run);
  if (run.running) {
    return {Kind::Pause, "Pause",
            "Pauses training after the current step; nothing is lost. Resume continues from there.", wait};
  }
  if (run.resumable)
    return {Kind::Resume, "Resume", "Continues the paused run exactly, bit for bit, where it stopped.", wait};
  if (run.phase == Phase::Done && run.can_train_longer) {
    return {Kind::TrainLonger, "Train longer",
            "Gives the finished run a new training budget. The learning rate warms up again.", wait};
  }
  return {Kind::Train, "Train",
          "Starts a new run. The autoencoder learns to compress each digit to a 4×4×4 latent, then the flow "
          "learns to turn noise into latents. You can return to the current model under Runs.",
          wait};
}

void press_train(const PanelContext& c) {
  const TrainAction action = train_action(*c.snapshot.run);
  if (!action.disabled.empty()) return;
  switch (action.kind) {
    case Kind::Pause:
      c.send(PauseCommand{});
      break;
    case Kind::Resume:
    case Kind::TrainLonger:
      c.send(ResumeCommand{});
      break;
    case Kind::Train:
      c.send(TrainCommand{});
      break;
  }
}

std::string step_disabled(const RunBlock& run) {
  if (!no_core(run).empty()) return no_core(run);
  return run.running ? "Training is running; pause it to go step by step." : "";
}

std::string reset_disabled(const RunBlock& run) {
  if (!no_core(run).empty()) return no_core(run);
  if (run.from_shipped && !run.running && !run.resumable)
    return "There is no run to reset yet; Train starts one.";
  return "";
}

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

std::string export_path(const RunBlock& run) {
  return run.run_folder.empty() ? "latent-flow.gif" : run.run_folder + "/flow.gif";
}

std::string export_stem(const std::string& run_folder, const std::string& tool) {
  const std::string name = "lab-" + (tool.empty() ? "tool" : tool);
  return run_folder.empty() ? name : run_folder + "/" + name;
}

void set_setting(const PanelContext& c, const std::string& key, const std::string& value) {
  c.send(SetCommand{key, value});
}

}  // namespace lf
