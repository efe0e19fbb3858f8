#include "panels/actions.h"

namespace lf::app::panels {
namespace {

using Kind = TrainAction::Kind;

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
  // The button keeps its meaning from the last step on: a label that changed would be clicked by mistake.
  const bool ends = run.phase == Phase::Evaluating && !run.from_shipped;
  if (ends || (run.phase == Phase::Done && run.can_train_longer)) {
    const std::string scored = run.can_train_longer ? "" : "The finished run is being scored and saved.";
    return {Kind::TrainLonger, "Train longer",
            "Gives the finished run a new training budget. The learning rate warms up again.",
            wait.empty() ? scored : wait};
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

std::string export_path(const RunBlock& run) {
  return run.run_folder.empty() ? "latent-flow.gif" : run.run_folder + "/flow.gif";
}

std::string training_path(const RunBlock& run) {
  return run.run_folder.empty() ? "latent-training.gif" : run.run_folder + "/training.gif";
}

std::string export_stem(const std::string& run_folder, const std::string& tool) {
  const std::string name = "lab-" + (tool.empty() ? "tool" : tool);
  return run_folder.empty() ? name : run_folder + "/" + name;
}

void set_setting(const PanelContext& c, const std::string& key, const std::string& value) {
  c.send(SetCommand{key, value});
}

}  // namespace lf::app::panels
