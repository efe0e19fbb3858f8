#include "run/stages/flow_stage.h"

#include <algorithm>

#include "run/trainer_options.h"
#include "training/flow/start_loss.h"

namespace lf::run {
namespace {

constexpr double kFinalDecay = 0.25;  ///< of the elapsed flow training, when a score goal was reached
constexpr int64_t kTimeBins = 20;     ///< of the held-out loss

/// The fixed held-out batch of test digits.
training::FlowBatch held_out_digits_batch(const RunScene& scene, const LatentStage& latents,
                                          const training::FlowTrainingOptions& options) {
  const training::Latents test = latents.test().rows(at::arange(latents.held_out(), at::kLong));
  return held_out_batch(scene.model, test, scene.data.test_labels, options);
}

}  // namespace

FlowStage::FlowStage(RunScene& scene, LatentStage& latents, ReflowStage* pairs)
    : scene_(scene), options_(flow_options(scene.model.settings)) {
  if (!pairs) scene.model.standardisation = latents.scale();
  options_.total_steps = scene.plan.flow_steps;
  make_trainer(latents, pairs);
  held_out_ = pairs ? pairs->held_out_batch(flow_options(scene.model.settings))
                    : held_out_digits_batch(scene, latents, flow_options(scene.model.settings));
  const double first = first_loss(latents);
  start_loss_ = options_.coupling == flow::CouplingLaw::Independent && !pairs ? first : 0;
  watch_ = records::LossWatch(first);  // pairs that are nearer to each other begin below
  const auto polishing = static_cast<double>(scene.plan.autoencoder_steps - scene.model.autoencoder_steps);
  const auto beside =
      static_cast<double>(std::max<int64_t>(1, scene.plan.flow_steps - scene.model.flow_steps));
  scene.clock.expect(scene.clock.speed.flow + scene.clock.speed.decoder * polishing / beside);
  scene.clock.forget_slices();
  if (trainer_->step() == 0) begin_test();
}

void FlowStage::make_trainer(LatentStage& latents, ReflowStage* pairs) {
  inference::Model& model = scene_.model;
  at::Tensor kept_average;
  if (model.averages()) kept_average = model.average->parameters().flat().clone();
  trainer_ = std::make_unique<training::FlowTrainer>(*model.net, *model.average, latents.train(),
                                                     model.standardisation, scene_.data.train_labels,
                                                     options_, scene_.accelerator);
  trainer_->set_rate_factor(scene_.rate_factor);
  if (pairs) trainer_->train_on(pairs->training());
  if (scene_.resume.count("flow.schedule")) {
    // A new trainer starts a new average.
    if (kept_average.defined()) model.average->parameters().flat().copy_(kept_average);
    trainer_->load(scene_.resume, scene_.resume_file);
    scene_.plan.flow_steps = trainer_->options().total_steps;
  } else if (scene_.plan.until_fd > 0) {
    trainer_->set_open_ended();
  }
  scene_.resume.clear();  // the moments of a large net are not held twice
}

/// The loss before the first step, for independent pairs of noise and digit.
double FlowStage::first_loss(const LatentStage& latents) const {
  const training::LatentCache& train = latents.train();
  const training::Latents sample =
      train.complete() ? train.all() : latents.test().rows(at::arange(held_out_.t.size(0), at::kLong));
  return lf::training::start_loss(training::mean_square(sample, scene_.model.standardisation),
                                  options_.sigma_min, models::preconditioned(scene_.model.settings),
                                  options_.time_law);
}

void FlowStage::begin_test() { test_ = std::make_unique<FlowTest>(scene_.model, held_out_, kTimeBins); }

bool FlowStage::advance_step() {
  if (!watched_.advance_step(scene_, *trainer_, scene_.plan.flow_steps, trainer_->steps_per_epoch()))
    return false;
  after_step();
  return true;
}

void FlowStage::after_step() {
  const training::StepReport& report = trainer_->report();
  scene_.model.flow_steps = report.step;
  LossBlock& curves = scene_.history.loss;
  scene_.note_step(report, "flow", watch_, curves.flow_train, curves.flow_rate);
  scene_.last_loss = report.loss;
  scene_.notes.note_weights(true, report.step, trainer_->done());
  if (goal_reached_) {
    goal_reached_ = false;
    const auto decay = static_cast<int64_t>(kFinalDecay * static_cast<double>(report.step));
    finish_within(std::max<int64_t>(20, decay));
  }
  const auto& bins = trainer_->loss_by_time();
  curves.by_time.assign(bins.mean.begin(), bins.mean.end());
  if (scene_.test_due(report.step, scene_.plan.flow_steps) || trainer_->done()) begin_test();
}

bool FlowStage::test_slice() {
  if (!test_) return false;
  if (test_->advance()) return true;
  records::append(scene_.history.loss.flow_test, scene_.model.flow_steps, test_->result(),
                  scene_.clock.seconds());
  scene_.history.loss.by_time_test = test_->by_time();
  test_.reset();
  return true;
}

void FlowStage::extend(int64_t steps) {
  trainer_->extend(steps);
  scene_.plan.flow_steps = trainer_->options().total_steps;
}

void FlowStage::note_fd(double fd_percent) {
  goal_reached_ |= trainer_->open_ended() && fd_percent <= scene_.plan.until_fd;
}

void FlowStage::finish_within(int64_t steps) {
  scene_.notes.note(records::ProvenanceEntry::What::Finish, static_cast<double>(steps));
  trainer_->finish_within(steps);
  scene_.plan.flow_steps = trainer_->options().total_steps;
}

}  // namespace lf::run
