#include "jobs/sweep_training.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <cmath>

#include "base/clock.h"
#include "base/errors.h"
#include "data/batches.h"
#include "flow/solvers.h"
#include "inference/noise.h"
#include "inference/sampling.h"
#include "preview/score.h"
#include "records/sweep_rule.h"
#include "run/environment.h"
#include "run/folder.h"
#include "run/run_files.h"
#include "run/weights_digest.h"

namespace lf::jobs {
namespace {

constexpr int64_t kSampleNoiseSeed = 7;        ///< as in the window's preview
constexpr double kForwardShare = 0.35;         ///< of the time of a training step
constexpr double kTrainingProgressPart = 0.9;  ///< the rest is the score
constexpr double kFloatBytes = 4, kMarkBytes = 2, kCurveBytes = 4e5;

/// -1 for what was not measured, and for infinities, which no record holds.
double noted(double value) { return std::isfinite(value) && value >= 0 ? value : -1; }

/// Function evaluations of one sample; those of an adaptive solver are a guess.
double evaluations_of(const Settings& settings) {
  const flow::SolverInfo& solver = flow::solver_from_name(settings.sampler.solver);
  return static_cast<double>(settings.sampler.steps * solver.evaluations_per_step + solver.extra_evaluations);
}

}  // namespace

SweepTraining::SweepTraining(const SpeedrunScene& scene, SweepStart start, training::Accelerator* accelerator)
    : scene_(scene), start_(std::move(start)), accelerator_(accelerator) {
  model_ = inference::make_model(start_.settings);
  model_->data_name = scene_.dataset.name;
  model_->data_digest = scene_.dataset.digest;
  if (accelerator_) inference::move_model(*model_, accelerator_->device());
  training_ = std::make_unique<run::TrainingRun>(*model_, scene_.data, start_.budget, accelerator_);
  if (start_.steps.steps() > 0) {
    records::Provenance fixed;
    fixed.plan = start_.steps;
    training_->repeat(fixed);
  }
  plan_ = training_->status().plan;
  start_.run.state = SweepState::Running;
  start_.run.flow_total = plan_.flow_steps;
  if (start_.folder.empty()) return;  // an estimate
  run::prepare_run_folder(start_.folder);
  lock_ = files::FolderLock::take(start_.folder);
  run::remove_leftovers(start_.folder);
  run::remove_marks(start_.folder);
  marks_ = run::Marks(start_.folder);
  started_ = local_time("%Y-%m-%dT%H:%M:%S%z");
}

bool SweepTraining::advance() {
  switch (stage_) {
    case Stage::Train:
      train_slice();
      break;
    case Stage::Check:
      if (!evaluator_->advance()) note_check();
      break;
    case Stage::Score:
      if (!evaluator_->advance()) note_score();
      break;
    case Stage::Sample:
      if (!sampler_->advance()) stage_ = Stage::Save;
      break;
    case Stage::Save:
      save();
      stage_ = Stage::Ended;
      break;
    case Stage::Ended:
      break;
  }
  return stage_ != Stage::Ended;
}

void SweepTraining::train_slice() {
  const bool more = training_->advance();
  const run::RunStatus now = training_->status();
  plan_ = now.plan;
  start_.run.flow_total = plan_.flow_steps;
  start_.run.flow_steps = now.flow_step;
  start_.run.autoencoder_steps = now.autoencoder_step;
  start_.run.seconds = now.seconds;
  start_.run.loss = noted(now.last_loss);
  if (!more) {
    training_->settle();
    keep_mark();
    return begin_score(start_.settings.quality.final, true, Stage::Score);
  }
  if (now.stage != run::RunStage::Flow) return;
  const int64_t next = run::next_mark(marks_.last(), plan_.flow_steps, start_.settings.general.marks);
  const bool mark = next >= 0 && model_->flow_steps >= next && !marks_given_up_ && lock_;
  if (!mark && !check_due()) return;
  if (!training_->weights_whole()) return training_->hold();
  if (mark) keep_mark();
  if (check_due()) begin_score(records::kSweepCheckSamples, false, Stage::Check);
}

/// A full disk costs older marks, then all further ones, and never the run.
void SweepTraining::keep_mark() {
  if (start_.settings.general.marks == 0 || marks_given_up_ || marks_.has(model_->flow_steps)) return;
  for (int attempt = 0; attempt < 2; ++attempt) {
    try {
      return marks_.keep(*model_);
    } catch (const RunError&) {
      marks_.thin_out();
    }
  }
  marks_given_up_ = true;
}

bool SweepTraining::check_due() const {
  const auto done = static_cast<int64_t>(start_.run.checks.size());
  return start_.checks && done < records::kSweepChecks &&
         model_->flow_steps >= records::sweep_check_step(done, plan_.flow_steps);
}

void SweepTraining::begin_score(int64_t count, bool full, Stage stage) {
  inference::freeze(*model_, frozen_);
  evaluator_ = preview::make_evaluator(*frozen_, *scene_.judge, scene_.data, count, full);
  stage_ = stage;
}

void SweepTraining::note_check() {
  const double fd = evaluator_->finish().fd;
  start_.run.checks.push_back(std::isfinite(fd) ? std::max(0.0, fd) : 1e9);
  stage_ = Stage::Train;
  if (!records::stopped_by_median(start_.run.checks, start_.others)) return;
  training_->settle();
  start_.run.state = SweepState::Stopped;
  keep_mark();
  begin_samples();
}

void SweepTraining::note_score() {
  const metrics::Evaluation found = evaluator_->finish();
  score_ = preview::to_score(found, start_.run.flow_steps, start_.run.seconds);
  start_.run.fd = noted(found.fd);
  start_.run.accuracy = noted(found.accuracy);
  start_.run.psnr = noted(score_.psnr);
  start_.run.state = SweepState::Done;
  begin_samples();
}

void SweepTraining::begin_samples() {
  inference::freeze(*model_, frozen_);
  const int64_t count = kClasses;
  const at::Tensor labels = model_->net->labelled() ? inference::cycled_labels(0, count, -1)
                                                    : at::full({count}, kNoClass, at::kLong);
  sampler_ =
      std::make_unique<inference::BatchSampler>(*frozen_, labels, inference::sample_options(start_.settings),
                                                inference::preview_noise(kSampleNoiseSeed, count));
  stage_ = Stage::Sample;
}

void SweepTraining::save() {
  samples_ = data::image_sheet(sampler_->pixels());
  run::RunFacts facts;
  facts.state = start_.run.state == SweepState::Done ? "done" : "paused";
  facts.started = started_;
  facts.device = run::this_environment(accelerator_, start_.settings).device;
  facts.threads = at::get_num_threads();
  facts.budget = start_.budget;
  facts.judge = scene_.judge->name();
  facts.commands = start_.commands;
  if (score_.valid) {
    facts.score = score_;
    run::note_score(*model_, score_, facts.judge);
  }
  start_.run.weights = run::flow_digest(*model_);
  run::save_run(start_.folder, *model_, *training_, facts);
}

double SweepTraining::progress() const {
  switch (stage_) {
    case Stage::Train:
    case Stage::Check:
      return kTrainingProgressPart * std::min(1.0, training_->progress());
    case Stage::Score:
      return kTrainingProgressPart + (1 - kTrainingProgressPart) * evaluator_->progress();
    default:
      return 1;
  }
}

std::string SweepTraining::activity() const {
  if (stage_ == Stage::Score) return "scoring";
  if (stage_ != Stage::Train && stage_ != Stage::Check) return "saving";
  switch (training_->stage()) {
    case run::RunStage::Measure:
      return "measuring this machine";
    case run::RunStage::Autoencoder:
      return "training the autoencoder";
    case run::RunStage::Latents:
      return "encoding";
    default:
      return "training the flow";
  }
}

double SweepTraining::expected_seconds() const {
  const run::RunStatus now = training_->status();
  if (now.stage == run::RunStage::Measure || now.speed.flow <= 0) return -1;
  const auto steps = [](int64_t count, double seconds) { return static_cast<double>(count) * seconds; };
  const double decoder = now.speed.decoder > 0 ? now.speed.decoder : now.speed.autoencoder;
  const double training = steps(plan_.encoder_steps, now.speed.autoencoder) +
                          steps(plan_.autoencoder_steps - plan_.encoder_steps, decoder) +
                          steps(plan_.flow_steps, now.speed.flow) + steps(now.train_count, now.speed.encode);
  const int64_t checks = start_.checks ? records::kSweepChecks * records::kSweepCheckSamples : 0;
  const double forward = kForwardShare * now.speed.flow / static_cast<double>(start_.settings.flow.batch);
  return training + steps(start_.settings.quality.final + checks, evaluations_of(start_.settings) * forward);
}

double SweepTraining::expected_bytes() const {
  const auto* own = model_->own_autoencoder();
  const double autoencoder = own ? static_cast<double>(own->parameters().count()) : 0;
  const auto net = static_cast<double>(model_->net->parameters().count());
  const double average = model_->averages() ? net : 0;
  const double model = kFloatBytes * (autoencoder + net + average);
  const double checkpoint = model + 2 * kFloatBytes * (autoencoder + net);  // with the optimisers' moments
  const double marks = static_cast<double>(start_.settings.general.marks) * kMarkBytes * (autoencoder + net);
  return model + checkpoint + marks + kCurveBytes;
}

}  // namespace lf::jobs
