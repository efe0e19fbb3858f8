// Starting, advancing, ending and keeping a run.
#include <ATen/Parallel.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <thread>

#include "experiment/clock.h"
#include "experiment/environment.h"
#include "experiment/experiment_workload.h"
#include "experiment/figures.h"
#include "experiment/plain_errors.h"
#include "experiment/run_folder.h"
#include "experiment/run_store.h"
#include "messages/command_limits.h"
#include "messages/errors.h"
#include "messages/time_text.h"

namespace lf {
namespace fs = std::filesystem;
namespace {

constexpr double kSaveShare = 50;          ///< times as long as a save took, before the next: 2 % at most
constexpr int64_t kLargeModel = 20000000;  ///< parameters; saving it takes seconds
constexpr int64_t kLeastScored = 100;      ///< fewer samples give no Fréchet distance
constexpr int64_t kLeastMapped = 100;      ///< fewer digits have no axes
constexpr const char* kStarted = "%Y-%m-%dT%H:%M:%S%z";  ///< ISO 8601

/// Where training stands: "flow step 130".
std::string step_words(const Model& model) {
  return model.flow_steps > 0 ? "flow step " + std::to_string(model.flow_steps)
                              : "autoencoder step " + std::to_string(model.autoencoder_steps);
}

}  // namespace

void Experiment::set_threads(const Settings& settings) {
  const auto wanted = static_cast<int>(settings.integer("threads"));
  const int cores = static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
  at::set_num_threads(wanted > 0 ? wanted : cores);
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

/// Moves the model of a run that is about to begin to where it is trained.
void Experiment::take_accelerator(Workspace& run, Accelerator* accelerator) {
  look_stream_ = accelerator ? look_stream(accelerator->device()) : std::nullopt;
  if (accelerator) move_model(*run.model, accelerator->device());
}

std::string Experiment::device_words() const {
  const Accelerator* accelerator = work_.run ? work_.run->accelerator() : nullptr;
  if (accelerator) return accelerator->name();
  const int threads = at::get_num_threads();
  return "CPU · " + std::to_string(threads) + (threads == 1 ? " thread" : " threads");
}

void Experiment::start_run(const TrainCommand& command) {
  take_preset_looks();
  set_threads(settings_);
  Accelerator* accelerator = accelerator_for(settings_);
  Workspace fresh;
  fresh.pictures = parse_picture_plan(command.pictures);
  fresh.model = make_model(settings_);  // may refuse the settings: nothing has changed yet
  fresh.folder = new_folder(*fresh.model, command.out);
  fresh.lock = FolderLock::take(fresh.folder);
  fresh.model->data_name = dataset_->name;
  fresh.model->data_digest = dataset_->digest;
  take_accelerator(fresh, accelerator);
  fresh.run = std::make_unique<TrainingRun>(*fresh.model, data_, command.budget, accelerator);
  fresh.figures = command.figures;
  fresh.budget = command.budget;
  undo_ = Workspace{};
  begin_new_run(std::move(fresh));
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
  fresh.budget = command.budget;
  const Budget& b = fresh.budget;
  if (b.seconds <= 0 && b.steps <= 0 && b.epochs <= 0 && b.until_fd <= 0) fresh.budget.steps = kReflowSteps;
  take_accelerator(fresh, nullptr);
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

/// What starting and resuming have in common: the run in hand is kept, `run` takes its place.
void Experiment::adopt_run(Workspace run) {
  keep_run();
  if (!run.lock) run.lock = FolderLock::take(run.folder);
  remove_leftovers(run.folder);
  diverged_ = false;
  run.name = fs::path(run.folder).filename().string();
  run.started = local_time(kStarted);
  run.unsaved = true;
  job_.reset();  // each of these draws with the model in hand
  picture_.reset();
  gallery_.reset();
  evaluator_.reset();
  evaluator_asked_ = false;
  work_ = std::move(run);
  failed_ = false;
  ending_ = Ending::None;
  last_stage_ = TrainingRun::Stage::Measure;
  show_model();
  views_.set_data(&data_);
}

/// A run as its folder has it, ready to go on. Throws InputError.
Workspace Experiment::stored_run(const std::string& folder) {
  if (!fs::exists(fs::path(folder) / kCheckpointName)) {
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
  take_accelerator(resumed, accelerator);
  resumed.run = std::make_unique<TrainingRun>(*resumed.model, data_, resumed.budget, accelerator);
  resumed.run->load(checkpoint.state, checkpoint.file);
  resumed.folder = folder;
  resumed.score = stored_score(*resumed.model);
  return resumed;
}

void Experiment::resume_stored(const ResumeRunCommand& command) {
  const PicturePlan pictures = parse_picture_plan(command.pictures);
  if (work_.folder == command.folder) keep_run();  // what is read below is what it is now
  Workspace resumed = stored_run(command.folder);
  resumed.pictures = pictures;
  resumed.figures = command.figures;
  if (command.rate != 1) resumed.run->lower_rates(command.rate);
  adopt_run(std::move(resumed));
  const Budget& more = command.budget;
  extend_pending_ = more.seconds > 0 || more.steps > 0 || more.epochs > 0;
  extend_after_resume_ = more;
  set_threads(work_.model->settings);
  log(LogLevel::Info, "resumed " + command.folder);
  announce_change();
  list_runs_again();
}

/// A run that goes on elsewhere does not end in the same bytes.
void Experiment::announce_change() {
  const Environment* before = work_.run->course().last_environment();
  if (!before) return;
  const std::string other = difference(*before, this_environment(work_.run->accelerator()));
  if (!other.empty())
    announce("resumed with " + other + ": it goes on, but not to the same bytes as without the break");
}

/// The run in hand as it was before its first step.
Workspace Experiment::begun_anew() const {
  Workspace fresh;
  fresh.model = make_model(work_.model->settings);
  fresh.model->data_name = work_.model->data_name;
  fresh.model->data_digest = work_.model->data_digest;
  fresh.run = std::make_unique<TrainingRun>(*fresh.model, data_, work_.budget, work_.run->accelerator());
  if (work_.run->accelerator()) move_model(*fresh.model, work_.run->accelerator()->device());
  fresh.folder = work_.folder;
  return fresh;
}

/// Training came to an end that it does not go on from: the run goes back to its last good state and waits
/// there. `diverged`: the numbers went wrong, and lower rates help.
void Experiment::recover(const std::string& what, bool diverged) {
  const fs::path checkpoint = fs::path(work_.folder) / kCheckpointName;
  const bool reflow = work_.run->reflow_pairs() > 0;
  work_.unsaved = false;  // never written: its weights are no numbers, or half a step
  running_ = step_once_ = false;
  std::string where = "its beginning";
  Workspace good;
  if (fs::exists(checkpoint)) {
    good = stored_run(work_.folder);
    where = step_words(*good.model);
  } else if (!reflow) {
    good = begun_anew();
  } else {
    throw RunError(what + "; the reflow had not been saved yet: undo it and begin anew");
  }
  good.pictures = work_.pictures;
  good.figures = work_.figures;
  good.budget = work_.budget;
  adopt_run(std::move(good));
  diverged_ = diverged;
  tell_failure(what + "; the run stands at " + where + " again, its last good state. " + way_on());
}

/// Out of memory, or a device that failed.
void Experiment::recover_from(std::exception_ptr failure) {
  const std::string where = step_words(*work_.model);
  try {
    throw_plainly(failure);
  } catch (const std::exception& known) {
    recover("training stopped after " + where + ": " + known.what(), false);
  }
}

/// How a run goes on that stands at its last good state.
std::string Experiment::way_on() const {
  const std::string command = "latentflow train --resume " + lf::quoted(work_.folder);
  if (options_.previews)
    return diverged_ ? "Resume it with half the learning rate, or start anew with a smaller clip"
                     : "Resume it when you like";
  return diverged_ ? "Go on with half the learning rate: " + command + " --rate 0.5" : "Go on: " + command;
}

/// A failure of the run that leaves it usable: told, but the run is not called failed.
void Experiment::tell_failure(const std::string& what) {
  log(LogLevel::Error, what);
  auto notice = std::make_shared<NoticeBlock>(*state_.notice);
  ++notice->errors;
  notice->error = what;
  notice->error_was_input = false;
  notice->offers_lower_rate = diverged_;
  state_.notice = notice;
}

/// What a person should know of the run that goes on.
void Experiment::tell_warning(const std::string& what) {
  if (what.empty()) return;
  work_.announcements.push_back(what);
  options_.previews ? tell_failure(what) : log(LogLevel::Warning, what);
}

/// Seconds between two autosaves.
double Experiment::save_interval() const {
  return std::max(work_.model->settings.number("autosave"), least_interval_);
}

void Experiment::train_slice() {
  work_.run->set_single_steps(step_once_);
  const auto start = std::chrono::steady_clock::now();
  bool more = false;
  try {
    more = work_.run->advance();
  } catch (const InputError&) {
    throw;  // a damaged file: going back to it helps nothing
  } catch (const DivergedError& diverged) {
    return recover(diverged.what(), true);
  } catch (...) {
    return recover_from(std::current_exception());
  }
  training_time_ += seconds_since(start);
  work_.unsaved = true;
  tell_warning(work_.run->take_warning());
  if (work_.run->stage() != last_stage_) after_stage_change();
  if (!more && extend_pending_) {
    extend_pending_ = false;
    work_.run->extend(extend_after_resume_);
    return;
  }
  if (!more) {
    running_ = false;
    step_once_ = false;
    evaluator_.reset();
    final_drawn_ = false;
    ending_ = Ending::Score;
    return;
  }
  const LatentCache* latents = work_.run->train_latents();
  if (latents && !latents->complete() && latents->known_count() >= 2 * mapped_ && work_.run->stepped())
    show_map();  // digits come to be known while the flow draws them
  if (work_.run->stepped()) begin_due_picture();
  if (step_once_ && work_.run->stepped()) pause("stepped");
  if (!running_ || seconds_since(last_save_) <= save_interval()) return;
  if (work_.run->lost()) return;  // the last good state stays until it comes back, or diverges for good
  if (work_.run->weights_whole()) {
    autosave();
  } else {
    work_.run->hold();
  }
}

/// Where the step just told ends an epoch of which a picture is wanted.
void Experiment::begin_due_picture() {
  if (last_stage_ != TrainingRun::Stage::Flow) return;
  const int64_t per_epoch = work_.run->steps_per_epoch(), step = work_.run->flow_step();
  if (step % per_epoch != 0 || !work_.pictures.epochs.count(step / per_epoch)) return;
  char name[40];
  std::snprintf(name, sizeof name, "samples-epoch-%04lld.png", static_cast<long long>(step / per_epoch));
  begin_picture(name);
}

/// The reference system's picture of an epoch: sixteen digits in a 4×4 grid, drawn with the run's own sampler
/// from the same noise every time, so that two epochs can be compared.
void Experiment::begin_picture(const std::string& name) {
  const fs::path figures = figures_folder(work_.folder);
  SampleCommand grid;
  grid.count = 16;
  grid.columns = 4;
  grid.seed = static_cast<uint64_t>(work_.model->settings.integer("seed"));
  grid.out = (figures / name).string();
  picture_ = make_sample_job(*work_.model, grid);
}

void Experiment::picture_slice() {
  if (picture_->advance()) return;
  const JobResult drawn = picture_->finish();
  picture_.reset();
  work_.drawn.insert(work_.drawn.end(), drawn.paths.begin(), drawn.paths.end());
  log(LogLevel::Info, drawn.text);
}

void Experiment::after_stage_change() {
  if (last_stage_ == TrainingRun::Stage::Measure && work_.run->flow_step() == 0 &&
      work_.run->autoencoder_step() == 0)
    announce_plan();
  last_stage_ = work_.run->stage();
  score_time_ = picture_time_ = 0;  // what the pictures of one stage took is no debt in the next
  latent_spread_.clear();
  const bool known = last_stage_ == TrainingRun::Stage::Flow || last_stage_ == TrainingRun::Stage::Finished;
  if (last_stage_ == TrainingRun::Stage::Flow && work_.run->flow_step() == 0) announce_flow();
  if (last_stage_ == TrainingRun::Stage::Pairs) lab_.set_before(work_.run->teacher());
  if (known) show_map();
  const LatentCache* latents = work_.run->train_latents();
  if (known && latents && latents->complete()) lab_.offer_latents(latents->all());
}

/// The map of the training latents, as far as they are known.
void Experiment::show_map() {
  const LatentCache* latents = work_.run->train_latents();
  if (!(options_.previews || work_.figures || !work_.pictures.empty()) || !latents ||
      latents->known_count() < kLeastMapped)
    return;
  const MapLatents points = map_latents(*work_.model, *latents, data_.train_labels);
  views_.set_latents(points.standard, points.labels, "");
  mapped_ = latents->known_count();
}

/// Once the machine is measured: how long the run will take.
void Experiment::announce_plan() {
  const TrainingRun& run = *work_.run;
  const RunPlan& plan = run.plan();
  std::string text = "plan: ";
  if (plan.autoencoder_steps > 0)
    text += with_thousands(plan.autoencoder_steps) + " autoencoder steps of " +
            spoken_duration(run.speed().autoencoder) + ", then ";
  text += with_thousands(plan.flow_steps) + " flow steps of " + spoken_duration(run.speed().flow);
  if (!work_.model->net->labelled()) text += "; the autoencoder is " + autoencoder_words(*work_.model);
  text += run.seconds_left() > 0 ? "; about " + spoken_duration(run.seconds_left()) + " in all" : "";
  announce(text);
}

/// Before the flow's first step: where its loss begins.
void Experiment::announce_flow() {
  if (work_.run->start_loss() == 0) return;  // known for pairs by chance only
  char text[200];
  std::snprintf(
      text, sizeof text, "the flow begins: a net that has learned nothing has the loss %s%.3f",
      preconditioned(work_.model->settings) ? "" : "E[x1²] + (1 − σ_min)² = ", work_.run->start_loss());
  announce(text);
}

void Experiment::announce(const std::string& text) {
  work_.announcements.push_back(text);
  log(LogLevel::Info, text);
}

void Experiment::end_slice() {
  switch (ending_) {
    case Ending::None:
      return;
    case Ending::Score:
      return final_score_slice();
    case Ending::Pictures:
      if (picture_) return picture_slice();
      if (work_.pictures.final && !final_drawn_) {
        begin_picture("samples-final.png");
        final_drawn_ = true;
        return;
      }
      ending_ = Ending::Views;
      return;
    case Ending::Views:
      if ((work_.figures || !work_.pictures.empty()) && views_.due(false)) {
        views_.advance(false);
      } else {
        const Judge* judge = judge_problem_.empty() ? judge_.get() : nullptr;
        gallery_ = std::make_unique<GalleryMaker>(*work_.model, data_, *work_.run->train_latents(), judge);
        ending_ = Ending::Gallery;
      }
      return;
    case Ending::Gallery:
      if (gallery_->advance()) return;
      keep_gallery();
      gallery_.reset();
      ending_ = Ending::Write;
      return;
    case Ending::Write:
      ending_ = Ending::None;
      work_.finished = true;
      write_run("done");
      return;
  }
}

/// What a window shows first. A run is worth saving without it.
void Experiment::keep_gallery() {
  try {
    save_gallery(gallery_->take(), (fs::path(work_.folder) / "gallery.safetensors").string());
  } catch (const RunError& failed) {
    log(LogLevel::Warning, failed.what());
  }
}

void Experiment::final_score_slice() {
  const int64_t count = work_.model->settings.integer("quality.final");
  if (!judge_problem_.empty()) {
    log(LogLevel::Warning, "not evaluated: " + judge_problem_);
    ending_ = Ending::Pictures;
  } else if (count < kLeastScored) {
    log(LogLevel::Info, "not evaluated: the setting quality.final is " + std::to_string(count) +
                            "; latentflow eval scores it");
    ending_ = Ending::Pictures;
  } else if (!evaluator_) {
    freeze(*work_.model, scored_model_);
    evaluator_ = make_evaluator(*scored_model_, *judge_, data_, count, true);
    evaluator_full_ = true;
    evaluator_asked_ = false;
    job_started_ = std::chrono::steady_clock::now();
  } else {
    score_slice();
    if (!evaluator_) ending_ = Ending::Pictures;
  }
}

void Experiment::write_run(const std::string& state) {
  const auto start = std::chrono::steady_clock::now();
  work_.run->settle();
  work_.run->save_latents();
  RunFacts facts;
  facts.state = state;
  facts.started = work_.started;
  facts.device = work_.run->accelerator() ? work_.run->accelerator()->name() : "cpu";
  facts.threads = at::get_num_threads();
  facts.budget = work_.budget;
  facts.score = work_.score;
  facts.judge = judge_ ? judge_->name() : "";
  facts.commands = command_lines_;
  save_run(work_.folder, *work_.model, *work_.run, facts);
  work_.unsaved = false;
  last_save_ = std::chrono::steady_clock::now();
  // Gigabytes are written less often: saving may take a fiftieth of the time.
  least_interval_ = kSaveShare * seconds_since(start);
  JobResult result;
  result.verb = state == "done" ? "train" : "save";
  result.paths = {work_.folder + "/model.safetensors", work_.folder + "/history.csv",
                  work_.folder + "/report.json"};
  if (state == "done" && (work_.figures || !work_.pictures.empty())) {
    Snapshot now;
    describe(now);
    const auto figures = write_figures(now, figures_folder(work_.folder));
    result.paths.insert(result.paths.end(), figures.begin(), figures.end());
  }
  result.paths.insert(result.paths.end(), work_.drawn.begin(), work_.drawn.end());
  if (work_.score.valid) result.json = {score_json(work_.score, facts.judge)};
  result.text = (state == "done" ? "trained " : "saved ") + work_.name + " in " + work_.folder;
  if (state != "running") add_result(result);
  if (state != "running") note_saved(work_.folder);  // autosaves are no news
  list_runs_again();
}

/// A disk that is full for a while is no reason to stop: what was saved before stays, and the next try comes.
void Experiment::autosave() {
  const auto start = std::chrono::steady_clock::now();
  try {
    write_run("running");
    log(LogLevel::Info,
        "autosaved in " + std::to_string(static_cast<int>(1000 * seconds_since(start))) + " ms");
  } catch (const DivergedError& diverged) {
    recover(step_words(*work_.model) + ": " + diverged.what(), true);
  } catch (const RunError& failed) {
    last_save_ = std::chrono::steady_clock::now();
    const std::string what = std::string("not autosaved, training goes on: ") + failed.what();
    options_.previews ? tell_failure(what) : log(LogLevel::Warning, what);
  }
}

void Experiment::pause(const char* why) {
  const int64_t before = work_.run->flow_step();
  work_.run->settle();
  if (work_.run->flow_step() != before) begin_due_picture();
  running_ = false;
  step_once_ = false;
  log(LogLevel::Info, std::string(why) + " at step " +
                          std::to_string(work_.run->flow_step() > 0 ? work_.run->flow_step()
                                                                    : work_.run->autoencoder_step()));
}

}  // namespace lf
