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

/// The reference system: DiT-B/2 without labels, Adam as it comes, 500 epochs of 1,875 steps. What only looks
/// (preview, live score) is cut to what so large a network can draw in time.
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
       "Two cores, about half a minute: small convolutional autoencoder, width-96 transformer.",
       {}},
      {"quality", "Quality",
       "For a graphics card or a patient evening: wider nets, 16 tokens, long schedules.", quality_values()},
      {"original", "Original",
       "The reference system: DiT-B/2 with 130 million parameters, without labels. About a week on two "
       "cores; "
       "watch its first steps.",
       original_values()},
      {"tiny", "Tiny", "Seconds, for tests: too small to draw well.", tiny_values()},
  };
  return table;
}

}  // namespace lf
