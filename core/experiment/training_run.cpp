#include "experiment/training_run.h"

#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <chrono>
#include <cmath>

#include "messages/errors.h"

namespace lf {
namespace {

constexpr double kAutoencoderShare = 0.35, kTestPointsPerRun = 60;
constexpr double kFinalDecay = 0.25;  ///< of the elapsed flow training, when a score goal was reached

}  // namespace

RunPlan plan_run(const Budget& budget, const Settings& settings, int64_t train_count, StepSeconds speed,
                 double spent) {
  const auto autoencoder = autoencoder_options(settings, train_count);
  const int64_t batch = std::min(settings.integer("flow.batch"), train_count);
  RunPlan plan{autoencoder.total_steps, settings.integer("flow.steps"), budget.until_fd};
  if (budget.steps > 0) plan.flow_steps = budget.steps;
  if (budget.epochs > 0) {
    const auto per_epoch = static_cast<double>(std::max<int64_t>(1, train_count / batch));
    plan.flow_steps = std::max<int64_t>(1, std::llround(budget.epochs * per_epoch));
  }
  if (budget.seconds > 0) {
    const double total = std::max(0.5, budget.seconds - spent);
    const double epoch =
        speed.autoencoder * static_cast<double>(train_count) / static_cast<double>(autoencoder.batch);
    const double wanted = speed.autoencoder * static_cast<double>(autoencoder.total_steps);
    const double granted = std::min(wanted, kAutoencoderShare * total);
    plan.autoencoder_steps = std::max<int64_t>(1, static_cast<int64_t>(granted / speed.autoencoder));
    const double left = std::max(0.0, total - granted - 0.25 * epoch);
    plan.flow_steps = std::max<int64_t>(1, static_cast<int64_t>(left / speed.flow));
  }
  return plan;
}

TrainingRun::TrainingRun(Model& model, const DataTensors& data, const Budget& budget)
    : model_(model),
      data_(data),
      budget_(budget),
      probe_(std::make_unique<SpeedProbe>(model.settings, data.train_pixels)) {
  plan_ = plan_run(Budget{0, budget.steps, budget.epochs, budget.until_fd}, model.settings,
                   data.train_pixels.size(0), speed_, 0);
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
      if (autoencoder_trainer_->done()) {
        begin_latents();
      } else if (autoencoder_trainer_->advance()) {
        after_autoencoder_step();
      }
      break;
    case Stage::Latents:
      if (!train_encoder_->advance() && !test_encoder_->advance()) begin_flow();
      break;
    case Stage::Flow:
      if (flow_trainer_->advance()) after_flow_step();
      break;
    case Stage::Finished:
      break;
  }
}

void TrainingRun::begin_autoencoder() {
  speed_ = probe_->result();
  probe_.reset();
  const bool resumed = !resume_from_.empty();
  if (!resumed) plan_ = plan_run(budget_, model_.settings, data_.train_pixels.size(0), speed_, seconds_);
  auto options = autoencoder_options(model_.settings, data_.train_pixels.size(0));
  options.total_steps = plan_.autoencoder_steps;
  autoencoder_trainer_ =
      std::make_unique<AutoencoderTrainer>(*model_.autoencoder, data_.train_pixels, options);
  // A run that was cut off while it measured the machine has no optimiser yet.
  if (resume_from_.count("autoencoder.optimizer.steps"))
    autoencoder_trainer_->load(resume_from_, resume_file_);
  step_seconds_ = speed_.autoencoder;  // the first steps alone would make the remaining time jump
  stage_ = Stage::Autoencoder;
}

/// Adds a step to its curves. Throws RunError when its loss is not a number.
void TrainingRun::note_step(const StepReport& report, const std::string& phase, Series& losses,
                            Series& rates) {
  stepped_ = true;
  last_loss_ = report.loss;
  append(losses, report.step, report.loss, seconds_);
  append(rates, report.step, report.rate, seconds_);
  if (std::isfinite(report.loss)) return;
  throw RunError(phase + " step " + std::to_string(report.step) + ": the loss is not a number; lower " +
                 phase + ".lr or " + phase + ".clip and train anew");
}

void TrainingRun::after_autoencoder_step() {
  const StepReport& report = autoencoder_trainer_->report();
  model_.autoencoder_steps = report.step;
  note_step(report, "autoencoder", history_.loss.autoencoder_train, history_.loss.autoencoder_rate);
  if (report.step % test_interval(plan_.autoencoder_steps) == 0 || autoencoder_trainer_->done()) {
    autoencoder_test_ = std::make_unique<AutoencoderTest>(model_, data_.test_pixels);
  }
}

void TrainingRun::begin_latents() {
  train_encoder_ = std::make_unique<LatentEncoder>(*model_.autoencoder, data_.train_pixels);
  test_encoder_ = std::make_unique<LatentEncoder>(*model_.autoencoder, data_.test_pixels);
  stage_ = Stage::Latents;
  step_sum_ = 0;
}

void TrainingRun::begin_flow() {
  train_latents_ = train_encoder_->latents();
  test_latents_ = test_encoder_->latents();
  train_encoder_.reset();
  test_encoder_.reset();
  model_.standardisation = standardise(train_latents_);
  auto options = flow_options(model_.settings);
  options.total_steps = plan_.flow_steps;
  const at::Tensor kept_average = model_.average->parameters().flat().clone();
  flow_trainer_ = std::make_unique<FlowTrainer>(*model_.net, *model_.average, train_latents_,
                                                model_.standardisation, data_.train_labels, options);
  if (resume_from_.count("flow.schedule")) {
    model_.average->parameters().flat().copy_(kept_average);  // a fresh trainer begins its average anew
    flow_trainer_->load(resume_from_, resume_file_);
    plan_.flow_steps = flow_trainer_->options().total_steps;
  } else if (plan_.until_fd > 0) {
    flow_trainer_->set_open_ended();
  }
  held_out_ = held_out_batch(model_, test_latents_, data_.test_labels, options.time_law, options.seed);
  step_seconds_ = speed_.flow;
  step_sum_ = 0;
  stage_ = flow_trainer_->done() ? Stage::Finished : Stage::Flow;
  if (flow_trainer_->step() == 0) flow_test_ = std::make_unique<FlowTest>(model_, held_out_, 20);
}

