#include "training/flow/trainer.h"

#include <ATen/core/grad_mode.h>

#include <algorithm>

#include "base/errors.h"
#include "optim/schedule.h"
#include "optim/stored_numbers.h"
#include "training/flow/batch.h"
#include "training/optimizers.h"

namespace lf::training {
namespace {

constexpr int64_t kTimeBins = 20;

/// An accelerator's fused update uses AdamW for everything.
OptimizerOptions optimizer_options(const FlowTrainingOptions& o, const Accelerator* accelerator) {
  OptimizerOptions options{o.muon && !accelerator, o.rate, o.muon_rate,
                           optim::AdamWOptions{0.9, o.beta2, 1e-8, o.weight_decay, o.clip}};
  options.arithmetic = o.arithmetic;
  return options;
}

}  // namespace

FlowTrainer::FlowTrainer(models::VelocityNet& net, models::VelocityNet& average, LatentCache& latents,
                         Standardisation standardisation, at::Tensor labels,
                         const FlowTrainingOptions& options, Accelerator* accelerator)
    : net_(net),
      average_(average),
      latents_(latents),
      standardisation_(std::move(standardisation)),
      labels_(std::move(labels)),
      options_(options),
      order_(latents_.size(), options.batch, options.seed, Purpose::FlowOrder),
      optimizer_(make_optimizer(net.parameters(), optimizer_options(options, accelerator), "blocks.")),
      flow_step_(accelerator ? nullptr
                             : make_flow_step(net, *optimizer_, options.micro_batch, options.arithmetic)),
      ema_(average.parameters().flat(), options.ema_gamma),
      by_time_(lf::flow::loss_by_time(kTimeBins)),
      accelerator_(accelerator),
      decay_(options.decay) {
  if (&average_ != &net_) average_.parameters().copy_from(net_.parameters());
}

int64_t flow_steps_per_epoch(int64_t count, int64_t batch, int64_t epoch_digits) {
  batch = std::min(batch, count);
  const int64_t whole = std::max<int64_t>(1, count / batch);
  if (epoch_digits <= 0) return whole;
  return std::clamp<int64_t>((epoch_digits + batch - 1) / batch, 1, whole);
}

void FlowTrainer::train_on(const FlowPairs& pairs) {
  pairs_ = &pairs;
  order_ = data::EpochOrder(pairs.size(), options_.batch, options_.seed, Purpose::FlowOrder);
}

int64_t FlowTrainer::steps_per_epoch() const {
  return flow_steps_per_epoch(pairs_ ? pairs_->size() : latents_.size(), options_.batch,
                              options_.epoch_digits);
}

FlowBatch FlowTrainer::batch(int64_t step) {
  const at::Tensor indices = order_.indices(step);
  const BatchDraw draw{options_.time_law, options_.label_drop, options_.seed, options_.coupling};
  const auto counter = static_cast<uint64_t>(step);
  if (pairs_) return draw_pair_batch(*pairs_, indices, draw, counter);
  return draw_flow_batch(latents_.rows(indices), standardisation_, labels_.index_select(0, indices), draw,
                         counter);
}

double FlowTrainer::rate_at(int64_t step) const {
  step -= schedule_start_;
  const double peak = rate_factor_ * options_.rate;
  if (open_ended_) return optim::trapezoid_rate(peak, step, options_.warmup, INT64_MAX / 2, 0);
  return optim::trapezoid_rate(peak, step, options_.warmup, options_.total_steps - schedule_start_, decay_);
}

bool FlowTrainer::weights_whole() const {
  if (accelerator_) return !pipeline_ || pipeline_->idle();
  return !begun_ || flow_step_->weights_whole();
}

void FlowTrainer::hold() {
  if (pipeline_) pipeline_->hold();
}

StepPlan FlowTrainer::plan(int64_t step) const {
  const bool averages = &average_ != &net_;
  const int64_t update = ema_.updates() + (step - step_) + 1;
  return {rate_at(step), step + 1, averages ? 1 - optim::power_ema_decay(update, options_.ema_gamma) : 0, 0};
}

std::unique_ptr<StepPipeline> FlowTrainer::make_pipeline() {
  FlowEngineInput input;
  const bool averages = &average_ != &net_;
  input.memory =
      device_memory(net_.parameters(), *optimizer_, averages ? average_.parameters().flat() : at::Tensor());
  input.latents = latents_.all();
  input.standardisation = standardisation_;
  input.labels = labels_;
  input.batch = options_.batch;
  input.sigma_min = options_.sigma_min;
  input.label_drop = options_.label_drop;
  input.law = options_.time_law;
  input.seed = options_.seed;
  input.losses = [&net = net_](const at::Tensor& x_t, const at::Tensor& target, const at::Tensor& t,
                               const at::Tensor& labels) {
    return flow::loss_per_sample(net.forward(as_maps(x_t), t, labels), as_maps(target));
  };
  // In the means by time, the losses of a burst's last step represent all of its steps.
  const auto observe = [this](const BurstOutcome& burst) {
    flow::accumulate(by_time_, burst.times, burst.losses);
  };
  return std::make_unique<StepPipeline>(
      accelerator_->flow_engine(input), step_, [this](int64_t step) { return plan(step); }, observe);
}

bool FlowTrainer::advance_step() { return accelerator_ ? advance_on_accelerator() : advance_here(); }

bool FlowTrainer::advance_on_accelerator() {
  at::NoGradGuard no_grad;
  if (!latents_.complete()) {  // the device may sample any digit at any time
    latents_.advance();
    return false;
  }
  if (!pipeline_) pipeline_ = make_pipeline();
  if (!pipeline_->advance_step(std::min(options_.total_steps, stop_))) return false;
  const StepOutcome& outcome = pipeline_->outcome();
  report_ = {step_ + 1, outcome.loss, outcome.gradient_norm, rate_at(step_)};
  optimizer_->set_steps(++step_);
  ema_.set_updates(ema_.updates() + 1);
  return true;
}

bool FlowTrainer::advance_here() {
  at::NoGradGuard no_grad;
  if (!begun_) {
    if (!pairs_ && latents_.advance_on(order_.indices(step_))) return false;
    FlowBatch drawn = batch(step_);
    times_ = drawn.t;
    flow_step_->begin(std::move(drawn), options_.sigma_min, rate_at(step_));
    begun_ = true;
  }
  if (!flow_step_->advance_step()) return false;
  begun_ = false;
  if (&average_ != &net_) ema_.update(net_.parameters().flat());
  flow::accumulate(by_time_, times_, flow_step_->losses());
  const double loss = flow_step_->losses().mean().item<double>();
  report_ = {step_ + 1, loss, flow_step_->gradient_norm(), rate_at(step_)};
  ++step_;
  return true;
}

void FlowTrainer::extend(int64_t steps) {
  schedule_start_ = step_;
  open_ended_ = false;
  decay_ = options_.decay;
  options_.total_steps = step_ + steps;
}

void FlowTrainer::set_open_ended() {
  open_ended_ = true;
  options_.total_steps = INT64_MAX / 2;
}

void FlowTrainer::finish_within(int64_t steps) {
  open_ended_ = false;
  options_.total_steps = begun_steps() + std::max<int64_t>(1, steps);
  decay_ = static_cast<double>(steps) / static_cast<double>(options_.total_steps - schedule_start_);
}

std::map<std::string, at::Tensor> FlowTrainer::to_map() const {
  auto tensors = optimizer_->to_map("flow.optimizer.");
  tensors["flow.ema.updates"] = at::full({1}, ema_.updates(), at::kLong);
  tensors["flow.schedule"] =
      at::tensor({schedule_start_, options_.total_steps, int64_t{open_ended_}}, at::kLong);
  tensors["flow.decay"] = at::tensor({decay_}, at::kDouble);
  tensors["flow.by_time.mean"] = at::tensor(by_time_.mean, at::kDouble);
  tensors["flow.by_time.count"] = at::tensor(by_time_.count, at::kLong);
  return tensors;
}

void FlowTrainer::load(const std::map<std::string, at::Tensor>& tensors, const std::string& file) {
  optimizer_->load(tensors, "flow.optimizer.", file);
  constexpr int64_t kOpenEnd = INT64_MAX / 2;
  const auto updates = optim::stored_integers(tensors, "flow.ema.updates", 1, optim::kMostStoredStep, file);
  const auto schedule = optim::stored_integers(tensors, "flow.schedule", 3, kOpenEnd, file);
  const auto decay = optim::stored_doubles(tensors, "flow.decay", 1, file);
  const auto means = optim::stored_doubles(tensors, "flow.by_time.mean", kTimeBins, file);
  const auto counts =
      optim::stored_integers(tensors, "flow.by_time.count", kTimeBins, optim::kMostStoredStep, file);
  if (!(decay[0] >= 0 && decay[0] <= 1) || schedule[0] > optim::kMostStoredStep)
    throw InputError(file + ": the flow's schedule is damaged; train again, or open only the model");
  step_ = optimizer_->steps();
  ema_.set_updates(updates[0]);
  schedule_start_ = schedule[0];
  options_.total_steps = schedule[1];
  open_ended_ = schedule[2] != 0;
  decay_ = decay[0];
  std::copy(means.begin(), means.end(), by_time_.mean.begin());
  std::copy(counts.begin(), counts.end(), by_time_.count.begin());
}

}  // namespace lf::training
