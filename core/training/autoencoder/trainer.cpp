#include "training/autoencoder/trainer.h"

#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <cmath>

#include "base/errors.h"
#include "base/image_shape.h"
#include "data/generator.h"
#include "optim/schedule.h"
#include "training/optimizers.h"

namespace lf::training {
namespace {

/// An accelerator's fused update uses AdamW for everything.
OptimizerOptions optimizer_options(const AutoencoderTrainingOptions& o, const Accelerator* accelerator) {
  OptimizerOptions options{o.muon && !accelerator, o.rate, o.muon_rate,
                           optim::AdamWOptions{0.9, 0.99, 1e-8, 1e-4, o.clip}};
  options.arithmetic = o.arithmetic;
  return options;
}

constexpr const char* kDecoder = "decoder.";  ///< prefix of the names of its parameters

/// Cross-entropy on logits, not squared error on a sigmoid: the latter can collapse to all black
/// and never recover.
at::Tensor reconstruction_loss(const models::ConvAutoencoder& net, const at::Tensor& images,
                               const at::Tensor& z) {
  return at::binary_cross_entropy_with_logits(net.decode_logits(z), images, {}, {}, at::Reduction::Sum) /
         static_cast<double>(images.size(0));
}

/// A sample (B, 4, 4, 4) of each posterior.
at::Tensor sample_of(const Latents& posterior, const at::Tensor& noise) {
  return at::addcmul(posterior.mean, posterior.deviation, noise.reshape({-1, models::kLatentSize}))
      .view({-1, models::kLatentChannels, models::kLatentSide, models::kLatentSide});
}

/// KL divergence from N(0, I), nats per digit.
at::Tensor divergence_of(const Latents& posterior) {
  const at::Tensor variance = posterior.deviation.square();
  return 0.5 * (posterior.mean.square() + variance - 1 - variance.log()).sum() /
         static_cast<double>(posterior.mean.size(0));
}

/// From 1 down to almost 0 over `steps`, half a cosine.
double cosine_fall(int64_t step, int64_t steps) {
  constexpr double kEnd = 1e-4;
  const double x =
      static_cast<double>(std::min(step, steps)) / static_cast<double>(std::max<int64_t>(1, steps));
  return optim::cosine_between(1, kEnd, x);
}

/// Merges both moments: the decoder's come from `part`, the encoder's stay as they were when it was
/// frozen.
void put_back(const optim::Optimizer& part, const ParameterRange& range, optim::Optimizer& whole) {
  const at::NoGradGuard no_grad;
  range.of(whole.moments().first).copy_(part.moments().first);
  range.of(whole.moments().second).copy_(part.moments().second);
  whole.set_steps(part.steps());
}

}  // namespace

AutoencoderLoss autoencoder_loss(const models::ConvAutoencoder& net, const at::Tensor& images,
                                 const at::Tensor& noise, double beta) {
  const models::Posterior q = net.encode(images);
  const at::Tensor z = at::addcmul(q.mean, (q.log_variance * 0.5).exp(), noise);
  const double digits = static_cast<double>(images.size(0));
  const at::Tensor reconstruction = reconstruction_loss(net, images, z);
  const at::Tensor divergence =
      0.5 * (q.mean.square() + q.log_variance.exp() - 1 - q.log_variance).sum() / digits;
  return {reconstruction + beta * divergence, reconstruction, divergence};
}

AutoencoderLoss decoder_loss(const models::ConvAutoencoder& net, const at::Tensor& images,
                             const Latents& posterior, const at::Tensor& noise, double beta) {
  const at::Tensor reconstruction = reconstruction_loss(net, images, sample_of(posterior, noise));
  const at::Tensor divergence = divergence_of(posterior);
  return {reconstruction + beta * divergence, reconstruction, divergence};
}

AutoencoderTrainer::AutoencoderTrainer(models::ConvAutoencoder& net, at::Tensor pixels,
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

void AutoencoderTrainer::freeze_encoder(const LatentCache& posteriors) {
  posteriors_ = &posteriors;
  pipeline_.reset();
  decoder_optimizer_ =
      make_range_optimizer(net_.parameters(), optimizer_options(options_, accelerator_), kDecoder);
  const ParameterRange range = range_of(net_.parameters(), kDecoder);
  const optim::Moments& whole = optimizer_->moments();
  decoder_optimizer_->load({{"first", range.of(whole.first)},
                            {"second", range.of(whole.second)},
                            {"steps", at::full({1}, step_, at::kLong)}},
                           "", "the frozen autoencoder");
}

double AutoencoderTrainer::rate_at(int64_t step) const {
  const int64_t total = options_.total_steps;
  if (options_.encoder_steps >= total)
    return rate_factor_ * optim::one_cycle_rate(options_.rate, step, total);
  // The encoder's short phase needs a complete warm-up: a tenth of its own steps instead of all
  // steps.
  const auto rise = std::max<int64_t>(1, options_.encoder_steps / 10);
  return rate_factor_ * (step < rise ? optim::one_cycle_rate(options_.rate, step, 10 * rise)
                                     : options_.rate * cosine_fall(step - rise, total - rise));
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
    const auto parts = autoencoder_loss(
        net, images.view({-1, 1, kDigitSide, kDigitSide}),
        noise.view({-1, models::kLatentChannels, models::kLatentSide, models::kLatentSide}), /*beta=*/0);
    return parts.reconstruction + penalty * parts.divergence;  // β is read from the device's memory
  };
  const auto plan = [this](int64_t step) { return StepPlan{rate_at(step), step + 1, 0, beta_at(step)}; };
  return std::make_unique<StepPipeline>(accelerator_->image_engine(input), step_, plan);
}

bool AutoencoderTrainer::advance_on_accelerator() {
  at::NoGradGuard no_grad;
  if (!pipeline_) pipeline_ = make_pipeline();
  if (!pipeline_->advance_step(std::min(options_.total_steps, stop_))) return false;
  const StepOutcome& outcome = pipeline_->outcome();
  const double rate = rate_at(step_);
  report_ = {++step_, outcome.loss, outcome.gradient_norm, rate};
  optimizer_->set_steps(step_);
  return true;
}

void AutoencoderTrainer::draw_batch() {
  const at::Tensor indices = order_.indices(step_);
  images_ = data::image_batch(pixels_, indices);
  if (posteriors_) posterior_ = posteriors_->posteriors(indices);
  auto generator =
      data::make_generator(options_.seed, Purpose::AutoencoderNoise, static_cast<uint64_t>(step_));
  noise_ = at::randn({images_.size(0), models::kLatentChannels, models::kLatentSide, models::kLatentSide},
                     generator, at::kFloat);
  done_in_batch_ = 0;
  loss_sum_ = 0;
}

Latents AutoencoderTrainer::part_posterior(int64_t first, int64_t count) const {
  return {posterior_.mean.narrow(0, first, count), posterior_.deviation.narrow(0, first, count)};
}

/// Adds the gradients of `count` digits from `first` on; returns their share of the batch's mean loss.
double AutoencoderTrainer::differentiate(int64_t first, int64_t count) {
  return gradient_ ? differentiate_by_hand(first, count) : differentiate_by_autograd(first, count);
}

double AutoencoderTrainer::differentiate_by_hand(int64_t first, int64_t count) {
  const at::Tensor images = images_.narrow(0, first, count), noise = noise_.narrow(0, first, count);
  const double batch = static_cast<double>(images_.size(0)), beta = beta_at(step_);
  if (!posteriors_) return gradient_->add(images, noise, beta, 1 / batch);
  const Latents posterior = part_posterior(first, count);
  const double divergence = divergence_of(posterior).item<double>() * static_cast<double>(count) / batch;
  return gradient_->add_decoder(images, sample_of(posterior, noise), 1 / batch) + beta * divergence;
}

/// Convolutions keep their own threads: oneDNN's backward waits for its whole team and would never
/// return inside a fork–join.
double AutoencoderTrainer::differentiate_by_autograd(int64_t first, int64_t count) {
  const at::AutoGradMode grad(true);
  const at::Tensor images = images_.narrow(0, first, count), noise = noise_.narrow(0, first, count);
  const double weight = static_cast<double>(count) / static_cast<double>(images_.size(0));
  const AutoencoderLoss parts =
      posteriors_ ? decoder_loss(net_, images, part_posterior(first, count), noise, beta_at(step_))
                  : autoencoder_loss(net_, images, noise, beta_at(step_));
  const at::Tensor loss = parts.total * weight;
  loss.backward();
  return loss.item<double>();
}

bool AutoencoderTrainer::advance_step() {
  return accelerator_ && !posteriors_ ? advance_on_accelerator() : advance_here();
}

bool AutoencoderTrainer::advance_here() {
  at::NoGradGuard no_grad;
  if (!images_.defined()) draw_batch();
  const int64_t batch = images_.size(0), n = std::min(options_.micro_batch, batch - done_in_batch_);
  loss_sum_ += differentiate(done_in_batch_, n);
  done_in_batch_ += n;
  if (done_in_batch_ < batch) return false;
  const double rate = rate_at(step_);
  const double norm = (posteriors_ ? decoder_optimizer_ : optimizer_)->step(rate);
  report_ = {++step_, loss_sum_, norm, rate};
  images_ = at::Tensor();
  return true;
}

std::map<std::string, at::Tensor> AutoencoderTrainer::to_map() const {
  if (posteriors_) put_back(*decoder_optimizer_, range_of(net_.parameters(), kDecoder), *optimizer_);
  return optimizer_->to_map("autoencoder.optimizer.");
}

void AutoencoderTrainer::load(const std::map<std::string, at::Tensor>& tensors, const std::string& file) {
  optimizer_->load(tensors, "autoencoder.optimizer.", file);
  step_ = optimizer_->steps();
}

}  // namespace lf::training
