// What a stranger's model file may hold: it is refused in one line, or it draws.
#include <gtest/gtest.h>

#include "inference/sampling.h"
#include "models/weights/tensor_io.h"
#include "random_model.h"
#include "stranger.h"

namespace lf {
namespace {

constexpr int kFiles = 400;

/// Opens the file as load_model does, and draws with what comes.
void open_and_draw(Safetensors file) {
  const auto metadata = file.metadata;
  const auto model = model_of(metadata, to_tensors(std::move(file)), "stranger.safetensors");
  decode_pixels(*model, at::zeros({1, kLatentSize}));
  sample_pixels(*model, cycled_labels(0, 2, -1), {"euler", 1, 1}, make_generator(1, Purpose::Sample));
}

void expect_refused_or_drawn(const std::string& net) {
  const auto sound = random_model(net);
  const Safetensors file = model_file(*sound);
  open_and_draw(Stranger(0, "no tensor begins so").damage(file));
  const int refused = refused_copies(file, Stranger(7), kFiles, open_and_draw);
  EXPECT_GT(refused, kFiles / 2);  // weights may be any numbers, what else is damaged may not
}

TEST(HostileModel, TheCompactNetIsRefusedOrDraws) { expect_refused_or_drawn("compact-dit"); }

TEST(HostileModel, TheDitIsRefusedOrDraws) { expect_refused_or_drawn("dit"); }

}  // namespace
}  // namespace lf
