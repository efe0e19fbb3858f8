// The presets: the settings in which each differs from the defaults.
#include "config/settings.h"

namespace lf {
namespace {

using Values = std::map<std::string, std::string>;

Values quality_values() {
  return {{"autoencoder.net", "conv-64-96-128"},
          {"autoencoder.epochs", "20"},
          {"autoencoder.freeze", "3"},
          {"autoencoder.batch", "512"},
          {"autoencoder.lr", "0.002"},
          {"autoencoder.beta", "0.03"},
          {"latent.noise", "1"},
          {"flow.patch", "1"},
          {"flow.width", "256"},
          {"flow.blocks", "6"},
          {"flow.batch", "1024"},
          {"flow.lr", "0.002"},
          {"flow.warmup", "100"},
          {"flow.steps", "8000"},
          {"flow.ema_gamma", "16.97"},
          {"sampler.solver", "midpoint"},
          {"sampler.steps", "8"}};
}

/// The reference system: unconditional DiT-B/2, Adam with its defaults, 500 epochs of 1,875 steps.
/// Previews and live scores are reduced to what so large a network can generate in time.
Values original_values() {
  // clang-format off
  return {
      {"arithmetic", "float32"},
      {"latent.scale", "0.18215"},
      {"latent.noise", "1"},
      {"autoencoder.epochs", "2"},
      {"autoencoder.freeze", "end"},
      {"flow.net", "dit"},
      {"flow.width", "768"},
      {"flow.blocks", "12"},
      {"flow.heads", "12"},
      {"flow.mlp_ratio", "4"},
      {"flow.label_drop", "0"},
      {"flow.steps", "937500"},
      {"flow.batch", "32"},
      {"flow.optimizer", "adamw"},
      {"flow.lr", "0.0001"},
      {"flow.warmup", "0"},
      {"flow.decay", "0"},
      {"flow.weight_decay", "0"},
      {"flow.beta2", "0.999"},
      {"flow.clip", "0"},
      {"flow.time", "stratified"},
      {"flow.sigma_min", "0.001"},
      {"flow.ema", "off"},
      {"preview.solver", "dopri5-reference"},
      {"preview.digits", "16"},
      {"preview.share", "0.25"},
      {"sampler.solver", "dopri5-reference"},
      {"quality.live", "off"},
      {"quality.final", "0"},
  };
  // clang-format on
}

Values tiny_values() {
  return {{"autoencoder.net", "conv-8-16-16"},
          {"autoencoder.epochs", "1"},
          {"autoencoder.freeze", "0.3"},
          {"flow.width", "32"},
          {"flow.blocks", "1"},
          {"flow.steps", "100"}};
}

}  // namespace

const std::vector<PresetInfo>& preset_table() {
  static const std::vector<PresetInfo> table{
      {"fast",
       "Fast",
       "About half a minute on two cores: small convolutional autoencoder, transformer of width 96.",
       {}},
      {"quality", "Quality",
       "For a graphics card or many hours on the processor: wider networks, 16 tokens, long schedules.",
       quality_values()},
      {"original", "Original",
       "The reference system: unconditional DiT-B/2 with 130 million parameters. About a week on two cores.",
       original_values()},
      {"tiny", "Tiny", "For tests: trains in seconds, too small for good samples.", tiny_values()},
  };
  return table;
}

}  // namespace lf
