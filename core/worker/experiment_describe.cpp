// The experiment in plain numbers: what the snapshot says.
#include <ATen/Parallel.h>

#include <algorithm>

#include "base/clock.h"
#include "base/time_text.h"
#include "metrics/latent_health.h"
#include "run/folder.h"
#include "worker/experiment_workload.h"

namespace lf {
namespace {

constexpr double kRowSeconds = 1;          ///< the row of the present run changes at most this often
constexpr double kLossBlockSeconds = 0.2;  ///< curves are copied at most this often

std::string stage_message(TrainingRun::Stage stage) {
  switch (stage) {
    case TrainingRun::Stage::Measure:
      return "measuring this machine";
    case TrainingRun::Stage::Autoencoder:
      return "learning to squeeze digits into 64 numbers";
    case TrainingRun::Stage::Latents:
      return "encoding all digits";
    case TrainingRun::Stage::Pairs:
      return "following noise to its digits, for pairs to train on";
    case TrainingRun::Stage::Flow:
      return "learning to flow from noise to digits";
    case TrainingRun::Stage::Finished:
      return "trained";
  }
  return "";
}

}  // namespace

Phase Experiment::phase() const {
  if (failed_) return Phase::Failed;
  if (ending_ != Ending::None || (evaluator_asked_ && evaluator_ && !running_)) return Phase::Evaluating;
  if (!work_.run) return loading_ == Loading::Ready ? Phase::Idle : Phase::Loading;
  if (loading_ != Loading::Ready) return Phase::Loading;
  if (work_.finished) return Phase::Done;
  if (stands_in_autoencoder()) return Phase::Autoencoder;
  switch (work_.run->stage()) {
    case TrainingRun::Stage::Latents:
    case TrainingRun::Stage::Pairs:
      return Phase::Latents;
    default:
      return Phase::Flow;
  }
}

/// A resumed run measures the machine again, wherever it stands.
bool Experiment::stands_in_autoencoder() const {
  const auto stage = work_.run->stage();
  return stage == TrainingRun::Stage::Autoencoder ||
         (stage == TrainingRun::Stage::Measure && work_.model->flow_steps == 0);
}

/// What the run is doing, in words.
std::string Experiment::message_of(TrainingRun::Stage stage) const {
  if (picture_) return picture_->name();
  switch (ending_) {
    case Ending::None:
      return stage_message(stage);
    case Ending::Score:
      return scoring_text();
    case Ending::Pictures:
    case Ending::Views:
      return "drawing pictures";
    case Ending::Gallery:
      return "preparing what the window shows first";
    case Ending::Write:
      return "saving";
  }
  return "";
}

std::string Experiment::scoring_text() const {
  return "scoring " + with_thousands(evaluator_ ? evaluator_->count() : 0) + " samples";
}

void Experiment::refresh_run_block() {
  auto block = std::make_shared<RunBlock>();
  block->phase = phase();
  block->running = running_;
  block->commands_waiting = static_cast<int64_t>(waiting_.size());
  block->resumable = work_.run && !work_.finished && !running_ && ending_ == Ending::None && !failed_;
  block->can_train_longer = work_.run && work_.finished;
  block->can_undo_reset = undo_.model != nullptr;
  block->knows_before = work_.run && work_.run->teacher();
  block->undo_ends_reflow = undo_.model && work_.run && work_.run->reflow_pairs() > 0;
  block->reflows = work_.model ? reflows(*work_.model) : 0;
  block->from_shipped = !work_.run;
  block->device = device_words();
  if (data_loader_) block->message = data_loader_->message();
  if (dataset_) {
    block->dataset = dataset_->name;
    block->dataset_source = dataset_->source;
    block->dataset_builtin = dataset_->builtin;
    block->train_count = static_cast<int64_t>(dataset_->train.size());
    block->test_count = static_cast<int64_t>(dataset_->test.size());
  }
  block->preset = work_.model ? work_.model->settings.preset() : settings_.preset();
  if (work_.model) {
    block->model = work_.name;
    block->run_folder = work_.folder;
    block->autoencoder_step = block->autoencoder_total = block->encoder_total =
        work_.model->autoencoder_steps;
    block->flow_step = block->flow_total = work_.model->flow_steps;
    block->autoencoder_parameters = work_.model->autoencoder->parameters().count();
    block->flow_parameters = work_.model->net->parameters().count();
    block->labelled = work_.model->net->labelled();
    block->autoencoder = autoencoder_words(*work_.model);
    block->announcements = work_.announcements;
  }
  if (work_.run) {
    const TrainingRun& run = *work_.run;
    const auto stage = run.stage();
    const bool first = stands_in_autoencoder();
    block->message = message_of(stage);
    block->autoencoder_total = run.plan().autoencoder_steps;
    block->encoder_total = run.plan().encoder_steps;
    block->flow_total = run.plan().until_fd > 0 && run.seconds_left() < 0 ? 0 : run.plan().flow_steps;
    block->step = first ? block->autoencoder_step : block->flow_step;
    block->step_total = first ? block->encoder_total : block->flow_total;
    block->seconds = run.seconds();
    block->seconds_left = run.seconds_left();
    block->loss = run.last_loss();
    block->rate_factor = run.rate_factor();
    block->steps_per_second = running_ ? run.steps_per_second() : 0;
    block->digits_per_second = running_ ? run.digits_per_second() : 0;
    const double total = block->seconds + std::max(0.0, block->seconds_left);
    block->progress = work_.finished ? 1 : block->seconds_left < 0 || total <= 0 ? 0 : block->seconds / total;
    const double spent = training_time_ + viewing_time_;
    block->draw_share = running_ && spent > 0 ? viewing_time_ / spent : 0;
  }
  state_.run = block;
}

void Experiment::refresh_loss_block() {
  const LossBlock& loss = history().loss;
  const size_t points = loss.autoencoder_train.step.size() + loss.flow_train.step.size() +
                        loss.flow_test.step.size() + loss.autoencoder_test.step.size();
  const bool same = points == loss_points_ && state_.loss->origin == work_.origin;
  if (same || (running_ && points > loss_points_ && seconds_since(last_loss_block_) < kLossBlockSeconds))
    return;
  auto block = std::make_shared<LossBlock>(loss);
  block->flow_start = work_.run ? work_.run->start_loss() : 0;
  block->origin = work_.origin;
  block->autoencoder_lost = work_.autoencoder_lost;
  block->flow_lost = work_.flow_lost;
  state_.loss = block;
  loss_points_ = points;
  last_loss_block_ = std::chrono::steady_clock::now();
}

void Experiment::refresh_quality_block() {
  auto block = std::make_shared<QualityBlock>();
  block->origin = work_.origin;
  block->judge_available = judge_ != nullptr;
  if (judge_) {
    block->judge = judge_->name();
    block->judge_accuracy = judge_->facts().accuracy;
    const auto& calibration = judge_->facts().calibration;
    block->calibration_test = calibration.test;
    block->calibration_noise05 = calibration.noise_005;
    block->calibration_noise10 = calibration.noise_01;
    block->calibration_blur = calibration.blur;
  } else {
    block->judge = judge_problem_;
  }
  block->live = live_score_;
  block->full = work_.score;
  block->history = history().fd;
  if (work_.run && work_.run->train_latents() && work_.run->train_latents()->known_count() > 0) {
    if (latent_spread_.empty()) measure_latent_spread();
    block->latent_std = latent_spread_;
    block->active_units = active_units(latent_spread_);
  }
  state_.quality = block;
}

void Experiment::measure_latent_spread() {
  const LatentCache& cache = *work_.run->train_latents();
  latent_spread_ = latent_deviations(cache.rows(cache.first_known(cache.size())).mean);
}

/// The row of the run at work tells what it does now, not what its last save said.
void Experiment::refresh_current_row() {
  const auto& rows = state_.runs->runs;
  const auto row = std::find_if(rows.begin(), rows.end(), [](const RunSummary& run) { return run.current; });
  if (!work_.run || row == rows.end()) return;
  RunSummary now = *row;
  now.flow_steps = work_.run->flow_step();
  now.flow_total = work_.run->plan().flow_steps;
  now.seconds = work_.run->seconds();
  now.loss = work_.run->last_loss();
  now.state = work_.finished ? "done" : running_ ? "running" : diverged_ ? "diverged" : "paused";
  const bool same_state = now.state == row->state;
  if (same_state && (now.seconds == row->seconds || seconds_since(last_row_) < kRowSeconds)) return;
  auto block = std::make_shared<RunsBlock>(*state_.runs);
  block->runs[static_cast<size_t>(row - rows.begin())] = now;
  state_.runs = block;
  last_row_ = std::chrono::steady_clock::now();
}

void Experiment::describe(Snapshot& snapshot) {
  refresh_run_block();
  refresh_current_row();
  refresh_loss_block();
  refresh_quality_block();
  state_.flow = views_.blocks().flow;
  state_.map = views_.blocks().map;
  state_.reconstruction = views_.blocks().reconstruction;
  state_.growth = views_.blocks().growth;
  state_.lab = lab_.block();
  const Settings& of_run = work_.model ? work_.model->settings : settings_;
  if (!(state_.settings->values == settings_) || !(state_.settings->run == of_run)) {
    auto block = std::make_shared<SettingsBlock>();
    block->values = settings_;
    block->run = of_run;
    state_.settings = block;
  }
  auto job = std::make_shared<JobBlock>();
  const bool evaluating = evaluator_ && evaluator_full_;
  if (job_ || evaluating || (data_loader_ && data_loader_->downloading())) {
    job->active = true;
    job->name = job_ ? job_->name() : evaluating ? scoring_text() : data_loader_->message();
    job->progress = job_ ? job_->progress() : evaluating ? evaluator_->progress() : data_loader_->progress();
    const double spent = seconds_since(job_started_);
    const bool tells = job->progress > 0.02 || (job->progress > 0 && spent > 5);
    if (tells && (job_ || evaluating)) job->seconds_left = spent * (1 / job->progress - 1);
  }
  state_.job = job;
  ++state_.number;
  snapshot = state_;
}

void Experiment::log(LogLevel level, const std::string& text) {
  auto block = std::make_shared<LogBlock>(*state_.log);
  block->lines.push_back({seconds_since(born_), level, text});
  state_.log = block;
}

/// A tool that follows t, or a handle that is dragged, asks many times a second: of such a row the last is
/// kept, or the log would grow for as long as t plays, and hide all else.
void Experiment::log_command(const Command& command) {
  const bool chatter = std::holds_alternative<BrowseCommand>(command.what) ||
                       std::holds_alternative<ListRunsCommand>(command.what);
  if (chatter) return;
  const auto* lab = std::get_if<LabCommand>(&command.what);
  const std::string tool = lab ? lab->tool : "";
  if (!tool.empty() && tool == last_tool_) {
    const auto& lines = state_.log->lines;
    if (!lines.empty() && lines.back().text == command_lines_.back()) {
      auto block = std::make_shared<LogBlock>(*state_.log);
      block->lines.pop_back();
      state_.log = block;
    }
    command_lines_.pop_back();
  }
  last_tool_ = tool;
  command_lines_.push_back(format_command(command));
  log(LogLevel::Command, command_lines_.back());
}

void Experiment::add_result(JobResult result) {
  auto block = std::make_shared<ResultsBlock>(*state_.results);
  result.number = block->results.size() + 1;
  log(LogLevel::Info, result.text);
  block->results.push_back(std::move(result));
  state_.results = block;
}

void Experiment::note_saved(const std::string& path) {
  auto notice = std::make_shared<NoticeBlock>(*state_.notice);
  ++notice->saves;
  notice->saved = path;
  state_.notice = notice;
}

void Experiment::list_runs_again() {
  if (!options_.previews) return;
  auto runs = std::make_shared<RunsBlock>(*state_.runs);
  runs->root = options_.runs;
  std::vector<std::string> skipped;
  runs->runs = list_runs(options_.runs, work_.folder, &skipped);
  name_skipped(skipped);
  state_.runs = runs;
}

}  // namespace lf
