// Damaged weights files: rejected in one line, or the network runs.
#include <ATen/CPUGeneratorImpl.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "foreign_names.h"
#include "models/kl_autoencoder.h"
#include "models/weights/file.h"
#include "stranger.h"

namespace lf::models {
namespace {

namespace fs = std::filesystem;

constexpr int kFiles = 400;

at::Generator hostile_generator() { return at::make_generator<at::CPUGeneratorImpl>(1); }

/// Damages `sound` repeatedly, and passes each file to `use` under a path.
void expect_refused_or_used(const files::Safetensors& sound,
                            const std::function<void(const std::string&)>& use, int files = kFiles) {
  const fs::path folder = fs::temp_directory_path() / ("lf_hostile_" + std::to_string(getpid()));
  fs::create_directories(folder);
  const std::string path = (folder / "w.safetensors").string();
  const int refused = refused_copies(sound, Stranger(11), files, [&](const files::Safetensors& damaged) {
    files::write_safetensors(path, damaged);
    use(path);
  });
  fs::remove_all(folder);
  EXPECT_GT(refused, files / 4);
}

files::Safetensors written(const std::function<void(const std::string&)>& save) {
  const fs::path path = fs::temp_directory_path() / ("lf_sound_" + std::to_string(getpid()) + ".safetensors");
  save(path.string());
  files::Safetensors file = files::read_safetensors(path);
  fs::remove(path);
  return file;
}

TEST(HostileWeights, ADitIsRefusedOrRuns) {
  const Dit net({4, 2, 4, 32, 2, 2, 4}, hostile_generator(), false);
  const auto file = written([&](const std::string& path) { save_dit(path, net); });
  expect_refused_or_used(file, [](const std::string& path) {
    std::string notice;
    const auto dit = load_dit(read_weights(path), 0, false, notice);
    const auto& c = dit->config();
    dit->forward(at::zeros({1, c.channels, c.input_size, c.input_size}), at::full({1}, 0.5));
  });
}

TEST(HostileWeights, ALabelledDitBesideItsAverageIsRefusedOrRuns) {
  DitConfig config{4, 2, 4, 32, 2, 2, 4, true};
  const Dit net(config, hostile_generator(), false);
  files::Safetensors file = written([&](const std::string& path) { save_dit(path, net); });
  const auto raw = file.tensors;
  for (const auto& [name, tensor] : raw) file.tensors["ema." + name] = tensor;
  expect_refused_or_used(
      file,
      [](const std::string& path) {
        std::string notice;
        for (const bool raw : {false, true}) {
          const auto dit = load_dit(read_weights(path, WeightsKind::Dit, raw), 0, false, notice);
          const auto& c = dit->config();
          dit->forward(at::zeros({1, c.channels, c.input_size, c.input_size}), at::full({1}, 0.5),
                       at::full({1}, 3, at::kLong));
        }
      },
      kFiles / 4);
}

TEST(HostileWeights, AnAutoencoderInOtherNamesIsRefusedOrRuns) {
  KlAutoencoderConfig config;
  config.widths = {32, 32};
  config.layers_per_block = 1;
  const KlAutoencoder net(config, hostile_generator());
  const auto file = as_latent_diffusion(
      written([&](const std::string& path) { save_kl_autoencoder(path, net); }), 2, "first_stage_model.");
  expect_refused_or_used(
      file,
      [](const std::string& path) {
        const auto loaded = load_kl_autoencoder(read_weights(path));
        loaded->decode(at::zeros({1, loaded->config().latent_channels, 4, 4}));
      },
      kFiles / 4);
}

TEST(HostileWeights, AHundredThousandNamesTakeNoTime) {
  std::string json = "{";
  int64_t at = 0;
  const auto add = [&](const std::string& name) {
    json += (at ? ",\"" : "\"") + name + R"(":{"dtype":"U8","shape":[1],"data_offsets":[)" +
            std::to_string(at) + "," + std::to_string(at + 1) + "]}";
    ++at;
  };
  for (int i = 0; i < 100000; ++i) add("p" + std::to_string(i) + ".x_embedder.proj.weight");
  add("model_ema." + std::string(100000, '.'));
  json += "}";
  const fs::path path = fs::temp_directory_path() / ("lf_many_" + std::to_string(getpid()) + ".safetensors");
  std::ofstream file(path, std::ios::binary);
  for (int i = 0; i < 8; ++i) file.put(static_cast<char>(json.size() >> (8 * i)));
  file << json << std::string(static_cast<size_t>(at), 'x');
  file.close();
  EXPECT_EQ(refused_of([&] { read_weights(path.string()); }), 1);
  fs::remove(path);
}

TEST(HostileWeights, AKlAutoencoderIsRefusedOrRuns) {
  KlAutoencoderConfig config;
  config.widths = {32, 32};
  config.layers_per_block = 1;
  const KlAutoencoder net(config, hostile_generator());
  const auto file = written([&](const std::string& path) { save_kl_autoencoder(path, net); });
  expect_refused_or_used(file, [](const std::string& path) {
    const auto loaded = load_kl_autoencoder(read_weights(path));
    loaded->decode(at::zeros({1, loaded->config().latent_channels, 4, 4}));
  });
}

}  // namespace
}  // namespace lf::models
