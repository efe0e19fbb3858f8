// Where a run comes from: begun, begun on what a flow drew, or read from its folder; and how it takes the
// place of the one in hand.
#include <ATen/Parallel.h>

#include <algorithm>
#include <filesystem>

#include "base/clock.h"
#include "base/errors.h"
#include "base/paths.h"
#include "base/time_text.h"
#include "kernels/arithmetic.h"
#include "parallel/thread_count.h"
#include "protocol/command_limits.h"
#include "run/environment.h"
#include "run/folder.h"
#include "run/order.h"
#include "run/store.h"
#include "worker/experiment_workload.h"

namespace lf {
namespace fs = std::filesystem;
namespace {

constexpr int64_t kLargeModel = 20000000;                ///< parameters; saving it takes seconds
constexpr const char* kStarted = "%Y-%m-%dT%H:%M:%S%z";  ///< ISO 8601

}  // namespace

void Experiment::set_threads(const Settings& settings) {
  const ThreadCount threads = set_thread_count(static_cast<int>(settings.integer("threads")));
  if (threads.granted < threads.wanted)
    log(LogLevel::Warning, "threads: " + std::to_string(threads.granted) + " instead of " +
                               std::to_string(threads.wanted) + ", because no more are granted (" +
                               threads.reason + ")");
}

/// The accelerator that the settings ask for; null where that is the processor. Throws InputError where one
/// is demanded and there is none.
Accelerator* Experiment::accelerator_for(const Settings& settings) {
  const std::string& wanted = settings.text("device");
  const std::string& coupling = settings.text("flow.coupling");
  if (wanted == "cuda" && coupling != "independent")
    throw InputError(
        "device cuda: the coupling " + coupling +
        " pairs digits on the processor; set device to auto or cpu, or flow.coupling to independent");
  if (wanted == "cpu" || coupling != "independent") return nullptr;
  if (!accelerator_) accelerator_ = open_accelerator();
  if (wanted == "cuda" && !accelerator_->device)
    throw InputError("device cuda: " + accelerator_->reason +
                     "; --device auto or cpu trains on the processor");
  return accelerator_->device.get();
}

std::string Experiment::device_words() const {
  const Accelerator* accelerator = work_.run ? work_.run->accelerator() : nullptr;
  if (accelerator) return accelerator->name();
  const int threads = at::get_num_threads();
  const Settings& settings = work_.run ? work_.model->settings : settings_;
  const bool rounds = possible_arithmetic(settings.text("arithmetic")) == Arithmetic::BFloat16;
  // The chip in the window has room for the first two words.
  return std::string("CPU · ") + (rounds ? "bfloat16" : "float32") + " · " + std::to_string(threads) +
         (threads == 1 ? " thread" : " threads");
}

/// A run of the digits in use before its first step. Throws InputError for settings that do not fit together.
Workspace Experiment::untrained_run(const Settings& settings, const Budget& budget,
                                    Accelerator* accelerator) const {
  Workspace fresh;
  if (!accelerator) arithmetic_for(settings.text("arithmetic"));  // refuses what this processor has not
  fresh.model = make_model(settings);
  fresh.model->data_name = dataset_->name;
  fresh.model->data_digest = dataset_->digest;
  if (accelerator) move_model(*fresh.model, accelerator->device());
  fresh.run = std::make_unique<TrainingRun>(*fresh.model, data_, budget, accelerator);
  fresh.budget = budget;
  return fresh;
}

void Experiment::start_run(const TrainCommand& command) {
  take_preset_looks();
  set_threads(settings_);
  // What may be refused comes first: nothing has changed yet.
  Workspace fresh = untrained_run(settings_, command.budget, accelerator_for(settings_));
  fresh.pictures = parse_picture_plan(command.pictures);
  fresh.folder = new_folder(*fresh.model, command.out);
  fresh.lock = FolderLock::take(fresh.folder);
  number_run(fresh.folder, options_.runs);
  fresh.figures = command.figures;
  undo_ = Workspace{};
  begin_new_run(std::move(fresh));
  for (const auto& note : work_.model->notes) announce("the autoencoder's file: " + note);
}

/// The flow in hand is trained on, on pairs of its own; the model as it is now can be had back.
void Experiment::start_reflow(const ReflowCommand& command) {
  require_model("reflow");
  if (work_.model->flow_steps == 0)
    throw InputError("reflow: this model's flow has not been trained; train it first, or open another model");
  if (work_.model->data_digest != dataset_->digest)
    throw InputError("reflow: the model was trained on " + work_.model->data_name +
                     ", not on the digits in use (" + dataset_->name + "); name them with --data");
  if (work_.run) work_.run->settle();
  Workspace fresh;
  fresh.pictures = parse_picture_plan(command.pictures);
  fresh.model = student_of(*work_.model);
  fresh.folder = new_folder(*fresh.model, command.out);
  fresh.lock = FolderLock::take(fresh.folder);
  number_run(fresh.folder, options_.runs);
  fresh.budget = command.budget;
  if (fresh.budget.given() == 0) fresh.budget.steps = kReflowSteps;
  fresh.run = std::make_unique<TrainingRun>(*fresh.model, data_, fresh.budget);
  fresh.run->reflow(command.pairs);
  fresh.figures = command.figures;
  keep_run();
  undo_ = std::move(work_);
  work_ = Workspace{};
  begin_new_run(std::move(fresh));
}

/// Where a new run of `model` goes: `out`, made usable, or a folder of its own.
std::string Experiment::new_folder(const Model& model, const std::string& out) const {
  if (!out.empty()) {
    prepare_run_folder(out);
    return out;
  }
  const std::string kind = reflows(model) > 0 ? "reflow-" : "";
  return make_run_folder(options_.runs, kind + model.settings.preset(), model.settings.integer("seed"))
      .string();
}

void Experiment::begin_new_run(Workspace run) {
  adopt_run(std::move(run));
  choose_judge();  // another program may have trained one meanwhile
  show_substitute_again("data");
  live_score_ = Score{};
  last_live_score_ = 0;
  training_time_ = viewing_time_ = 0;
  last_save_ = std::chrono::steady_clock::now();
  log(LogLevel::Info, "new run in " + work_.folder);
  if (options_.previews && work_.model->net->parameters().count() < kLargeModel)
    write_run("running");  // a window lists it from the first second
}

/// Saves the run in hand where something of it was not saved yet.
void Experiment::keep_run() {
  if (work_.run && work_.unsaved) write_run(work_.finished ? "done" : "paused");
}

/// Ends whatever draws with the model in hand.
void Experiment::drop_work() {
  job_.reset();
  picture_.reset();
  gallery_.reset();
  evaluator_.reset();
  evaluator_asked_ = false;
  ending_ = Ending::None;
}

/// What starting and resuming have in common: the run in hand is kept, `run` takes its place.
void Experiment::adopt_run(Workspace run) {
  keep_run();
  if (!run.lock) run.lock = FolderLock::take(run.folder);
  remove_leftovers(run.folder);
  diverged_ = false;
  forget_error();
  run.name = fs::path(run.folder).filename().string();
  run.started = local_time(kStarted);
  run.unsaved = true;
  drop_work();
  const Accelerator* accelerator = run.run->accelerator();
  look_stream_ = accelerator ? look_stream(accelerator->device()) : std::nullopt;
  work_ = std::move(run);
  failed_ = save_due_ = false;
  last_stage_ = TrainingRun::Stage::Measure;
  show_model();
  views_.set_data(&data_);
  watch_growth();
}

/// A run as its folder has it, ready to go on. Throws InputError.
Workspace Experiment::stored_run(const std::string& folder) {
  if (!path_exists(fs::path(folder) / kCheckpointName)) {
    throw InputError("cannot resume " + folder + ": it has no " + kCheckpointName +
                     "; only its model can be opened");
  }
  Workspace resumed;
  resumed.lock = FolderLock::take(folder);
  Checkpoint checkpoint = load_checkpoint(folder);
  resumed.model = std::move(checkpoint.model);
  if (resumed.model->data_digest != dataset_->digest) {
    throw InputError("cannot resume " + folder + ": it was trained on " + resumed.model->data_name +
                     ", not on the digits in use (" + dataset_->name + "); name them with --data");
  }
  resumed.budget = stored_budget(folder);
  Accelerator* accelerator = accelerator_for(resumed.model->settings);
  if (!accelerator) arithmetic_for(resumed.model->settings.text("arithmetic"));
  if (accelerator) move_model(*resumed.model, accelerator->device());
  resumed.run = std::make_unique<TrainingRun>(*resumed.model, data_, resumed.budget, accelerator);
  resumed.run->load(checkpoint.state, checkpoint.file);
  resumed.folder = folder;
  resumed.score = stored_score(*resumed.model);
  return resumed;
}

void Experiment::resume_stored(const ResumeRunCommand& command) {
  const PicturePlan pictures = parse_picture_plan(command.pictures);
  check_extension(command.budget);
  if (work_.folder == command.folder) keep_run();  // what is read below is what it is now
  Workspace resumed = stored_run(command.folder);
  resumed.pictures = pictures;
  resumed.figures = command.figures;
  adopt_run(std::move(resumed));
  lower_rates(command.rate);
  extend_pending_ = command.budget.given() > 0;
  extend_after_resume_ = command.budget;
  set_threads(work_.model->settings);
  log(LogLevel::Info, "resumed " + command.folder);
  announce_change();
  list_runs_again();
}

/// A run that goes on elsewhere does not end in the same bytes.
void Experiment::announce_change() {
  const Environment* before = work_.run->course().last_environment();
  if (!before) return;
  const std::string other =
      difference(*before, this_environment(work_.run->accelerator(), work_.model->settings));
  if (!other.empty())
    announce("resumed with " + other + ": it goes on, but not to the same bytes as without the break");
}

}  // namespace lf
