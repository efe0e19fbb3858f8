#include "run/trainer_options.h"

#include <algorithm>
#include <cmath>

#include "config/autoencoder_share.h"

namespace lf::run {
namespace {

/// Largest power of two of digits that keeps a slice near 50 ms, from the cost relative to the fast preset.
int64_t slice_digits(int64_t fast_digits, double relative_cost) {
  const double digits = static_cast<double>(fast_digits) / relative_cost;
  return std::clamp<int64_t>(int64_t{1} << static_cast<int>(std::log2(std::max(1.0, digits))), 16, 4096);
}

}  // namespace

training::AutoencoderTrainingOptions autoencoder_options(const Settings& s, int64_t train_count) {
  training::AutoencoderTrainingOptions o;
  o.batch = s.autoencoder.batch;
  o.total_steps = autoencoder_steps(s, s.flow.steps, train_count);
  o.beta_warmup = s.autoencoder.beta_warmup;
  o.muon = s.autoencoder.optimizer == "muon";
  o.muon_rate = s.autoencoder.muon_lr;
  o.rate = s.autoencoder.lr;
  o.beta = s.autoencoder.beta;
  o.clip = s.autoencoder.clip;
  o.arithmetic = kernels::arithmetic_for(s.general.arithmetic);
  o.seed = static_cast<uint64_t>(s.general.seed);
  const auto& net = models::conv_autoencoder_config(s.autoencoder.net);
  const double cost = static_cast<double>(net.w1 * net.w2 + net.w3 * net.w3) / (24.0 * 48 + 48 * 48);
  o.micro_batch = slice_digits(256, cost * static_cast<double>(1 + 2 * net.residual_blocks));
  return o;
}

training::FlowTrainingOptions flow_options(const Settings& s) {
  training::FlowTrainingOptions o;
  o.batch = s.flow.batch;
  o.total_steps = s.flow.steps;
  o.warmup = s.flow.warmup;
  o.muon = s.flow.optimizer == "muon";
  o.muon_rate = s.flow.muon_lr;
  o.rate = s.flow.lr;
  o.weight_decay = s.flow.weight_decay;
  o.beta2 = s.flow.beta2;
  o.clip = s.flow.clip;
  o.epoch_digits = s.flow.epoch_images;
  o.decay = s.flow.decay;
  o.sigma_min = s.flow.sigma_min;
  o.label_drop = s.flow.label_drop;
  o.ema_gamma = s.flow.ema_gamma;
  o.time_law = flow::time_law_from_name(s.flow.time);
  o.coupling = flow::coupling_law_from_name(s.flow.coupling);
  o.seed = static_cast<uint64_t>(s.general.seed);
  o.arithmetic = kernels::arithmetic_for(s.general.arithmetic);
  const double side = 4.0 / static_cast<double>(s.flow.patch);
  const double width = static_cast<double>(s.flow.width);
  const double cost =
      side * side * width * width * static_cast<double>(s.flow.blocks) / (4.0 * 128 * 128 * 4);
  o.micro_batch = slice_digits(512, cost);
  return o;
}

}  // namespace lf::run
