#include "run/speed_probe.h"

#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <chrono>
#include <numeric>

#include "data/batches.h"
#include "data/generator.h"
#include "run/trainer_options.h"

namespace lf::run {
namespace {

constexpr double kDecoderPart = 0.65;  ///< of an autoencoder step, if it is not measured
constexpr double kEncodingPart = 0.1;  ///< the same, for its digits: a quarter of the products, forward alone
constexpr int64_t kSteps = 1000;       ///< more than are measured: a trainer may stop at its last
constexpr int64_t kProbedBlocks = 2, kProbedDigits = 4096;
constexpr double kMoment = 0.25;      ///< seconds of measurement for quick steps
constexpr size_t kMostMeasured = 40;  ///< of them
constexpr double kLargeNet = 1e8;     ///< operations per digit above which only some blocks are timed

/// Median of the steps after the first `warm_up`.
double median(std::vector<double> times, size_t warm_up) {
  times.erase(times.begin(), times.begin() + static_cast<std::ptrdiff_t>(std::min(warm_up, times.size())));
  if (times.empty()) return 0;
  std::nth_element(times.begin(), times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2), times.end());
  return times[times.size() / 2];
}

/// Latents of the right shape; their values do not matter for time.
training::Latents random_latents(int64_t count, uint64_t seed) {
  auto generator = data::make_generator(seed, Purpose::HeldOut, 1);
  return {at::randn({count, models::kLatentSize}, generator, at::kFloat),
          at::full({count, models::kLatentSize}, 0.1, at::kFloat)};
}

/// The settings of the largest network that can be timed beside the current one.
Settings probed_settings(const inference::Model& model) {
  Settings settings = model.settings;
  const int64_t blocks = settings.flow.blocks;
  if (model.net->flop_per_digit() > kLargeNet) settings.flow.blocks = std::min(kProbedBlocks, blocks);
  return settings;
}

}  // namespace

SpeedProbe::SpeedProbe(const inference::Model& model, const at::Tensor& pixels,
                       training::Accelerator* accelerator, ProbeFor purpose)
    : model_(model),
      accelerator_(accelerator),
      purpose_(purpose),
      pixels_(pixels.narrow(0, 0, std::min(kProbedDigits, pixels.size(0)))),
      latents_(random_latents(pixels_.size(0), 1)) {
  while (!wanted(kind_)) kind_ = static_cast<Kind>(kind_ + 1);
  begin(kind_);
}

bool SpeedProbe::wanted(Kind kind) const {
  const bool own = model_.own_autoencoder() != nullptr;
  if (kind == Joint) return own;
  const bool plan = purpose_ == ProbeFor::Plan;
  if (kind == Decoder) return own && plan && !accelerator_ && !freezes_at_end(model_.settings);
  if (kind == Encode) return plan || !own;
  return true;
}

/// An accelerator reports its steps in bursts: more of them are needed.
SpeedProbe::Counts SpeedProbe::counts() const {
  if (accelerator_) return {3, 12};
  return purpose_ == ProbeFor::Plan ? Counts{2, 5} : Counts{1, 2};
}

/// Quick steps are measured for longer: five of them would reflect only what another program did
/// meanwhile.
bool SpeedProbe::enough(const std::vector<double>& times) const {
  const size_t least = counts().warm_up + counts().measured;
  if (times.size() < least || purpose_ != ProbeFor::Plan || accelerator_) return times.size() >= least;
  return times.size() >= kMostMeasured || std::accumulate(times.begin(), times.end(), 0.0) > kMoment;
}

void SpeedProbe::begin(Kind kind) {
  if (kind == Joint) begin_autoencoder();
  if (kind == Decoder) autoencoder_->freeze_encoder(latents_);
  if (kind == Flow) begin_flow();
}

void SpeedProbe::begin_autoencoder() {
  own_ = std::make_unique<models::ConvAutoencoder>(model_.own_autoencoder()->config(),
                                                   data::make_generator(1, Purpose::AutoencoderInit), true);
  if (accelerator_) own_->move_to(accelerator_->device());
  auto options = autoencoder_options(model_.settings, pixels_.size(0));
  options.total_steps = kSteps;
  autoencoder_ = std::make_unique<training::AutoencoderTrainer>(*own_, pixels_, options, accelerator_);
}

void SpeedProbe::begin_flow() {
  const Settings settings = probed_settings(model_);
  net_ = models::make_velocity_net(settings, data::make_generator(1, Purpose::FlowInit),
                                   !training::trains_in_place(settings));
  if (accelerator_) net_->move_to(accelerator_->device(), true);
  if (settings.flow.ema) average_ = net_->copy();
  flow_factor_ = model_.net->flop_per_digit() / net_->flop_per_digit();
  auto options = flow_options(settings);
  options.total_steps = kSteps;
  const training::Standardisation plain{at::zeros({models::kLatentSize}), at::ones({models::kLatentSize})};
  flow_ =
      std::make_unique<training::FlowTrainer>(*net_, average_ ? *average_ : *net_, latents_, plain,
                                              at::zeros({pixels_.size(0)}, at::kLong), options, accelerator_);
}

/// One slice of the current measurement; true when it completed a step.
bool SpeedProbe::slice() {
  if (kind_ == Flow) return flow_->advance_step();
  if (kind_ != Encode) return autoencoder_->advance_step();
  const int64_t some = std::min(model_.autoencoder->slice_digits(), pixels_.size(0));
  model_.autoencoder->encode(data::image_batch(pixels_, at::arange(some, at::kLong)));
  return true;
}

bool SpeedProbe::advance() {
  at::NoGradGuard no_grad;
  const auto start = std::chrono::steady_clock::now();
  const bool completed = slice();
  slice_sum_ += std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  if (!completed) return true;
  times_[kind_].push_back(slice_sum_);
  slice_sum_ = 0;
  if (!enough(times_[kind_])) return true;
  do kind_ = static_cast<Kind>(kind_ + 1);
  while (kind_ < kKinds && !wanted(kind_));
  if (kind_ == kKinds) return false;
  begin(kind_);
  return true;
}

StepSeconds SpeedProbe::result() const {
  const auto of = [&](Kind kind) { return median(times_[kind], counts().warm_up); };
  const auto encoded = static_cast<double>(std::min(model_.autoencoder->slice_digits(), pixels_.size(0)));
  StepSeconds speed;
  speed.autoencoder = of(Joint);
  speed.flow = flow_factor_ * of(Flow);
  speed.decoder = times_[Decoder].empty() ? kDecoderPart * of(Joint) : of(Decoder);
  speed.encode = times_[Encode].empty()
                     ? kEncodingPart * of(Joint) / static_cast<double>(model_.settings.autoencoder.batch)
                     : of(Encode) / encoded;
  return speed;
}

}  // namespace lf::run