void TrainingRun::after_flow_step() {
  const StepReport& report = flow_trainer_->report();
  model_.flow_steps = report.step;
  note_step(report, "flow", history_.loss.flow_train, history_.loss.flow_rate);
  const auto& bins = flow_trainer_->loss_by_time();
  history_.loss.by_time.assign(bins.mean.begin(), bins.mean.end());
  if (report.step % test_interval(plan_.flow_steps) == 0 || flow_trainer_->done()) {
    flow_test_ = std::make_unique<FlowTest>(model_, held_out_, 20);
  }
}

/// Runs a held-out test under way; the run is finished only after its last one.
bool TrainingRun::test_slice() {
  if (autoencoder_test_) {
    if (!autoencoder_test_->advance()) {
      append(history_.loss.autoencoder_test, model_.autoencoder_steps, autoencoder_test_->result(), seconds_);
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

int64_t TrainingRun::test_interval(int64_t total) const {
  const double points = std::min<double>(static_cast<double>(total), 60000) / kTestPointsPerRun;
  return std::max<int64_t>(10, static_cast<int64_t>(points));
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
  if (flow_trainer_ && flow_trainer_->open_ended()) return -1;
  const double encode = 0.25 * speed_.autoencoder * static_cast<double>(data_.train_pixels.size(0)) /
                        model_.settings.number("autoencoder.batch");
  const auto flow_left = static_cast<double>(plan_.flow_steps - model_.flow_steps);
  switch (stage_) {
    case Stage::Autoencoder: {
      const double step = step_seconds_ > 0 ? step_seconds_ : speed_.autoencoder;
      return step * static_cast<double>(plan_.autoencoder_steps - model_.autoencoder_steps) + encode +
             flow_left * speed_.flow;
    }
    case Stage::Latents:
      return encode * (1 - latents_progress()) + flow_left * speed_.flow;
    case Stage::Flow:
      return flow_left * (step_seconds_ > 0 ? step_seconds_ : speed_.flow);
    default:
      return 0;
  }
}

int64_t TrainingRun::autoencoder_step() const { return model_.autoencoder_steps; }

int64_t TrainingRun::flow_step() const { return model_.flow_steps; }

double TrainingRun::latents_progress() const {
  return train_encoder_                                       ? train_encoder_->progress()
         : stage_ == Stage::Flow || stage_ == Stage::Finished ? 1
                                                              : 0;
}

void TrainingRun::extend(const Budget& budget) {
  if (!flow_trainer_)
    throw InputError("this run has not reached the flow; resume it instead of training longer");
  int64_t steps = budget.steps > 0 ? budget.steps : model_.settings.integer("flow.steps");
  if (budget.epochs > 0) {
    steps = std::llround(budget.epochs * static_cast<double>(flow_trainer_->steps_per_epoch()));
  }
  const double step_seconds = step_seconds_ > 0 ? step_seconds_ : speed_.flow;
  if (budget.seconds > 0 && step_seconds > 0) steps = static_cast<int64_t>(budget.seconds / step_seconds);
  flow_trainer_->extend(std::max<int64_t>(1, steps));
  plan_.flow_steps = flow_trainer_->options().total_steps;
  stage_ = Stage::Flow;
}

void TrainingRun::note_fd(double fd_percent) {
  if (stage_ != Stage::Flow || !flow_trainer_->open_ended() || !(fd_percent <= plan_.until_fd)) return;
  const auto decay = static_cast<int64_t>(kFinalDecay * static_cast<double>(flow_trainer_->step()));
  flow_trainer_->finish_within(std::max<int64_t>(20, decay));
  plan_.flow_steps = flow_trainer_->options().total_steps;
}

void TrainingRun::record_fd(double fd_percent) {
  append(history_.fd, model_.flow_steps, fd_percent, seconds_);
}

std::map<std::string, at::Tensor> TrainingRun::to_map() const {
  auto tensors = history_.to_map();
  if (autoencoder_trainer_) tensors.merge(autoencoder_trainer_->to_map());
  if (flow_trainer_) tensors.merge(flow_trainer_->to_map());
  tensors["run.plan"] = at::tensor({plan_.autoencoder_steps, plan_.flow_steps}, at::kLong);
  tensors["run.clock"] = at::tensor({seconds_, plan_.until_fd}, at::kDouble);
  return tensors;
}

void TrainingRun::load(const std::map<std::string, at::Tensor>& tensors, const std::string& file) {
  const auto plan = tensors.find("run.plan"), clock = tensors.find("run.clock");
  if (plan == tensors.end() || clock == tensors.end() || plan->second.numel() != 2 ||
      clock->second.numel() != 2) {
    throw InputError(file + ": no training state in it; open its model instead, or train anew");
  }
  plan_ = {plan->second[0].item<int64_t>(), plan->second[1].item<int64_t>(), clock->second[1].item<double>()};
  seconds_ = clock->second[0].item<double>();
  history_.load(tensors);
  const auto& losses =
      history_.loss.flow_train.value.empty() ? history_.loss.autoencoder_train : history_.loss.flow_train;
  if (!losses.value.empty()) last_loss_ = static_cast<double>(losses.value.back());
  resume_from_ = tensors;
  resume_file_ = file;
}

}  // namespace lf
