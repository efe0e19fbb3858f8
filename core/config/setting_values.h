// The values of all settings: plain structs by the first word of their keys, with the defaults of the
// preset *fast*. Key, range, unit and meaning of each member: setting_table.cpp.
#pragma once

#include <cstdint>
#include <string>

namespace lf {

/// What a setting may be instead of a number.
enum class NumberWord { None, Auto, End };

/// A number, unless `word` says what it is instead.
struct NumberOrWord {
  NumberWord word = NumberWord::None;
  double number = 0;  ///< 0 with a word

  NumberOrWord(double value) : number(value) {}    // NOLINT: a number is one, however it is spelt
  NumberOrWord(NumberWord value) : word(value) {}  // NOLINT: so is a word

  bool operator==(const NumberOrWord& other) const { return word == other.word && number == other.number; }
};

/// Keys without a group.
struct GeneralSettings {
  int64_t seed = 1;
  std::string device = "auto";
  std::string arithmetic = "auto";
  int64_t threads = 0;
  double autosave = 60;
  int64_t marks = 30;
};

/// "autoencoder", "autoencoder.…" and "latent.…".
struct AutoencoderSettings {
  std::string file;  ///< the key "autoencoder"
  double latent_scale = 0;
  double latent_noise = 0.3;
  std::string net = "conv-24-48-48";
  NumberOrWord epochs = NumberWord::Auto;
  NumberOrWord freeze = NumberWord::Auto;
  int64_t batch = 64;
  std::string optimizer = "muon";
  double muon_lr = 0.04;
  double lr = 0.004;
  double beta = 0.025;
  int64_t beta_warmup = 200;
  double clip = 20;
};

/// "flow.…" and "epoch_images": the velocity network, then its training.
struct FlowSettings {
  std::string net = "compact-dit";
  int64_t patch = 2;
  int64_t width = 96;
  int64_t blocks = 4;
  int64_t heads = 4;
  double mlp_ratio = 3;
  bool precondition = true;
  double label_drop = 0.1;

  int64_t steps = 1404;
  int64_t epoch_images = 0;
  int64_t batch = 256;
  std::string optimizer = "muon";
  double muon_lr = 0.02;
  double lr = 0.006;
  int64_t warmup = 20;
  double decay = 0.5;
  double weight_decay = 0.01;
  double beta2 = 0.99;
  double clip = 1;
  std::string time = "mixed";
  std::string coupling = "independent";
  double sigma_min = 0;
  bool ema = true;
  double ema_gamma = 14;
};

/// "preview.…"
struct PreviewSettings {
  std::string solver = "midpoint";
  int64_t steps = 16;
  int64_t digits = 40;
  double guidance = 1;
  int64_t digit = -1;
  int64_t seed = 7;
  std::string weights = "ema";
  double share = 0.03;
};

/// "sampler.…"
struct SamplerSettings {
  std::string solver = "euler";
  int64_t steps = 8;
};

/// "quality.…"
struct QualitySettings {
  bool live = true;
  double interval = 15;
  int64_t count = 1000;
  int64_t final = 10000;
};

/// A value for every setting.
struct SettingValues {
  GeneralSettings general;
  AutoencoderSettings autoencoder;
  FlowSettings flow;
  PreviewSettings preview;
  SamplerSettings sampler;
  QualitySettings quality;
};

}  // namespace lf
