#include "experiment/speed_probe.h"

#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <chrono>
#include <cmath>

#include "data/batches.h"

namespace lf {
namespace {

constexpr size_t kWarmUp = 3, kMeasured = 12;
constexpr int64_t kSteps = 1000;  ///< more than are measured: a trainer may stop at its last
constexpr int64_t kProbedBlocks = 2, kProbedDigits = 4096;
constexpr double kLargeNet = 1e8;  ///< operations per digit above which only some blocks are timed

/// Median of the steps after the warm-up.
double median(std::vector<double> times) {
  times.erase(times.begin(), times.begin() + static_cast<std::ptrdiff_t>(std::min(kWarmUp, times.size())));
  if (times.empty()) return 0;
  std::nth_element(times.begin(), times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2), times.end());
  return times[times.size() / 2];
}

/// Latents of the right shape; their values do not matter for time.
Latents random_latents(int64_t count, uint64_t seed) {
  auto generator = make_generator(seed, Purpose::HeldOut, 1);
  return {at::randn({count, kLatentSize}, generator, at::kFloat),
          at::full({count, kLatentSize}, 0.1, at::kFloat)};
}

/// The settings of a net as large as can be timed beside the one in hand.
Settings probed_settings(const Model& model) {
  Settings settings = model.settings;
  const int64_t blocks = settings.integer("flow.blocks");
  if (model.net->flop_per_digit() > kLargeNet)
    settings.set("flow.blocks", std::to_string(std::min(kProbedBlocks, blocks)));
  return settings;
}

/// Largest power of two of digits that keeps a slice near 50 ms, from the cost relative to the fast preset.
int64_t slice_digits(int64_t fast_digits, double relative_cost) {
  const double digits = static_cast<double>(fast_digits) / relative_cost;
  return std::clamp<int64_t>(int64_t{1} << static_cast<int>(std::log2(std::max(1.0, digits))), 16, 4096);
}

}  // namespace

AutoencoderTrainingOptions autoencoder_options(const Settings& s, int64_t train_count) {
  AutoencoderTrainingOptions o;
  o.batch = s.integer("autoencoder.batch");
  const int64_t per_epoch = std::max<int64_t>(1, train_count / std::min(o.batch, train_count));
  o.total_steps =
      std::max<int64_t>(1, std::llround(s.number("autoencoder.epochs") * static_cast<double>(per_epoch)));
  o.beta_warmup = s.integer("autoencoder.beta_warmup");
  o.muon = s.text("autoencoder.optimizer") == "muon";
  o.muon_rate = s.number("autoencoder.muon_lr");
  o.rate = s.number("autoencoder.lr");
  o.beta = s.number("autoencoder.beta");
  o.clip = s.number("autoencoder.clip");
  o.arithmetic = arithmetic_for(s.text("arithmetic"));
  o.seed = static_cast<uint64_t>(s.integer("seed"));
  const auto& net = conv_autoencoder_config(s.text("autoencoder.net"));
  const double cost = static_cast<double>(net.w1 * net.w2 + net.w3 * net.w3) / (24.0 * 48 + 48 * 48);
  o.micro_batch = slice_digits(256, cost * static_cast<double>(1 + 2 * net.residual_blocks));
  return o;
}

