// The effect of commands on the current run, and how another run replaces it.
#include "worker/current_run/control.h"

#include <filesystem>

#include "base/clock.h"
#include "base/errors.h"
#include "base/output_name.h"
#include "run/environment.h"
#include "run/folder.h"
#include "run/run_files.h"
#include "worker/current_run/source.h"
#include "worker/judge_choice.h"
#include "worker/setting_commands.h"

namespace lf::worker {
namespace fs = std::filesystem;
namespace {

constexpr int64_t kLargeModel = 20000000;                ///< parameters; saving it takes seconds
constexpr const char* kStarted = "%Y-%m-%dT%H:%M:%S%z";  ///< ISO 8601

/// A run continues only with its own digits.
void require_own_digits(const Workspace& work, const CurrentData& current, const char* what) {
  const auto& dataset = current.dataset();
  if (!work.run || !dataset || work.model->data_digest == dataset->digest) return;
  throw InputError(std::string(what) + ": the run was trained on " + work.model->data_name +
                   ", not on the digits in use (" + dataset->name + "); open those first");
}

}  // namespace

void RunControl::train(const TrainCommand& command) {
  if (!command.preset.empty() && command.preset != context_.settings.preset())
    choose_preset(context_, viewer_, command.preset);
  if (work().under_way() && !command.fresh) {
    if (work().is<run_state::Paused>()) work().state = run_state::Training{};
    return;
  }
  start(command);
  work().state = run_state::Training{};
}

void RunControl::start(const TrainCommand& command) {
  take_preset_views(context_, viewer_);
  context_.set_threads(context_.settings);
  Workspace fresh = new_run(context_, command);
  undo_ = Workspace{};
  begin(std::move(fresh));
  for (const auto& note : work().model->notes) announce("the autoencoder's file: " + note);
}

/// Continues training the current flow, on pairs that it generates. The present model can be
/// restored.
void RunControl::reflow(const ReflowCommand& command) {
  Workspace fresh = new_reflow(context_, command);
  undo_ = take_current();
  begin(std::move(fresh));
  work().state = run_state::Training{};
}

void RunControl::pause() {
  if (auto* paused = std::get_if<run_state::Paused>(&work().state)) paused->continues = false;
  if (work().training()) pause_now("paused");
}

void RunControl::resume(const ResumeCommand& command) {
  if (!work().run) throw InputError("there is no run to resume; click Train to start one");
  check_extension(command.budget);
  if (work().ending() && command.budget.given() == 0) return;  // it is almost finished
  if (work().finished() || work().ending()) {
    drop_work();
    work().run->extend(command.budget);
  }
  lower_rates(command.rate);
  if (context_.publisher.blocks().notice->offers_lower_rate) context_.publisher.forget_error();
  work().state = run_state::Training{};
}

void RunControl::step() {
  if (!work().run) start(TrainCommand{});
  if (work().finished() || work().ending())
    throw InputError("the run has used its budget; train longer, or start a new run");
  work().state = run_state::Training{/*one_step=*/true};
}

void RunControl::reset() {
  auto untrained =
      inference::make_model(context_.settings);  // may reject the settings: nothing has changed yet
  undo_ = take_current();
  work().model = std::move(untrained);
  work().name = "untrained model";
  viewer_.forget_score();
  viewer_.show_model();
  viewer_.views().set_data(context_.current.dataset() ? &context_.current.data() : nullptr);
  log(LogLevel::Info, undo_.folder.empty()
                          ? "back at step 0"
                          : "the run is saved in " + undo_.folder + "; back at step 0 (undo in Runs)");
}

void RunControl::undo_reset() {
  if (!undo_.model) throw InputError("there is no reset to undo");
  require_own_digits(undo_, context_.current, "undo-reset");
  take_current();
  work() = std::exchange(undo_, Workspace{});
  viewer_.show_model();
  if (work().run) {
    last_stage_ = run::RunStage::Measure;
    events_.begin();
    after_stage_change();
  } else if (!work().origin.empty()) {
    const bool shipped = work().name == "bundled model";
    viewer_.show_stored(shipped ? context_.options.assets : work().folder, work().origin);
  }
}

void RunControl::save(const SaveCommand& command) {
  if (command.path.empty() && work().run) {
    writer_.write(work().finished() ? "done" : work().training() ? "running" : "paused");
    return;
  }
  if (command.path.empty()) throw InputError("save: the shown model has no run; name a file to save it to");
  require_ending("save", command.path, {".safetensors"});
  if (work().run) work().run->settle();
  inference::save_model(*work().model, command.path);
  context_.publisher.note_saved(command.path);
}

void RunControl::resume_stored(const ResumeRunCommand& command) {
  const PicturePlan pictures = parse_picture_plan(command.pictures);
  check_extension(command.budget);
  if (work().folder == command.folder) keep();  // save first: the files below are read again
  Workspace resumed = stored_run(context_, command.folder);
  resumed.pictures = pictures;
  resumed.figures = command.figures;
  resumed.figures_as = command.figures_as;
  adopt(std::move(resumed));
  lower_rates(command.rate);
  extension_.reset();
  if (command.budget.given() > 0) extension_ = command.budget;
  context_.set_threads(work().model->settings);
  log(LogLevel::Info, "resumed " + command.folder);
  announce_change();
  context_.publisher.list_runs(work().folder);
  work().state = run_state::Training{};
}

/// A run that continues elsewhere does not end with the same bytes.
void RunControl::announce_change() {
  const records::Environment* before = work().run->provenance().last_environment();
  if (!before) return;
  const std::string other =
      records::difference(*before, run::this_environment(work().run->accelerator(), work().model->settings));
  if (!other.empty())
    announce("resumed with " + other + ": it continues, but its bytes will differ from an uninterrupted run");
}

void RunControl::begin(Workspace run) {
  adopt(std::move(run));
  choose_judge(context_, viewer_);  // another program may have trained one meanwhile
  context_.publisher.show_substitute_again("data");
  viewer_.forget_score();
  viewer_.share().forget();
  writer_.restart();
  log(LogLevel::Info, "new run in " + work().folder);
  if (context_.options.previews && work().model->net->parameters().count() < kLargeModel)
    writer_.write("running");  // a window lists it from the first second
}

/// The common part of starting and resuming: the current run is kept, `run` replaces it.
void RunControl::adopt(Workspace run) {
  keep();
  if (!run.lock) run.lock = files::FolderLock::take(run.folder);
  run::remove_leftovers(run.folder);
  context_.publisher.forget_error();
  run.name = fs::path(run.folder).filename().string();
  run.marks = run::Marks(run.folder);
  run.marks.forget_after(run.model->flow_steps > 0 ? run.model->flow_steps : -1);
  run.started = local_time(kStarted);
  run.unsaved = true;
  drop_work();
  work() = std::move(run);
  writer_.forget_wish();
  last_stage_ = run::RunStage::Measure;
  events_.begin();
  viewer_.begin_run();
}

void RunControl::replace(Workspace opened) {
  take_current();
  work() = std::move(opened);
  viewer_.forget_score();
  viewer_.show_model();
}

/// Ends all jobs that sample with the current model.
/// The current run, saved and stopped; nothing takes its place yet.
Workspace RunControl::take_current() {
  keep();
  work().halt();
  drop_work();
  return std::exchange(work(), Workspace{});
}

void RunControl::drop_work() {
  jobs_.drop();
  images_.drop();
  events_.drop();
  viewer_.scorer().drop();
  if (work().ending()) work().halt();
}

void RunControl::rest_for_opening() {
  keep();
  if (work().training()) work().state = run_state::Paused{/*diverged=*/false, /*continues=*/true};
}

void RunControl::end_opening(bool usable) {
  const auto* paused = std::get_if<run_state::Paused>(&work().state);
  if (!paused || !paused->continues) return;
  if (usable)
    work().state = run_state::Paused{};
  else
    work().state = run_state::Training{};
}

void RunControl::put_away() {
  if (jobs_.busy())
    log(LogLevel::Warning, "another data set was opened: " + jobs_.job().name() + " has ended");
  drop_work();
  if (!work().run) return;
  keep();
  work().history = work().run->history();
  work().origin = "from " + work().name;
  work().run.reset();
  work().lock.reset();
  work().state = run_state::None{};
  viewer_.show_model();
  log(LogLevel::Info,
      "the run is saved in " + work().folder + "; Train starts a new one on the other digits");
  context_.publisher.list_runs(work().folder);
}

void RunControl::fail() {
  if (work().training()) work().state = run_state::Failed{};
  drop_work();
}

}  // namespace lf::worker
