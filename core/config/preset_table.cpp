// The presets: the settings in which each differs from the defaults.
#include "config/settings.h"

namespace lf {
namespace {

SettingValues quality_values() {
  SettingValues s;
  s.autoencoder.net = "conv-64-96-128";
  s.autoencoder.epochs = 20;
  s.autoencoder.freeze = 3;
  s.autoencoder.batch = 512;
  s.autoencoder.lr = 0.002;
  s.autoencoder.beta = 0.03;
  s.autoencoder.latent_noise = 1;
  s.flow.patch = 1;
  s.flow.width = 256;
  s.flow.blocks = 6;
  s.flow.batch = 1024;
  s.flow.lr = 0.002;
  s.flow.warmup = 100;
  s.flow.steps = 8000;
  s.flow.ema_gamma = 16.97;
  s.sampler.solver = "midpoint";
  s.sampler.steps = 8;
  return s;
}

/// The reference system: unconditional DiT-B/2, Adam with its defaults, 500 epochs of 1,875 steps.
/// Previews and live scores are reduced to what so large a network can generate in time.
SettingValues original_values() {
  SettingValues s;
  s.general.arithmetic = "float32";
  s.general.marks = 0;
  s.autoencoder.latent_scale = 0.18215;
  s.autoencoder.latent_noise = 1;
  s.autoencoder.epochs = 2;
  s.autoencoder.freeze = NumberWord::End;
  s.flow.net = "dit";
  s.flow.width = 768;
  s.flow.blocks = 12;
  s.flow.heads = 12;
  s.flow.mlp_ratio = 4;
  s.flow.label_drop = 0;
  s.flow.steps = 937500;
  s.flow.batch = 32;
  s.flow.optimizer = "adamw";
  s.flow.lr = 0.0001;
  s.flow.warmup = 0;
  s.flow.decay = 0;
  s.flow.weight_decay = 0;
  s.flow.beta2 = 0.999;
  s.flow.clip = 0;
  s.flow.time = "stratified";
  s.flow.sigma_min = 0.001;
  s.flow.ema = false;
  s.preview.solver = "dopri5-reference";
  s.preview.digits = 16;
  s.preview.share = 0.25;
  s.sampler.solver = "dopri5-reference";
  s.quality.live = false;
  s.quality.final = 0;
  return s;
}

SettingValues tiny_values() {
  SettingValues s;
  s.autoencoder.net = "conv-8-16-16";
  s.autoencoder.epochs = 1;
  s.autoencoder.freeze = 0.3;
  s.flow.width = 32;
  s.flow.blocks = 1;
  s.flow.steps = 100;
  return s;
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
