#include "worker/current_run/source.h"

#include <filesystem>

#include "base/errors.h"
#include "base/paths.h"
#include "protocol/command_limits.h"
#include "run/folder.h"
#include "run/order.h"
#include "run/run_files.h"

namespace lf {
namespace fs = std::filesystem;
namespace {

/// The folder of a new run of `model`: `out`, made usable, or a new folder.
std::string new_folder(const std::string& runs, const Model& model, const std::string& out) {
  if (!out.empty()) {
    prepare_run_folder(out);
    return out;
  }
  const std::string kind = reflows(model) > 0 ? "reflow-" : "";
  return make_run_folder(runs, kind + model.settings.preset(), model.settings.general.seed).string();
}

/// Assigns its folder to a new run.
void settle_in(Workspace& fresh, const std::string& runs, const std::string& out) {
  fresh.folder = new_folder(runs, *fresh.model, out);
  fresh.lock = FolderLock::take(fresh.folder);
  number_run(fresh.folder, runs);
}

}  // namespace

Workspace untrained_run(const WorkerContext& context, const Settings& settings, const Budget& budget,
                        Accelerator* accelerator) {
  Workspace fresh;
  if (!accelerator) arithmetic_for(settings.general.arithmetic);  // throws if this processor lacks it
  fresh.model = make_model(settings);
  fresh.model->data_name = context.current.dataset()->name;
  fresh.model->data_digest = context.current.dataset()->digest;
  if (accelerator) move_model(*fresh.model, accelerator->device());
  fresh.run = std::make_unique<TrainingRun>(*fresh.model, context.current.data(), budget, accelerator);
  fresh.budget = budget;
  fresh.state = run_state::Paused{};
  return fresh;
}

Workspace new_run(WorkerContext& context, const TrainCommand& command) {
  Accelerator* accelerator = context.accelerator_for(context.settings);
  Workspace fresh = untrained_run(context, context.settings, command.budget, accelerator);
  fresh.pictures = parse_picture_plan(command.pictures);
  fresh.figures = command.figures;
  settle_in(fresh, context.options.runs, command.out);
  return fresh;
}

Workspace new_reflow(WorkerContext& context, const ReflowCommand& command) {
  const Workspace& work = context.work;
  const Dataset& dataset = *context.current.dataset();
  if (work.model->flow_steps == 0)
    throw InputError("reflow: this model's flow has not been trained; train it first, or open another model");
  if (work.model->data_digest != dataset.digest)
    throw InputError("reflow: the model was trained on " + work.model->data_name +
                     ", not on the digits in use (" + dataset.name + "); name them with --data");
  if (work.run) work.run->settle();
  Workspace fresh;
  fresh.pictures = parse_picture_plan(command.pictures);
  fresh.figures = command.figures;
  fresh.model = student_of(*work.model);
  settle_in(fresh, context.options.runs, command.out);
  fresh.budget = command.budget;
  if (fresh.budget.given() == 0) fresh.budget.steps = kReflowSteps;
  fresh.run = std::make_unique<TrainingRun>(*fresh.model, context.current.data(), fresh.budget);
  fresh.run->reflow(command.pairs);
  fresh.state = run_state::Paused{};
  return fresh;
}

Workspace stored_run(WorkerContext& context, const std::string& folder) {
  if (!path_exists(fs::path(folder) / kCheckpointName)) {
    throw InputError("cannot resume " + folder + ": it has no " + kCheckpointName +
                     "; only its model can be opened");
  }
  Workspace resumed;
  resumed.lock = FolderLock::take(folder);
  Checkpoint checkpoint = load_checkpoint(folder);
  resumed.model = std::move(checkpoint.model);
  const Dataset& dataset = *context.current.dataset();
  if (resumed.model->data_digest != dataset.digest) {
    throw InputError("cannot resume " + folder + ": it was trained on " + resumed.model->data_name +
                     ", not on the digits in use (" + dataset.name + "); name them with --data");
  }
  resumed.budget = stored_budget(folder);
  Accelerator* accelerator = context.accelerator_for(resumed.model->settings);
  if (!accelerator) arithmetic_for(resumed.model->settings.general.arithmetic);
  if (accelerator) move_model(*resumed.model, accelerator->device());
  resumed.run =
      std::make_unique<TrainingRun>(*resumed.model, context.current.data(), resumed.budget, accelerator);
  resumed.run->load(checkpoint.state, checkpoint.file);
  resumed.state = run_state::Paused{};
  resumed.folder = folder;
  resumed.score = stored_score(*resumed.model);
  return resumed;
}

}  // namespace lf
