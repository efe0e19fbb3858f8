#include "training/autoencoder_trainer.h"

#include <ATen/core/grad_mode.h>

#include <algorithm>

#include "messages/errors.h"
#include "optim/schedule.h"
#include "training/optimizers.h"

namespace lf {
namespace {

/// An accelerator's fused update is AdamW for everything.
OptimizerOptions optimizer_options(const AutoencoderTrainingOptions& o, const Accelerator* accelerator) {
  return {o.muon && !accelerator, o.rate, o.muon_rate, AdamWOptions{0.9, 0.99, 1e-8, 1e-4, o.clip}};
}

}  // namespace

AutoencoderLoss autoencoder_loss(const ConvAutoencoder& net, const at::Tensor& images,
                                 const at::Tensor& noise, double beta) {
  const Posterior q = net.encode(images);
  const at::Tensor z = at::addcmul(q.mean, (q.log_variance * 0.5).exp(), noise);
  const double digits = static_cast<double>(images.size(0));
  // BCE on logits, not MSE on a sigmoid: the latter can collapse to all black and never recover.
  const at::Tensor reconstruction =
      at::binary_cross_entropy_with_logits(net.decode_logits(z), images, {}, {}, at::Reduction::Sum) / digits;
  const at::Tensor divergence =
      0.5 * (q.mean.square() + q.log_variance.exp() - 1 - q.log_variance).sum() / digits;
  return {reconstruction + beta * divergence, reconstruction, divergence};
}

AutoencoderTrainer::AutoencoderTrainer(ConvAutoencoder& net, at::Tensor pixels,
                                       const AutoencoderTrainingOptions& options, Accelerator* accelerator)
    : net_(net),
      pixels_(std::move(pixels)),
      options_(options),
      order_(pixels_.size(0), options.batch, options.seed, Purpose::AutoencoderOrder),
      optimizer_(make_optimizer(net.parameters(), optimizer_options(options, accelerator))),
      gradient_(net.has_rows() && !accelerator
                    ? std::make_unique<ConvAutoencoderGradient>(net, options.arithmetic)
                    : nullptr),
      accelerator_(accelerator) {}

double AutoencoderTrainer::rate_at(int64_t step) const {
  return rate_factor_ * one_cycle_rate(options_.rate, step, options_.total_steps);
}

double AutoencoderTrainer::beta_at(int64_t step) const {
  if (options_.beta_warmup <= 0) return options_.beta;
  return options_.beta * std::min(1.0, static_cast<double>(step) / static_cast<double>(options_.beta_warmup));
}

void AutoencoderTrainer::hold() {
  if (pipeline_) pipeline_->hold();
}

std::unique_ptr<StepPipeline> AutoencoderTrainer::make_pipeline() {
  ImageEngineInput input;
  input.memory = device_memory(net_.parameters(), *optimizer_);
  input.pixels = pixels_;
  input.batch = options_.batch;
  input.seed = options_.seed;
  input.loss = [&net = net_](const at::Tensor& images, const at::Tensor& noise, const at::Tensor& penalty) {
    const auto parts =
        autoencoder_loss(net, images.view({-1, 1, 28, 28}),
                         noise.view({-1, kLatentChannels, kLatentSide, kLatentSide}), /*beta=*/0);
    return parts.reconstruction + penalty * parts.divergence;  // β comes from the device's memory
  };
  const auto plan = [this](int64_t step) { return StepPlan{rate_at(step), step + 1, 0, beta_at(step)}; };
  return std::make_unique<StepPipeline>(accelerator_->image_engine(input), step_, plan);
}

bool AutoencoderTrainer::advance_on_accelerator() {
  at::NoGradGuard no_grad;
  if (!pipeline_) pipeline_ = make_pipeline();
  if (!pipeline_->advance(std::min(options_.total_steps, stop_))) return false;
  const StepOutcome& outcome = pipeline_->outcome();
  const double rate = rate_at(step_);
  report_ = {++step_, outcome.loss, outcome.gradient_norm, rate};
  optimizer_->set_steps(step_);
  return true;
}

void AutoencoderTrainer::draw_batch() {
  images_ = image_batch(pixels_, order_.indices(step_));
  auto generator = make_generator(options_.seed, Purpose::AutoencoderNoise, static_cast<uint64_t>(step_));
  noise_ = at::randn({images_.size(0), kLatentChannels, kLatentSide, kLatentSide}, generator, at::kFloat);
  done_in_batch_ = 0;
  loss_sum_ = 0;
}

/// Adds the gradients of `count` digits from `first` on; returns their share of the batch's mean loss.
/// With autograd, convolutions keep their own threads: oneDNN's backward waits for its whole team and would
/// wait forever inside a fork–join.
double AutoencoderTrainer::differentiate(int64_t first, int64_t count) {
  const at::Tensor images = images_.narrow(0, first, count), noise = noise_.narrow(0, first, count);
  const auto batch = static_cast<double>(images_.size(0));
  if (gradient_) return gradient_->add(images, noise, beta_at(step_), 1 / batch);
  const at::AutoGradMode grad(true);
  const at::Tensor loss =
      autoencoder_loss(net_, images, noise, beta_at(step_)).total * (static_cast<double>(count) / batch);
  loss.backward();
  return loss.item<double>();
}

bool AutoencoderTrainer::advance() { return accelerator_ ? advance_on_accelerator() : advance_here(); }

bool AutoencoderTrainer::advance_here() {
  at::NoGradGuard no_grad;
  if (!images_.defined()) draw_batch();
  const int64_t batch = images_.size(0), n = std::min(options_.micro_batch, batch - done_in_batch_);
  loss_sum_ += differentiate(done_in_batch_, n);
  done_in_batch_ += n;
  if (done_in_batch_ < batch) return false;
  const double rate = rate_at(step_);
  const double norm = optimizer_->step(rate);
  report_ = {++step_, loss_sum_, norm, rate};
  images_ = at::Tensor();
  return true;
}

std::map<std::string, at::Tensor> AutoencoderTrainer::to_map() const {
  return optimizer_->to_map("autoencoder.optimizer.");
}

void AutoencoderTrainer::load(const std::map<std::string, at::Tensor>& tensors, const std::string& file) {
  optimizer_->load(tensors, "autoencoder.optimizer.", file);
  step_ = optimizer_->steps();
}

}  // namespace lf
