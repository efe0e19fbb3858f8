#include "run/training_run.h"

#include <algorithm>
#include <chrono>
#include <cmath>

#include "base/errors.h"
#include "run/weights_digest.h"

namespace lf::run {

TrainingRun::TrainingRun(inference::Model& model, const data::DataTensors& data, const Budget& budget,
                         training::Accelerator* accelerator)
    : scene_(model, data, accelerator), budget_(budget) {
  measure(budget.seconds > 0 ? ProbeFor::Plan : ProbeFor::Estimate);
  scene_.plan = make_plan(Budget{0, budget.steps, budget.epochs, budget.until_fd}, 0);
}

void TrainingRun::measure(ProbeFor purpose) {
  probe_ = std::make_unique<SpeedProbe>(scene_.model, scene_.data.train_pixels, scene_.accelerator, purpose);
}

/// An accelerator's steps are captured as a whole and run ahead in bursts, which interleaved
/// decoder steps would break: there the whole autoencoder comes first.
records::RunPlan TrainingRun::make_plan(const Budget& budget, double spent) const {
  Settings settings = scene_.model.settings;
  if (scene_.accelerator) settings.autoencoder.freeze = NumberWord::End;
  return plan_run(budget, settings, scene_.data.train_pixels.size(0), scene_.clock.speed, spent);
}

void TrainingRun::reflow(int64_t pairs) {
  const inference::Model& model = scene_.model;
  reflow_ = {pairs + held_out_digits(model, scene_.data.test_pixels.size(0)),
             model.net->labelled() ? model.settings.flow.label_drop : 1,
             static_cast<uint64_t>(model.settings.general.seed),
             std::max<int64_t>(1, inference::reflows(model))};
  scene_.plan.autoencoder_steps = model.autoencoder_steps;
  scene_.plan = records::without_frozen_encoder(scene_.plan);
}

void TrainingRun::repeat(const records::Provenance& provenance) {
  scene_.plan = provenance.plan;
  scene_.notes.provenance() = provenance;
  scene_.notes.provenance().entries.clear();
  measure(ProbeFor::Estimate);
}

bool TrainingRun::advance() {
  if (stage_ == RunStage::Finished) return false;
  const auto start = std::chrono::steady_clock::now();
  stepped_ = false;
  stepped_ = !test_slice() && slice();
  const double took = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  scene_.clock.add(took, stepped_);
  return stage_ != RunStage::Finished;
}

/// Runs a pending held-out test; the run is finished only after its last one.
bool TrainingRun::test_slice() {
  if (autoencoder_ && autoencoder_->test_slice()) return true;
  if (flow_ && flow_->test_slice()) return true;
  if (stage_ != RunStage::Flow || !flow_->done()) return false;
  stage_ = RunStage::Finished;
  return true;
}

/// True when it completed an optimiser step of the stage.
bool TrainingRun::slice() {
  switch (stage_) {
    case RunStage::Measure:
      if (!probe_->advance()) begin_autoencoder();
      return false;
    case RunStage::Autoencoder:
      if (!autoencoder_->done()) return autoencoder_->advance_step();
      begin_latents();
      return false;
    case RunStage::Latents:
      if (!latents_->advance()) begin_pairs_or_flow();
      return false;
    case RunStage::Pairs:
      if (!pairs_->advance()) begin_flow();
      return false;
    case RunStage::Flow:
      return flow_slice();
    case RunStage::Finished:
      return false;
  }
  return false;
}

bool TrainingRun::flow_slice() {
  if (!autoencoder_ || !autoencoder_->decoder_due(flow_->step(), flow_->under_way()))
    return flow_->advance_step();
  autoencoder_->advance_decoder();
  return false;
}

void TrainingRun::begin_autoencoder() {
  scene_.clock.speed = probe_->result();
  probe_.reset();
  const bool resumed = !scene_.resume.empty();
  if (!resumed && !provenance().known()) scene_.plan = make_plan(budget_, scene_.clock.seconds());
  if (reflow_.count > 0) {
    scene_.plan.autoencoder_steps = scene_.model.autoencoder_steps;
    scene_.plan = records::without_frozen_encoder(scene_.plan);
  }
  begin_provenance();
  if (!scene_.model.own_autoencoder() || reflow_.count > 0) return begin_latents();
  autoencoder_ = std::make_unique<AutoencoderStage>(scene_);
  stage_ = RunStage::Autoencoder;
}

/// The plan is made: begins the record, or notes in it that the run continues somewhere else.
void TrainingRun::begin_provenance() {
  const inference::Model& model = scene_.model;
  records::Provenance& provenance = scene_.notes.provenance();
  if (!provenance.known() && model.flow_steps == 0 && (reflow_.count > 0 || model.autoencoder_steps == 0)) {
    provenance.plan = scene_.plan;
    if (reflow_.count > 0) {
      provenance.start = flow_digest(model);
      provenance.pairs = reflow_.count - held_out_digits(model, scene_.data.test_pixels.size(0));
    }
  }
  scene_.notes.begin_session(scene_.accelerator);
}

void TrainingRun::begin_latents() {
  latents_ = std::make_unique<LatentStage>(scene_);
  stage_ = RunStage::Latents;
  scene_.clock.forget_slices();
}

void TrainingRun::begin_pairs_or_flow() {
  if (reflow_.count == 0) return begin_flow();
  pairs_ = std::make_unique<ReflowStage>(scene_, reflow_, latents_->held_out());
  stage_ = RunStage::Pairs;
  scene_.clock.forget_slices();
}

void TrainingRun::begin_flow() {
  if (autoencoder_) autoencoder_->freeze_encoder(latents_->train());
  flow_ = std::make_unique<FlowStage>(scene_, *latents_, pairs_.get());
  stage_ = flow_->done() ? RunStage::Finished : RunStage::Flow;
}

bool TrainingRun::weights_whole() const {
  if (stage_ == RunStage::Autoencoder) return autoencoder_->weights_whole();
  return !flow_ || flow_->weights_whole();
}

void TrainingRun::hold() {
  if (autoencoder_) autoencoder_->hold();
  if (flow_) flow_->hold();
}

void TrainingRun::settle() {
  hold();
  while (!weights_whole()) advance();
}

void TrainingRun::save_latents() const {
  if (latents_) latents_->save();
}

void TrainingRun::extend(const Budget& budget) {
  if (!flow_) throw InputError("this run has not reached the flow; resume it instead of training longer");
  int64_t steps = budget.steps > 0 ? budget.steps : scene_.model.settings.flow.steps;
  if (budget.epochs > 0) steps = std::llround(budget.epochs * static_cast<double>(flow_->steps_per_epoch()));
  const double step_seconds = scene_.clock.step() > 0 ? scene_.clock.step() : scene_.clock.speed.flow;
  if (budget.seconds > 0 && step_seconds > 0) steps = static_cast<int64_t>(budget.seconds / step_seconds);
  steps = std::max<int64_t>(1, steps);
  scene_.notes.note(records::ProvenanceEntry::What::Extend, static_cast<double>(steps));
  flow_->extend(steps);
  stage_ = RunStage::Flow;
}

void TrainingRun::lower_rates(double factor) {
  // A step's learning rate is fixed when it starts: a current step is completed first.
  settle();
  while (flow_ && flow_->under_way()) advance();
  scene_.notes.note(records::ProvenanceEntry::What::Rate, factor);
  scene_.rate_factor *= factor;
  if (autoencoder_) autoencoder_->set_rate_factor(scene_.rate_factor);
  if (flow_) flow_->set_rate_factor(scene_.rate_factor);
}

void TrainingRun::begin_branch(const std::string& parent, const Settings& settings) {
  inference::Model& model = scene_.model;
  scene_.notes.note_branch(parent, model.settings, settings);
  if (flow_ && settings.flow.decay != model.settings.flow.decay) flow_->set_decay(settings.flow.decay);
  model.settings = settings;
}

void TrainingRun::record_fd(double fd_percent) {
  records::append(scene_.history.fd, scene_.model.flow_steps, fd_percent, scene_.clock.seconds());
  if (stage_ == RunStage::Flow) flow_->note_fd(fd_percent);
}

}  // namespace lf::run
