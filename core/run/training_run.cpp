#include "run/training_run.h"

#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>

#include "base/errors.h"
#include "run/latent_files.h"
#include "training/flow/start_loss.h"

namespace lf {
namespace {

constexpr double kTestPointsPerRun = 16;
constexpr int64_t kLargeBelow = 64;    ///< digits a slice of a net whose tests are dear
constexpr double kGreyLoss = 543.4;    ///< nats a digit where every pixel is called one half: 784 ln 2
constexpr int64_t kJudgedSteps = 100;  ///< an autoencoder of fewer has no time to collapse
constexpr double kFinalDecay = 0.25;   ///< of the elapsed flow training, when a score goal was reached

}  // namespace

TrainingRun::TrainingRun(Model& model, const DataTensors& data, const Budget& budget,
                         Accelerator* accelerator)
    : model_(model),
      data_(data),
      budget_(budget),
      accelerator_(accelerator),
      probe_(make_probe(budget.seconds > 0 ? ProbeFor::Plan : ProbeFor::Estimate)) {
  plan_ = make_plan(Budget{0, budget.steps, budget.epochs, budget.until_fd}, 0);
}

std::unique_ptr<SpeedProbe> TrainingRun::make_probe(ProbeFor purpose) const {
  return std::make_unique<SpeedProbe>(model_, data_.train_pixels, accelerator_, purpose);
}

/// An accelerator's steps are captured whole and run ahead in bursts, which a decoder's step beside them
/// would break: there all of the autoencoder comes first.
RunPlan TrainingRun::make_plan(const Budget& budget, double spent) const {
  Settings settings = model_.settings;
  if (accelerator_) settings.set("autoencoder.freeze", "end");
  return plan_run(budget, settings, data_.train_pixels.size(0), speed_, spent);
}

void TrainingRun::reflow(int64_t pairs) {
  reflow_ = {pairs + held_out_digits(model_, data_.test_pixels.size(0)),
             model_.net->labelled() ? model_.settings.number("flow.label_drop") : 1,
             static_cast<uint64_t>(model_.settings.integer("seed")), std::max<int64_t>(1, reflows(model_))};
  plan_.autoencoder_steps = model_.autoencoder_steps;
  plan_ = without_frozen_encoder(plan_);
}

bool TrainingRun::advance() {
  if (stage_ == Stage::Finished) return false;
  stepped_ = false;
  const auto start = std::chrono::steady_clock::now();
  slice();
  const double took = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  seconds_ += took;
  step_sum_ += took;
  if (stepped_) {
    note_step_time(step_sum_);
    step_sum_ = 0;
  }
  return stage_ != Stage::Finished;
}

void TrainingRun::slice() {
  if (test_slice()) return;
  switch (stage_) {
    case Stage::Measure:
      if (!probe_->advance()) begin_autoencoder();
      break;
    case Stage::Autoencoder:
      if (autoencoder_trainer_->step() >= plan_.encoder_steps) {
        begin_latents();
      } else if (advance_trainer(*autoencoder_trainer_, plan_.encoder_steps)) {
        after_autoencoder_step();
      }
      break;
    case Stage::Latents:
      if (!latents_slice()) reflow_.count > 0 ? begin_pairs() : begin_flow();
      break;
    case Stage::Pairs:
      if (!pairs_->advance()) begin_flow();
      break;
    case Stage::Flow:
      if (decoder_due()) {
        if (autoencoder_trainer_->advance()) after_autoencoder_step();
      } else if (advance_trainer(*flow_trainer_, plan_.flow_steps)) {
        after_flow_step();
      }
      break;
    case Stage::Finished:
      break;
  }
}

/// Is the decoder's turn before the flow's next step?
bool TrainingRun::decoder_due() const {
  return autoencoder_trainer_ && autoencoder_trainer_->encoder_frozen() &&
         (accelerator_ || !flow_trainer_->under_way()) &&
         autoencoder_trainer_->step() < autoencoder_steps_before(plan_, flow_trainer_->step());
}

void TrainingRun::begin_autoencoder() {
  speed_ = probe_->result();
  probe_.reset();
  const bool resumed = !resume_from_.empty();
  if (!resumed && !course_.known()) plan_ = make_plan(budget_, seconds_);
  if (reflow_.count > 0) {
    plan_.autoencoder_steps = model_.autoencoder_steps;
    plan_ = without_frozen_encoder(plan_);
  }
  begin_course();
  if (!model_.own_autoencoder() || reflow_.count > 0) return begin_latents();
  auto options = autoencoder_options(model_.settings, data_.train_pixels.size(0));
  options.total_steps = plan_.autoencoder_steps;
  options.encoder_steps = plan_.encoder_steps;
  autoencoder_trainer_ = std::make_unique<AutoencoderTrainer>(*model_.own_autoencoder(), data_.train_pixels,
                                                              options, accelerator_);
  autoencoder_trainer_->set_rate_factor(rate_factor_);
  // A run that was cut off while it measured the machine has no optimiser yet.
  if (resume_from_.count("autoencoder.optimizer.steps"))
    autoencoder_trainer_->load(resume_from_, resume_file_);
  autoencoder_watch_ = LossWatch(kGreyLoss);
  look_at_ = 0;
  step_seconds_ = speed_.autoencoder;  // the first steps alone would make the remaining time jump
  stage_ = Stage::Autoencoder;
}

/// Adds a step to its curves. Throws DivergedError when its loss or its gradient is not a number, or the loss
/// has left all measure.
void TrainingRun::note_step(const StepReport& report, const std::string& phase, LossWatch& watch,
                            Series& losses, Series& rates) {
  const char* what = !std::isfinite(report.loss)            ? "the loss"
                     : !std::isfinite(report.gradient_norm) ? "the gradient"
                                                            : nullptr;
  if (what)
    throw DivergedError(phase + " step " + std::to_string(report.step) + ": " + what + " is not a number");
  watch.add(report.loss);
  if (watch.diverged())
    throw DivergedError(phase + " step " + std::to_string(report.step) + ": " + watch.words());
  append(losses, report.step, report.loss, seconds_);
  append(rates, report.step, report.rate, seconds_);
}

void TrainingRun::after_autoencoder_step() {
  const StepReport& report = autoencoder_trainer_->report();
  model_.autoencoder_steps = report.step;
  note_step(report, "autoencoder", autoencoder_watch_, history_.loss.autoencoder_train,
            history_.loss.autoencoder_rate);
  if (stage_ == Stage::Autoencoder) {
    stepped_ = true;
    last_loss_ = report.loss;
  }
  const bool last = autoencoder_trainer_->done() || report.step == plan_.encoder_steps;
  note_weights(false, report.step, last);
  if (test_due(report.step, plan_.autoencoder_steps) || last) {
    autoencoder_test_ = std::make_unique<AutoencoderTest>(model_, data_.test_pixels);
  }
}

void TrainingRun::begin_latents() {
  const double noise = model_.settings.number("latent.noise");
  train_latents_ = std::make_unique<LatentCache>(*model_.autoencoder, data_.train_pixels, noise);
  test_latents_ = std::make_unique<LatentCache>(*model_.autoencoder, data_.test_pixels, noise);
  if (!model_.autoencoder->trained_here()) {
    latents_file_ = latents_file(*model_.autoencoder, data_.train_pixels).string();
    load_latents(latents_file_, *train_latents_);
  }
  stage_ = Stage::Latents;
  step_sum_ = 0;
}

/// Encodes what the flow needs before its first step: everything, or, where encoding is slow and the scale is
/// given, the held-out digits alone. False when that is done.
bool TrainingRun::latents_slice() {
  const bool lazy = !model_.autoencoder->trained_here() && model_.settings.number("latent.scale") > 0;
  if (!lazy && train_latents_->fill()) return true;
  const int64_t held_out = held_out_digits(model_, test_latents_->size());
  return !test_latents_->prepare(at::arange(held_out, at::kLong));
}

/// Per coordinate; or one factor, as the reference system has it: the given one for an autoencoder from a
/// file, the measured one for our own, whose latents have another spread.
Standardisation TrainingRun::choose_scale() const {
  const double factor = model_.settings.number("latent.scale");
  if (factor == 0) return standardise(train_latents_->all());
  return scale_by(model_.own_autoencoder() ? unit_factor(train_latents_->all()) : factor);
}

void TrainingRun::begin_pairs() {
  if (model_.flow_steps == 0) freeze(model_, teacher_);
  pairs_ = std::make_unique<PairMaker>(teacher_.get(), reflow_);
  const auto made = resume_from_.find("reflow.ends");
  if (made != resume_from_.end()) pairs_->load(made->second, resume_file_);
  if (!teacher_ && !pairs_->complete())
    throw InputError(resume_file_ + ": pairs of the reflow are missing; reflow the model before anew");
  stage_ = Stage::Pairs;
  step_sum_ = 0;
}

/// The fixed held-out batch: of a reflow, the last pairs.
FlowBatch TrainingRun::held_out() const {
  const auto options = flow_options(model_.settings);
  const int64_t count = held_out_digits(model_, test_latents_->size());
  if (!pairs_) {
    const Latents test = test_latents_->rows(at::arange(count, at::kLong));
    return held_out_batch(model_, test, data_.test_labels, options);
  }
  const FlowPairs last = pairs_->pairs().rows(reflow_.count - count, count);
  return draw_pair_batch(last, at::arange(count, at::kLong), {options.time_law, 0, options.seed},
                         UINT64_MAX);  // no step has this counter
}

/// The loss before the first step, where noise and digit are paired by chance.
double TrainingRun::first_loss(const FlowTrainingOptions& options) const {
  const Latents latents = train_latents_->complete()
                              ? train_latents_->all()
                              : test_latents_->rows(at::arange(held_out_.t.size(0), at::kLong));
  return lf::start_loss(mean_square(latents, model_.standardisation), options.sigma_min,
                        preconditioned(model_.settings), options.time_law);
}

void TrainingRun::begin_flow() {
  if (!pairs_) model_.standardisation = choose_scale();
  if (autoencoder_trainer_ && !autoencoder_trainer_->done())
    autoencoder_trainer_->freeze_encoder(*train_latents_);
  auto options = flow_options(model_.settings);
  options.total_steps = plan_.flow_steps;
  at::Tensor kept_average;
  if (model_.averages()) kept_average = model_.average->parameters().flat().clone();
  flow_trainer_ =
      std::make_unique<FlowTrainer>(*model_.net, *model_.average, *train_latents_, model_.standardisation,
                                    data_.train_labels, options, accelerator_);
  flow_trainer_->set_rate_factor(rate_factor_);
  if (pairs_) {
    training_pairs_ = pairs_->pairs().rows(0, reflow_.count - held_out_digits(model_, test_latents_->size()));
    flow_trainer_->train_on(training_pairs_);
  }
  if (resume_from_.count("flow.schedule")) {
    // A fresh trainer begins its average anew.
    if (kept_average.defined()) model_.average->parameters().flat().copy_(kept_average);
    flow_trainer_->load(resume_from_, resume_file_);
    plan_.flow_steps = flow_trainer_->options().total_steps;
  } else if (plan_.until_fd > 0) {
    flow_trainer_->set_open_ended();
  }
  resume_from_.clear();  // the moments of a large net are not held twice
  held_out_ = held_out();
  const double first = first_loss(options);
  start_loss_ = options.coupling == CouplingLaw::Independent && !pairs_ ? first : 0;
  flow_watch_ = LossWatch(first);  // pairs that are nearer to each other begin below
  look_at_ = 0;
  const auto polishing = static_cast<double>(plan_.autoencoder_steps - model_.autoencoder_steps);
  const auto beside = static_cast<double>(std::max<int64_t>(1, plan_.flow_steps - model_.flow_steps));
  step_seconds_ = speed_.flow + speed_.decoder * polishing / beside;
  step_sum_ = 0;
  stage_ = flow_trainer_->done() ? Stage::Finished : Stage::Flow;
  if (flow_trainer_->step() == 0) flow_test_ = std::make_unique<FlowTest>(model_, held_out_, 20);
}

/// One slice of a trainer. Steps on an accelerator run ahead of what is told: they wait at every step at
/// which somebody wants to see the weights.
template <class Trainer>
bool TrainingRun::advance_trainer(Trainer& trainer, int64_t total) {
  if (accelerator_) {
    if (trainer.step() >= look_at_) look_at_ = next_look(trainer.step(), total);
    trainer.stop_at(single_steps_ ? trainer.step() + 1 : look_at_);
  }
  return trainer.advance();
}

/// The next step after `step` with a test, at the end of an epoch, or whose weights are noted.
int64_t TrainingRun::next_look(int64_t step, int64_t total) const {
  const int64_t per_epoch = steps_per_epoch();
  int64_t next = step + 1;
  while (!test_due(next, total) && !(per_epoch > 0 && next % per_epoch == 0) && !is_marked_step(next)) ++next;
  return next;
}

bool TrainingRun::weights_whole() const {
  if (stage_ == Stage::Autoencoder) return autoencoder_trainer_->weights_whole();
  return !flow_trainer_ || flow_trainer_->weights_whole();
}

void TrainingRun::hold() {
  if (autoencoder_trainer_) autoencoder_trainer_->hold();
  if (flow_trainer_) flow_trainer_->hold();
}

void TrainingRun::settle() {
  hold();
  while (!weights_whole()) advance();
}

void TrainingRun::save_latents() const {
  if (!latents_file_.empty()) lf::save_latents(*train_latents_, latents_file_);
}

void TrainingRun::after_flow_step() {
  const StepReport& report = flow_trainer_->report();
  model_.flow_steps = report.step;
  note_step(report, "flow", flow_watch_, history_.loss.flow_train, history_.loss.flow_rate);
  stepped_ = true;
  last_loss_ = report.loss;
  note_weights(true, report.step, flow_trainer_->done());
  if (goal_reached_) {
    goal_reached_ = false;
    const auto decay = static_cast<int64_t>(kFinalDecay * static_cast<double>(report.step));
    finish_within(std::max<int64_t>(20, decay));
  }
  const auto& bins = flow_trainer_->loss_by_time();
  history_.loss.by_time.assign(bins.mean.begin(), bins.mean.end());
  if (test_due(report.step, plan_.flow_steps) || flow_trainer_->done()) {
    flow_test_ = std::make_unique<FlowTest>(model_, held_out_, 20);
  }
}

/// Runs a held-out test under way; the run is finished only after its last one.
bool TrainingRun::test_slice() {
  if (autoencoder_test_) {
    if (!autoencoder_test_->advance()) {
      append(history_.loss.autoencoder_test, model_.autoencoder_steps, autoencoder_test_->result(), seconds_);
      note_collapse(autoencoder_test_->result());
      autoencoder_test_.reset();
    }
    return true;
  }
  if (flow_test_) {
    if (!flow_test_->advance()) {
      append(history_.loss.flow_test, model_.flow_steps, flow_test_->result(), seconds_);
      history_.loss.by_time_test = flow_test_->by_time();
      flow_test_.reset();
    }
    return true;
  }
  if (stage_ == Stage::Flow && flow_trainer_->done()) {
    stage_ = Stage::Finished;
    return true;
  }
  return false;
}

/// An autoencoder whose pictures do not depend on what it is shown: it collapsed, or has learned too little.
void TrainingRun::note_collapse(double loss) {
  if (model_.autoencoder_steps < std::max(plan_.encoder_steps, kJudgedSteps) || collapse_told_) return;
  const double mean_digit = mean_digit_loss(data_.test_pixels);
  if (loss < mean_digit) return;
  char text[300];
  std::snprintf(text, sizeof text,
                "the autoencoder has collapsed, or learned too little: its held-out loss is %.4g, and the "
                "mean digit alone, whatever is shown, has %.4g; the flow will draw no digits with it. Train "
                "it longer (autoencoder.epochs), or at a lower rate (autoencoder.lr)",
                loss, mean_digit);
  warning_ = text;
  collapse_told_ = true;
}

/// Often at first, where the loss falls fast, later about sixty times a run; a function of the step alone, so
/// that a resumed run tests at the same steps.
bool TrainingRun::test_due(int64_t step, int64_t total) const {
  const bool large = model_.net->slice_digits() < kLargeBelow;
  const double points = std::min<double>(static_cast<double>(total), 60000) / kTestPointsPerRun;
  const int64_t most = std::min(static_cast<int64_t>(points), step / 4);
  int64_t interval = large ? 25 : 20;
  for (const int64_t wider : {25, 50, 100, 250, 500, 1000}) interval = wider <= most ? wider : interval;
  return step % interval == 0;
}

void TrainingRun::note_step_time(double seconds) {
  step_seconds_ = step_seconds_ == 0 ? seconds : 0.95 * step_seconds_ + 0.05 * seconds;
}

double TrainingRun::steps_per_second() const { return step_seconds_ > 0 ? 1 / step_seconds_ : 0; }

double TrainingRun::digits_per_second() const {
  const char* key = stage_ == Stage::Autoencoder ? "autoencoder.batch" : "flow.batch";
  return steps_per_second() * model_.settings.number(key);
}

double TrainingRun::seconds_left() const {
  if (stage_ == Stage::Measure) return budget_.seconds > 0 ? budget_.seconds - seconds_ : -1;
  if (stage_ == Stage::Finished) return 0;
  if (flow_trainer_ && flow_trainer_->open_ended()) return -1;
  const bool in_flow = stage_ == Stage::Flow, in_autoencoder = stage_ == Stage::Autoencoder;
  const double step = step_seconds_ > 0 ? step_seconds_ : in_flow ? speed_.flow : speed_.autoencoder;
  const auto steps = static_cast<double>(plan_.flow_steps - model_.flow_steps);
  const auto decoder =
      static_cast<double>(plan_.autoencoder_steps - std::max(plan_.encoder_steps, model_.autoencoder_steps));
  const double unknown = static_cast<double>(
      train_latents_ ? train_latents_->size() - train_latents_->known_count() : data_.train_pixels.size(0));
  const double drawn = model_.own_autoencoder() ? unknown : steps * model_.settings.number("flow.batch");
  double left = steps * (in_flow ? step : speed_.flow) + std::min(unknown, drawn) * speed_.encode;
  if (in_autoencoder) left += step * static_cast<double>(plan_.encoder_steps - model_.autoencoder_steps);
  if (!in_flow) left += decoder * speed_.decoder;
  return left;
}

int64_t TrainingRun::autoencoder_step() const { return model_.autoencoder_steps; }

int64_t TrainingRun::flow_step() const { return model_.flow_steps; }

double TrainingRun::latents_progress() const { return train_latents_ ? train_latents_->progress() : 0; }

void TrainingRun::record_fd(double fd_percent) {
  append(history_.fd, model_.flow_steps, fd_percent, seconds_);
}

}  // namespace lf
