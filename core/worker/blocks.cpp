#include "worker/blocks.h"

#include <ATen/Parallel.h>

#include <algorithm>

#include "base/clock.h"
#include "metrics/latent_health.h"

namespace lf::worker {
namespace {

constexpr double kRowSeconds = 1;          ///< the row of the current run changes at most this often
constexpr double kLossBlockSeconds = 0.2;  ///< curves are copied at most this often

std::string stage_message(run::RunStage stage) {
  switch (stage) {
    case run::RunStage::Measure:
      return "measuring this machine";
    case run::RunStage::Autoencoder:
      return "training the autoencoder";
    case run::RunStage::Latents:
      return "encoding all digits";
    case run::RunStage::Pairs:
      return "generating pairs of noise and digit";
    case run::RunStage::Flow:
      return "training the flow";
    case run::RunStage::Finished:
      return "trained";
  }
  return "";
}

std::string end_message(EndStage stage, const Scorer& scorer) {
  switch (stage) {
    case EndStage::Score:
      return scorer.text();
    case EndStage::Pictures:
    case EndStage::Views:
      return "generating images";
    case EndStage::Gallery:
      return "preparing the first images of the window";
    case EndStage::Write:
      return "saving";
  }
  return "";
}

size_t points_of(const LossBlock& loss) {
  return loss.autoencoder_train.step.size() + loss.flow_train.step.size() + loss.flow_test.step.size() +
         loss.autoencoder_test.step.size();
}

std::string state_word(const Workspace& work) {
  if (work.finished()) return "done";
  if (work.training()) return "running";
  const auto* paused = std::get_if<run_state::Paused>(&work.state);
  return paused && paused->diverged ? "diverged" : "paused";
}

}  // namespace

Phase Blocks::phase() const {
  const Workspace& work = context_.work;
  if (work.is<run_state::Failed>()) return Phase::Failed;
  const bool asked = viewer_.scorer().busy_for(ScoreFor::Command);
  if (work.ending() || (asked && !work.training())) return Phase::Evaluating;
  if (!work.run) return loading_.ready() ? Phase::Idle : Phase::Loading;
  if (!loading_.ready()) return Phase::Loading;
  if (work.finished()) return Phase::Done;
  if (stands_in_autoencoder()) return Phase::Autoencoder;
  const auto stage = work.run->stage();
  const bool prepares = stage == run::RunStage::Latents || stage == run::RunStage::Pairs;
  return prepares ? Phase::Latents : Phase::Flow;
}

/// A resumed run measures the machine again, whatever its stage.
bool Blocks::stands_in_autoencoder() const {
  const Workspace& work = context_.work;
  const auto stage = work.run->stage();
  return stage == run::RunStage::Autoencoder ||
         (stage == run::RunStage::Measure && work.model->flow_steps == 0);
}

/// The run's activity, as text.
std::string Blocks::message() const {
  if (run_.images().busy()) return run_.images().job().name();
  const Workspace& work = context_.work;
  if (const auto* ending = std::get_if<run_state::Ending>(&work.state))
    return end_message(ending->stage, viewer_.scorer());
  return stage_message(work.run->stage());
}

std::string Blocks::device_words() const {
  const Workspace& work = context_.work;
  const training::Accelerator* accelerator = work.run ? work.run->accelerator() : nullptr;
  if (accelerator) return accelerator->name();
  const int threads = at::get_num_threads();
  const Settings& settings = work.run ? work.model->settings : context_.settings;
  const bool rounds =
      kernels::possible_arithmetic(settings.general.arithmetic) == kernels::Arithmetic::BFloat16;
  // The chip in the window shows the first two words.
  return std::string("CPU · ") + (rounds ? "bfloat16" : "float32") + " · " + std::to_string(threads) +
         (threads == 1 ? " thread" : " threads");
}

void Blocks::add_data(RunBlock& block) const {
  const auto& dataset = context_.current.dataset();
  if (!dataset) return;
  block.dataset = dataset->name;
  block.dataset_source = dataset->source;
  block.dataset_builtin = dataset->builtin;
  block.train_count = static_cast<int64_t>(dataset->train.size());
  block.test_count = static_cast<int64_t>(dataset->test.size());
}

void Blocks::add_model(RunBlock& block) const {
  const Workspace& work = context_.work;
  if (!work.model) return;
  block.model = work.name;
  block.run_folder = work.folder;
  block.autoencoder_step = block.autoencoder_total = block.encoder_total = work.model->autoencoder_steps;
  block.flow_step = block.flow_total = work.model->flow_steps;
  block.autoencoder_parameters = work.model->autoencoder->parameters().count();
  block.flow_parameters = work.model->net->parameters().count();
  block.labelled = work.model->net->labelled();
  block.autoencoder = inference::autoencoder_words(*work.model);
  block.announcements = work.announcements;
  block.reflows = inference::reflows(*work.model);
}

void Blocks::add_run(RunBlock& block) const {
  const Workspace& work = context_.work;
  if (!work.run) return;
  const run::RunStatus run = work.run->status();
  const bool first = stands_in_autoencoder(), training = work.training();
  block.message = message();
  block.autoencoder_total = run.plan.autoencoder_steps;
  block.encoder_total = run.plan.encoder_steps;
  block.flow_total = run.plan.until_fd > 0 && run.seconds_left < 0 ? 0 : run.plan.flow_steps;
  block.step = first ? block.autoencoder_step : block.flow_step;
  block.step_total = first ? block.encoder_total : block.flow_total;
  block.seconds = run.seconds;
  block.seconds_left = run.seconds_left;
  block.loss = run.last_loss;
  block.rate_factor = run.rate_factor;
  block.steps_per_second = training ? run.steps_per_second : 0;
  block.digits_per_second = training ? run.digits_per_second : 0;
  block.progress = work.finished() ? 1 : work.run->progress();
  block.draw_share = training ? viewer_.share().viewing() : 0;
  block.knows_before = work.run->teacher() != nullptr;
  block.undo_ends_reflow = run_.can_undo() && run.reflow_pairs > 0;
}

void Blocks::refresh_run(size_t commands_waiting) {
  const Workspace& work = context_.work;
  auto block = std::make_shared<RunBlock>();
  block->phase = phase();
  block->running = work.training();
  block->commands_waiting = static_cast<int64_t>(commands_waiting);
  block->resumable = work.is<run_state::Paused>();
  block->can_train_longer = work.finished();
  block->can_undo_reset = run_.can_undo();
  block->from_shipped = !work.run;
  block->device = device_words();
  block->message = loading_.message();
  block->preset = work.model ? work.model->settings.preset() : context_.settings.preset();
  add_data(*block);
  add_model(*block);
  add_run(*block);
  context_.publisher.blocks().run = block;
}

void Blocks::refresh_loss() {
  const Workspace& work = context_.work;
  auto& shown = context_.publisher.blocks().loss;
  const LossBlock& loss = work.curves().loss;
  const size_t points = points_of(loss);
  const bool same = points == loss_points_ && shown->origin == work.origin;
  const bool soon =
      work.training() && points > loss_points_ && seconds_since(last_loss_block_) < kLossBlockSeconds;
  if (same || soon) return;
  auto block = std::make_shared<LossBlock>(loss);
  block->flow_start = work.run ? work.run->status().start_loss : 0;
  block->origin = work.origin;
  block->autoencoder_lost = work.autoencoder_lost;
  block->flow_lost = work.flow_lost;
  shown = block;
  loss_points_ = points;
  last_loss_block_ = std::chrono::steady_clock::now();
}

void Blocks::refresh_quality() {
  const Workspace& work = context_.work;
  auto block = std::make_shared<QualityBlock>();
  block->origin = work.origin;
  const auto& judge = context_.current.judge();
  block->judge_available = judge != nullptr;
  block->judge = judge ? judge->name() : context_.current.judge_problem();
  if (judge) {
    block->judge_accuracy = judge->facts().accuracy;
    const auto& calibration = judge->facts().calibration;
    block->calibration_test = calibration.test;
    block->calibration_noise05 = calibration.noise_005;
    block->calibration_noise10 = calibration.noise_01;
    block->calibration_blur = calibration.blur;
  }
  block->live = viewer_.live_score();
  block->full = work.score;
  block->history = work.curves().fd;
  block->latent_std = viewer_.latent_spread();
  block->active_units = metrics::active_units(block->latent_std);
  context_.publisher.blocks().quality = block;
}

/// The row of the current run shows its current state instead of its last save.
void Blocks::refresh_current_row() {
  const Workspace& work = context_.work;
  auto& shown = context_.publisher.blocks().runs;
  const auto row =
      std::find_if(shown->runs.begin(), shown->runs.end(), [](const RunSummary& run) { return run.current; });
  if (!work.run || row == shown->runs.end()) return;
  RunSummary now = *row;
  const run::RunStatus run = work.run->status();
  now.flow_steps = run.flow_step;
  now.flow_total = run.plan.flow_steps;
  now.seconds = run.seconds;
  now.loss = run.last_loss;
  now.state = state_word(work);
  const bool same_state = now.state == row->state;
  if (same_state && (now.seconds == row->seconds || seconds_since(last_row_) < kRowSeconds)) return;
  auto block = std::make_shared<RunsBlock>(*shown);
  block->runs[static_cast<size_t>(row - shown->runs.begin())] = now;
  shown = block;
  last_row_ = std::chrono::steady_clock::now();
}

void Blocks::refresh_settings() {
  auto& shown = context_.publisher.blocks().settings;
  const Settings& of_run = context_.work.model ? context_.work.model->settings : context_.settings;
  if (shown->values == context_.settings && shown->run == of_run) return;
  auto block = std::make_shared<SettingsBlock>();
  block->values = context_.settings;
  block->run = of_run;
  shown = block;
}

void Blocks::refresh_job() {
  auto job = std::make_shared<JobBlock>();
  const Scorer& scorer = viewer_.scorer();
  const bool scoring = scorer.busy_in_full();
  if (jobs_.busy() || scoring || loading_.downloading()) {
    job->active = true;
    job->name = jobs_.busy() ? jobs_.job().name() : scoring ? scorer.text() : loading_.message();
    job->progress = jobs_.busy() ? jobs_.job().progress() : scoring ? scorer.progress() : loading_.progress();
    const double spent = seconds_since(jobs_.busy() ? jobs_.started() : scorer.started());
    const bool tells = job->progress > 0.02 || (job->progress > 0 && spent > 5);
    if (tells && (jobs_.busy() || scoring)) job->seconds_left = spent * (1 / job->progress - 1);
  }
  context_.publisher.blocks().job = job;
}

void Blocks::refresh(size_t commands_waiting) {
  refresh_run(commands_waiting);
  refresh_current_row();
  refresh_loss();
  refresh_quality();
  Snapshot& state = context_.publisher.blocks();
  const preview::Views::Blocks shown = viewer_.lapse().shown();
  state.flow = shown.flow;
  state.map = shown.map;
  state.reconstruction = shown.reconstruction;
  state.growth = shown.growth;
  state.marks = viewer_.lapse().block();
  state.compare = viewer_.compared().block();
  state.lab = viewer_.lab().block();
  state.sweep = jobs_.shown_sweep();
  refresh_settings();
  refresh_job();
  ++state.number;
}

}  // namespace lf::worker
