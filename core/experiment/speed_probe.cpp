#include "experiment/speed_probe.h"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace lf {
namespace {

constexpr size_t kWarmUp = 3, kMeasured = 6;

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
  o.rate = s.number("autoencoder.lr");
  o.beta = s.number("autoencoder.beta");
  o.clip = s.number("autoencoder.clip");
  o.seed = static_cast<uint64_t>(s.integer("seed"));
  const auto& net = autoencoder_config(s.text("autoencoder.net"));
  const double cost = static_cast<double>(net.w1 * net.w2 + net.w3 * net.w3) / (24.0 * 48 + 48 * 48);
  o.micro_batch = slice_digits(256, cost * static_cast<double>(1 + 2 * net.residual_blocks));
  return o;
}

FlowTrainingOptions flow_options(const Settings& s) {
  FlowTrainingOptions o;
  o.batch = s.integer("flow.batch");
  o.total_steps = s.integer("flow.steps");
  o.warmup = s.integer("flow.warmup");
  o.rate = s.number("flow.lr");
  o.weight_decay = s.number("flow.weight_decay");
  o.clip = s.number("flow.clip");
  o.decay = s.number("flow.decay");
  o.sigma_min = s.number("flow.sigma_min");
  o.label_drop = s.number("flow.label_drop");
  o.ema_gamma = s.number("flow.ema_gamma");
  o.time_law = time_law_from_name(s.text("flow.time"));
  o.seed = static_cast<uint64_t>(s.integer("seed"));
  const double side = 4.0 / static_cast<double>(s.integer("flow.patch"));
  const double width = static_cast<double>(s.integer("flow.width"));
  const double cost =
      side * side * width * width * static_cast<double>(s.integer("flow.blocks")) / (4.0 * 128 * 128 * 4);
  o.micro_batch = slice_digits(512, cost);
  return o;
}

SpeedProbe::SpeedProbe(const Settings& settings, const at::Tensor& pixels) : model_(make_model(settings)) {
  const int64_t count = std::min<int64_t>(pixels.size(0), 4096);
  const at::Tensor some = pixels.narrow(0, 0, count);
  autoencoder_ =
      std::make_unique<AutoencoderTrainer>(*model_->autoencoder, some, autoencoder_options(settings, count));
  flow_ = std::make_unique<FlowTrainer>(*model_->net, *model_->average, random_latents(count, 1),
                                        model_->standardisation, at::zeros({count}, at::kLong),
                                        flow_options(settings));
}

bool SpeedProbe::advance() {
  const bool first = autoencoder_times_.size() < kWarmUp + kMeasured;
  const auto start = std::chrono::steady_clock::now();
  const bool completed = first ? autoencoder_->advance() : flow_->advance();
  slice_sum_ += std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  if (completed) {
    (first ? autoencoder_times_ : flow_times_).push_back(slice_sum_);
    slice_sum_ = 0;
  }
  return flow_times_.size() < kWarmUp + kMeasured;
}

StepSeconds SpeedProbe::result() const { return {median(autoencoder_times_), median(flow_times_)}; }

}  // namespace lf
