// Starting, advancing, ending and keeping a run.
#include <ATen/Parallel.h>

#include <filesystem>
#include <thread>

#include "experiment/clock.h"
#include "experiment/experiment_workload.h"
#include "experiment/figures.h"
#include "experiment/run_folder.h"
#include "messages/errors.h"
#include "models/tensor_io.h"

namespace lf {
namespace fs = std::filesystem;
namespace {

constexpr double kAutosaveSeconds = 60;
constexpr int64_t kFinalSamples = 10000;
constexpr const char* kStarted = "%Y-%m-%dT%H:%M:%S%z";  ///< ISO 8601

}  // namespace

void Experiment::set_threads(const Settings& settings) {
  if (settings.text("device") == "cuda") {
    throw InputError("device cuda: this build computes on the processor only; use --device auto or cpu");
  }
  const auto wanted = static_cast<int>(settings.integer("threads"));
  const int cores = static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
  at::set_num_threads(wanted > 0 ? wanted : cores);
}

void Experiment::start_run(const Budget& budget, const std::string& out, bool figures) {
  set_threads(settings_);
  if (!out.empty()) prepare_run_folder(out);
  Workspace fresh;
  fresh.model = make_model(settings_);  // may refuse the settings: nothing has changed yet
  fresh.model->data_name = dataset_->name;
  fresh.model->data_digest = dataset_->digest;
  if (work_.run && work_.unsaved) write_run(work_.finished ? "done" : "paused");
  fresh.run = std::make_unique<TrainingRun>(*fresh.model, data_, budget);
  fresh.folder = out.empty()
                     ? make_run_folder(options_.runs, settings_.preset(), settings_.integer("seed")).string()
                     : out;
  fresh.name = fs::path(fresh.folder).filename().string();
  fresh.started = local_time(kStarted);
  fresh.budget = budget;
  fresh.figures = figures;
  fresh.unsaved = true;
  work_ = std::move(fresh);
  undo_ = Workspace{};
  failed_ = false;
  ending_ = Ending::None;
  evaluator_.reset();
  evaluator_asked_ = false;
  live_score_ = Score{};
  last_live_score_ = 0;
  training_time_ = viewing_time_ = 0;
  last_stage_ = TrainingRun::Stage::Measure;
  last_save_ = std::chrono::steady_clock::now();
  views_.set_model(work_.model.get());
  views_.set_data(&data_);
  log(LogLevel::Info, "new run in " + work_.folder);
  if (options_.previews) write_run("running");  // a window lists it from the first second
}

void Experiment::resume_stored(const std::string& folder, const Budget& budget, bool figures) {
  const fs::path checkpoint = fs::path(folder) / "checkpoint.safetensors";
  if (!fs::exists(checkpoint)) {
    throw InputError("cannot resume " + folder +
                     ": it has no checkpoint.safetensors; only its model can be opened");
  }
  Workspace resumed;
  resumed.model = load_model((fs::path(folder) / "model.safetensors").string());
  if (resumed.model->data_digest != dataset_->digest) {
    throw InputError("cannot resume " + folder + ": it was trained on " + resumed.model->data_name +
                     ", not on the digits in use (" + dataset_->name + "); name them with --data");
  }
  resumed.budget = stored_budget(folder);
  resumed.run = std::make_unique<TrainingRun>(*resumed.model, data_, resumed.budget);
  resumed.run->load(to_tensors(read_safetensors(checkpoint)), checkpoint.string());
  if (work_.run && work_.unsaved) write_run(work_.finished ? "done" : "paused");
  resumed.folder = folder;
  resumed.name = fs::path(folder).filename().string();
  resumed.started = local_time(kStarted);
  resumed.figures = figures;
  resumed.unsaved = true;
  resumed.score = stored_score(*resumed.model);
  work_ = std::move(resumed);
  extend_pending_ = budget.seconds > 0 || budget.steps > 0 || budget.epochs > 0;
  extend_after_resume_ = budget;
  failed_ = false;
  ending_ = Ending::None;
  evaluator_.reset();
  last_stage_ = TrainingRun::Stage::Measure;
  set_threads(work_.model->settings);
  views_.set_model(work_.model.get());
  views_.set_data(&data_);
  log(LogLevel::Info, "resumed " + folder);
  list_runs_again();
}

void Experiment::train_slice() {
  const auto start = std::chrono::steady_clock::now();
  const bool more = work_.run->advance();
  training_time_ += seconds_since(start);
  work_.unsaved = true;
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
    ending_ = Ending::Score;
    return;
  }
  if (step_once_ && work_.run->stepped()) pause("stepped");
  if (running_ && seconds_since(last_save_) > kAutosaveSeconds) autosave();
}