FlowTrainingOptions flow_options(const Settings& s) {
  FlowTrainingOptions o;
  o.batch = s.integer("flow.batch");
  o.total_steps = s.integer("flow.steps");
  o.warmup = s.integer("flow.warmup");
  o.muon = s.text("flow.optimizer") == "muon";
  o.muon_rate = s.number("flow.muon_lr");
  o.rate = s.number("flow.lr");
  o.weight_decay = s.number("flow.weight_decay");
  o.beta2 = s.number("flow.beta2");
  o.clip = s.number("flow.clip");
  o.epoch_digits = s.integer("epoch_images");
  o.decay = s.number("flow.decay");
  o.sigma_min = s.number("flow.sigma_min");
  o.label_drop = s.number("flow.label_drop");
  o.ema_gamma = s.number("flow.ema_gamma");
  o.time_law = time_law_from_name(s.text("flow.time"));
  o.coupling = coupling_law_from_name(s.text("flow.coupling"));
  o.seed = static_cast<uint64_t>(s.integer("seed"));
  o.arithmetic = arithmetic_for(s.text("arithmetic"));
  const double side = 4.0 / static_cast<double>(s.integer("flow.patch"));
  const double width = static_cast<double>(s.integer("flow.width"));
  const double cost =
      side * side * width * width * static_cast<double>(s.integer("flow.blocks")) / (4.0 * 128 * 128 * 4);
  o.micro_batch = slice_digits(512, cost);
  return o;
}

SpeedProbe::SpeedProbe(const Model& model, const at::Tensor& pixels, Accelerator* accelerator)
    : model_(model),
      accelerator_(accelerator),
      pixels_(pixels.narrow(0, 0, std::min(kProbedDigits, pixels.size(0)))),
      latents_(random_latents(pixels_.size(0), 1)) {
  if (!model.own_autoencoder()) {
    begin_flow();
    return;
  }
  own_ = std::make_unique<ConvAutoencoder>(model.own_autoencoder()->config(),
                                           make_generator(1, Purpose::AutoencoderInit), true);
  if (accelerator) own_->move_to(accelerator->device());
  auto options = autoencoder_options(model.settings, pixels_.size(0));
  options.total_steps = kSteps;
  autoencoder_ = std::make_unique<AutoencoderTrainer>(*own_, pixels_, options, accelerator);
}

void SpeedProbe::begin_flow() {
  const Settings settings = probed_settings(model_);
  net_ = make_velocity_net(settings, make_generator(1, Purpose::FlowInit), !trains_in_place(settings));
  if (accelerator_) net_->move_to(accelerator_->device(), true);
  if (settings.on("flow.ema")) average_ = net_->copy();
  flow_factor_ = model_.net->flop_per_digit() / net_->flop_per_digit();
  auto options = flow_options(settings);
  options.total_steps = kSteps;
  const Standardisation plain{at::zeros({kLatentSize}), at::ones({kLatentSize})};
  flow_ = std::make_unique<FlowTrainer>(*net_, average_ ? *average_ : *net_, latents_, plain,
                                        at::zeros({pixels_.size(0)}, at::kLong), options, accelerator_);
}

bool SpeedProbe::measures_autoencoder() const { return autoencoder_times_.size() < kWarmUp + kMeasured; }

bool SpeedProbe::advance() {
  at::NoGradGuard no_grad;
  const bool first = measures_autoencoder();
  const auto start = std::chrono::steady_clock::now();
  bool completed = true;
  if (!first) {
    completed = flow_->advance();
  } else if (autoencoder_) {
    completed = autoencoder_->advance();
  } else {  // nothing to train: how long encoding takes
    const at::Tensor some =
        at::arange(std::min(model_.autoencoder->slice_digits(), pixels_.size(0)), at::kLong);
    model_.autoencoder->encode(image_batch(pixels_, some));
  }
  slice_sum_ += std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  if (completed) {
    (first ? autoencoder_times_ : flow_times_).push_back(slice_sum_);
    slice_sum_ = 0;
    if (!flow_ && !measures_autoencoder()) begin_flow();
  }
  return flow_times_.size() < kWarmUp + kMeasured;
}

StepSeconds SpeedProbe::result() const {
  const double first = median(autoencoder_times_), flow = flow_factor_ * median(flow_times_);
  if (!autoencoder_) return {0, flow, first / static_cast<double>(model_.autoencoder->slice_digits())};
  // Encoding costs about a tenth of a training step: the encoder has a quarter of the products, and forward
  // is a third of them.
  return {first, flow, 0.1 * first / model_.settings.number("autoencoder.batch")};
}

}  // namespace lf
