// `branch`: a new run that begins with the exact state of a stored run after a step of its flow.
#include <ATen/Parallel.h>

#include <algorithm>
#include <filesystem>

#include "base/clock.h"
#include "base/errors.h"
#include "base/paths.h"
#include "base/time_text.h"
#include "config/branch_settings.h"
#include "files/folder_lock.h"
#include "jobs/job.h"
#include "run/folder.h"
#include "run/marks.h"
#include "run/order.h"
#include "run/repeated_run.h"
#include "run/run_files.h"

namespace lf::jobs {
namespace fs = std::filesystem;
namespace {

constexpr const char* kBranchStarted = "%Y-%m-%dT%H:%M:%S%z";

/// A run's state after a step, and how it is reached.
class StateAtStep {
 public:
  virtual ~StateAtStep() = default;
  /// One slice; false once the state is reached. Throws InputError if it cannot be.
  virtual bool advance() = 0;
  virtual run::TrainingRun& run() = 0;
  virtual inference::Model& model() = 0;
};

/// True when the flow has made `step` steps, and its stage has begun.
bool reached(const run::TrainingRun& run, int64_t step) {
  const bool flow = run.stage() == run::RunStage::Flow || run.stage() == run::RunStage::Finished;
  return flow && run.status().flow_step >= step;
}

/// From the checkpoint: it is the wanted step.
class StoredState : public StateAtStep {
 public:
  StoredState(run::Checkpoint stored, const data::DataTensors& data, int64_t step, const DeviceChoice& device)
      : model_(std::move(stored.model)), step_(step) {
    training::Accelerator* accelerator = device(model_->settings);
    if (accelerator) inference::move_model(*model_, accelerator->device());
    run_ = std::make_unique<run::TrainingRun>(*model_, data, Budget{}, accelerator);
    run_->load(stored.state, stored.file);
  }
  bool advance() override { return !reached(*run_, step_) && run_->advance(); }
  run::TrainingRun& run() override { return *run_; }
  inference::Model& model() override { return *model_; }

 private:
  std::unique_ptr<inference::Model> model_;
  std::unique_ptr<run::TrainingRun> run_;
  int64_t step_;
};

/// Trained again, with the recorded weights.
class RepeatedState : public StateAtStep {
 public:
  RepeatedState(const run::RepeatSource& source, const run::Checkpoint& stored, int64_t step,
                const DeviceChoice& device)
      : source_(source), again_(source, stored, device), step_(step) {}

  bool advance() override {
    if (reached(again_.run(), step_)) return false;
    const bool more = again_.advance();
    for (const run::RecordedWeights& weights : again_.take_compared())
      if (!weights.same())
        refuse("its weights differ from the recorded ones at " + run::place_of(weights.entry));
    if (!more && !reached(again_.run(), step_))
      refuse("it cannot be followed to flow step " + std::to_string(step_));
    return more;
  }
  run::TrainingRun& run() override { return again_.run(); }
  inference::Model& model() override { return again_.model(); }

 private:
  [[noreturn]] void refuse(const std::string& why) const {
    throw InputError(source_.what + " " + source_.folder + ": trained again here, " + why +
                     (again_.note().empty() ? "" : " (" + again_.note() + ")") +
                     "; a branch needs the machine and the build of the run, or begins at its last step");
  }

  run::RepeatSource source_;
  run::RepeatedRun again_;
  int64_t step_;
};

/// A step at which a branch is possible.
int64_t checked_step(const BranchCommand& command, const inference::Model& stored) {
  const int64_t step = command.step < 0 ? stored.flow_steps : command.step;
  if (step > stored.flow_steps)
    throw InputError("cannot branch " + command.folder + " at flow step " + with_thousands(step) +
                     ": it has made " + with_thousands(stored.flow_steps) + "; name an earlier step");
  if (stored.flow_steps == 0 && command.step != 0)
    throw InputError("cannot branch " + command.folder + ": its flow has made no step yet; train it first");
  return step;
}

Settings checked_settings(const BranchCommand& command, const inference::Model& stored) {
  const Settings settings = branched_settings(stored.settings, command.settings);
  if (inference::reflows(stored) > 0 && settings.general.seed != stored.settings.general.seed)
    throw InputError("cannot branch " + command.folder +
                     " with another seed: the pairs of a reflow follow from it");
  return settings;
}

class BranchJob : public SlicedJob {
 public:
  BranchJob(const data::DataTensors& data, const files::Dataset& dataset, const BranchCommand& command,
            std::string runs, const DeviceChoice& device)
      : command_(command), runs_(std::move(runs)) {
    run::Checkpoint stored = run::load_checkpoint(command.folder);
    const run::RepeatSource source{"cannot branch", command.folder, command.from, data, dataset};
    run::require_same_digits(*stored.model, dataset, source.what + " " + source.folder);
    step_ = checked_step(command, *stored.model);
    settings_ = checked_settings(command, *stored.model);
    started_settings_ = stored.model->settings;
    check_folder();
    if (step_ == stored.model->flow_steps)
      state_ = std::make_unique<StoredState>(std::move(stored), data, step_, device);
    else
      state_ = std::make_unique<RepeatedState>(source, stored, step_, device);
  }