void Experiment::after_stage_change() {
  last_stage_ = work_.run->stage();
  latent_spread_.clear();
  const Latents& latents = work_.run->train_latents();
  const bool known = last_stage_ == TrainingRun::Stage::Flow || last_stage_ == TrainingRun::Stage::Finished;
  if (!known || !(options_.previews || work_.figures) || !latents.mean.defined()) return;
  const at::Tensor points = map_latents(*work_.model, latents);
  views_.set_latents(points, data_.train_labels.narrow(0, 0, points.size(0)), "");
}

void Experiment::end_slice() {
  switch (ending_) {
    case Ending::None:
      return;
    case Ending::Score:
      if (!judge_problem_.empty()) {
        log(LogLevel::Warning, "not evaluated: " + judge_problem_);
        ending_ = Ending::Views;
      } else if (!evaluator_) {
        freeze(*work_.model, scored_model_);
        evaluator_ = make_evaluator(*scored_model_, *judge_, data_, kFinalSamples, true);
        evaluator_full_ = true;
        evaluator_asked_ = false;
        job_started_ = std::chrono::steady_clock::now();
      } else {
        score_slice();
        if (!evaluator_) ending_ = Ending::Views;
      }
      return;
    case Ending::Views:
      if (work_.figures && views_.due(false)) {
        views_.advance(false);
      } else {
        ending_ = Ending::Write;
      }
      return;
    case Ending::Write:
      ending_ = Ending::None;
      work_.finished = true;
      write_run("done");
      return;
  }
}

void Experiment::write_run(const std::string& state) {
  RunFacts facts;
  facts.state = state;
  facts.started = work_.started;
  facts.device = "cpu";
  facts.threads = at::get_num_threads();
  facts.budget = work_.budget;
  facts.score = work_.score;
  facts.judge = judge_ ? judge_->name() : "";
  facts.commands = command_lines_;
  save_run(work_.folder, *work_.model, *work_.run, facts);
  work_.unsaved = false;
  last_save_ = std::chrono::steady_clock::now();
  JobResult result;
  result.verb = state == "done" ? "train" : "save";
  result.paths = {work_.folder + "/model.safetensors", work_.folder + "/history.csv",
                  work_.folder + "/report.json"};
  if (state == "done") {
    const fs::path gallery = fs::path(work_.folder) / "gallery.safetensors";
    const Judge* judge = judge_problem_.empty() ? judge_.get() : nullptr;
    save_gallery(make_gallery(*work_.model, data_, work_.run->train_latents(), judge), gallery.string());
    if (work_.figures) {
      Snapshot now;
      describe(now);
      const auto figures = write_figures(now, fs::path(work_.folder) / "figures");
      result.paths.insert(result.paths.end(), figures.begin(), figures.end());
    }
  }
  if (work_.score.valid) result.json = {score_json(work_.score, facts.judge)};
  result.text = (state == "done" ? "trained " : "saved ") + work_.name + " in " + work_.folder;
  if (state != "running") add_result(result);
  if (state != "running") note_saved(work_.folder);  // autosaves are no news
  list_runs_again();
}

void Experiment::autosave() {
  const auto start = std::chrono::steady_clock::now();
  write_run("running");
  log(LogLevel::Info,
      "autosaved in " + std::to_string(static_cast<int>(1000 * seconds_since(start))) + " ms");
}

void Experiment::pause(const char* why) {
  running_ = false;
  step_once_ = false;
  log(LogLevel::Info, std::string(why) + " at step " +
                          std::to_string(work_.run->flow_step() > 0 ? work_.run->flow_step()
                                                                    : work_.run->autoencoder_step()));
}

}  // namespace lf
