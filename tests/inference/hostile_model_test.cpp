// Damaged model files: rejected in one line, or usable for sampling.
#include <gtest/gtest.h>

#include "data/generator.h"
#include "inference/noise.h"
#include "inference/sampling.h"
#include "models/weights/tensor_io.h"
#include "random_model.h"
#include "stranger.h"

namespace lf::inference {
namespace {

constexpr int kFiles = 400;

/// Opens the file like load_model, and samples with the result.
void open_and_draw(files::Safetensors file) {
  const auto metadata = file.metadata;
  const auto model = model_of(metadata, models::to_tensors(std::move(file)), "stranger.safetensors");
  decode_pixels(*model, at::zeros({1, models::kLatentSize}));
  sample_pixels(*model, cycled_labels(0, 2, -1), {"euler", 1, 1}, latent_noise(1, Purpose::Sample, 0, 2));
}

void expect_refused_or_drawn(const std::string& net) {
  const auto sound = random_model(net);
  const files::Safetensors file = model_file(*sound);
  open_and_draw(Stranger(0, "no tensor begins so").damage(file));
  const int refused = refused_copies(file, Stranger(7), kFiles, open_and_draw);
  EXPECT_GT(refused, kFiles / 2);  // weights may be any numbers; other damage is an error
}

TEST(HostileModel, TheCompactNetIsRefusedOrDraws) { expect_refused_or_drawn("compact-dit"); }

TEST(HostileModel, TheDitIsRefusedOrDraws) { expect_refused_or_drawn("dit"); }

}  // namespace
}  // namespace lf::inference
