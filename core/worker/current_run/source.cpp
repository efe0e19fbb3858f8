#include "worker/current_run/source.h"

#include <filesystem>

#include "base/errors.h"
#include "base/paths.h"
#include "protocol/command_limits.h"
#include "run/folder.h"
#include "run/order.h"
#include "run/repeated_run.h"
#include "run/run_files.h"

namespace lf::worker {
namespace fs = std::filesystem;
namespace {

/// The folder of a new run of `model`: `out`, made usable, or a new folder.
std::string new_folder(const std::string& runs, const inference::Model& model, const std::string& out) {
  if (!out.empty()) {
    run::prepare_run_folder(out);
    return out;
  }
  const std::string kind = inference::reflows(model) > 0 ? "reflow-" : "";
  return run::make_run_folder(runs, kind + model.settings.preset(), model.settings.general.seed).string();
}

/// Assigns its folder to a new run.
void settle_in(Workspace& fresh, const std::string& runs, const std::string& out) {
  fresh.folder = new_folder(runs, *fresh.model, out);
  fresh.lock = files::FolderLock::take(fresh.folder);
  run::number_run(fresh.folder, runs);
}

}  // namespace

Workspace untrained_run(const WorkerContext& context, const Settings& settings, const Budget& budget,
                        training::Accelerator* accelerator) {
  Workspace fresh;
  if (!accelerator)
    kernels::arithmetic_for(settings.general.arithmetic);  // throws if this processor lacks it
  fresh.model = inference::make_model(settings);
  fresh.model->data_name = context.current.dataset()->name;
  fresh.model->data_digest = context.current.dataset()->digest;
  if (accelerator) inference::move_model(*fresh.model, accelerator->device());
  fresh.run = std::make_unique<run::TrainingRun>(*fresh.model, context.current.data(), budget, accelerator);
  fresh.budget = budget;
  fresh.state = run_state::Paused{};
  return fresh;
}

Workspace new_run(WorkerContext& context, const TrainCommand& command) {
  training::Accelerator* accelerator = context.accelerator_for(context.settings);
  Workspace fresh = untrained_run(context, context.settings, command.budget, accelerator);
  fresh.pictures = parse_picture_plan(command.pictures);
  fresh.figures = command.figures;
  fresh.figures_as = command.figures_as;
  settle_in(fresh, context.options.runs, command.out);
  return fresh;
}

Workspace new_reflow(WorkerContext& context, const ReflowCommand& command) {
  const Workspace& work = context.work;
  const files::Dataset& dataset = *context.current.dataset();
  if (work.model->flow_steps == 0)
    throw InputError("reflow: this model's flow has not been trained; train it first, or open another model");
  if (work.model->data_digest != dataset.digest)
    throw InputError("reflow: the model was trained on " + work.model->data_name +
                     ", not on the digits in use (" + dataset.name + "); name them with --data");
  if (work.run) work.run->settle();
  Workspace fresh;
  fresh.pictures = parse_picture_plan(command.pictures);
  fresh.figures = command.figures;
  fresh.figures_as = command.figures_as;
  fresh.model = inference::student_of(*work.model);
  settle_in(fresh, context.options.runs, command.out);
  fresh.budget = command.budget;
  if (fresh.budget.given() == 0) fresh.budget.steps = kReflowSteps;
  fresh.run = std::make_unique<run::TrainingRun>(*fresh.model, context.current.data(), fresh.budget);
  fresh.run->reflow(command.pairs);
  fresh.state = run_state::Paused{};
  return fresh;
}

Workspace stored_run(WorkerContext& context, const std::string& folder) {
  if (!path_exists(fs::path(folder) / run::kCheckpointName)) {
    throw InputError("cannot resume " + folder + ": it has no " + run::kCheckpointName +
                     "; only its model can be opened");
  }
  Workspace resumed;
  resumed.lock = files::FolderLock::take(folder);
  run::Checkpoint checkpoint = run::load_checkpoint(folder);
  resumed.model = std::move(checkpoint.model);
  const files::Dataset& dataset = *context.current.dataset();
  run::require_same_digits(*resumed.model, dataset, "cannot resume " + folder);
  resumed.budget = run::stored_budget(folder);
  training::Accelerator* accelerator = context.accelerator_for(resumed.model->settings);
  if (!accelerator) kernels::arithmetic_for(resumed.model->settings.general.arithmetic);
  if (accelerator) inference::move_model(*resumed.model, accelerator->device());
  resumed.run =
      std::make_unique<run::TrainingRun>(*resumed.model, context.current.data(), resumed.budget, accelerator);
  resumed.run->load(checkpoint.state, checkpoint.file);
  resumed.state = run_state::Paused{};
  resumed.folder = folder;
  resumed.score = run::stored_score(*resumed.model);
  return resumed;
}

}  // namespace lf::worker