  std::string name() const override {
    return "training " + parent() + " again up to flow step " + with_thousands(step_);
  }
  double progress() const override {
    const run::RunStatus now = state_->run().status();
    const auto all = static_cast<double>(std::max<int64_t>(1, now.plan.encoder_steps + step_));
    return std::min(1.0, static_cast<double>(now.autoencoder_step + now.flow_step) / all);
  }
  bool advance() override { return state_->advance(); }

  JobResult finish() override {
    run::TrainingRun& run = state_->run();
    run.settle();
    inference::Model& model = state_->model();
    const run::Marks marks(command_.folder);
    if (marks.has(step_) && !marks.matches(model))
      throw InputError("cannot branch " + command_.folder + ": its mark of flow step " +
                       with_thousands(step_) + " holds other weights than the run had there; remove it");
    model.settings = started_settings_;  // the repetition may have named its arithmetic
    run.begin_branch(parent(), settings_);
    for (auto fact = model.facts.begin(); fact != model.facts.end();)
      fact = fact->first.rfind("metric.", 0) == 0 ? model.facts.erase(fact) : std::next(fact);
    const std::string folder = write(run, marks);
    JobResult result;
    result.verb = "branch";
    result.paths = {folder};
    result.text = "a branch of " + parent() + " begins at flow step " + with_thousands(step_) + changes();
    return result;
  }

 private:
  std::string parent() const { return run::run_name(command_.folder); }
  std::string changes() const {
    std::string text;
    for (const auto& word : changed_settings(started_settings_, settings_))
      text += (text.empty() ? " with " : ", ") + word;
    return text;
  }

  /// Before the long work: a folder that cannot be used ends it at once.
  void check_folder() const {
    if (command_.out.empty()) return;
    const bool made = !path_exists(command_.out);
    run::prepare_run_folder(command_.out);
    if (run::is_run_folder(command_.out))
      throw InputError("cannot branch into " + command_.out +
                       ": it holds a run already; name another folder");
    if (made) remove_path(command_.out);
  }

  /// The new run's folder, written as a paused run.
  std::string write(const run::TrainingRun& run, const run::Marks& marks) const {
    const inference::Model& model = state_->model();
    fs::path folder = command_.out;
    if (folder.empty())
      folder = run::make_run_folder(runs_, "branch-" + settings_.preset(), settings_.general.seed);
    else
      run::prepare_run_folder(folder);
    const auto lock = files::FolderLock::take(folder);
    run::number_run(folder, runs_);
    run::RunFacts facts;
    facts.state = "paused";
    facts.started = local_time(kBranchStarted);
    facts.device = run.accelerator() ? run.accelerator()->name() : "cpu";
    facts.threads = at::get_num_threads();
    facts.budget = run::stored_budget(command_.folder);
    facts.commands = {format_command(command_)};
    run::save_run(folder, model, run, facts);
    marks.copy_to(folder, step_);
    return folder.string();
  }

  BranchCommand command_;
  std::string runs_;
  int64_t step_ = 0;
  Settings settings_, started_settings_;
  std::unique_ptr<StateAtStep> state_;
};

}  // namespace

std::unique_ptr<SlicedJob> make_branch_job(const data::DataTensors& data, const files::Dataset& dataset,
                                           const BranchCommand& command, const std::string& runs,
                                           const DeviceChoice& device) {
  return std::make_unique<BranchJob>(data, dataset, command, runs, device);
}

}  // namespace lf::jobs
