#include "training/autoencoder_trainer.h"

#include <gtest/gtest.h>

#include <cmath>

#include "small_digits.h"

namespace lf {
namespace {

ConvAutoencoder tiny_net() {
  return ConvAutoencoder(conv_autoencoder_config("conv-8-16-16"), make_generator(1, Purpose::AutoencoderInit),
                         true);
}

AutoencoderTrainingOptions options(int64_t steps) {
  AutoencoderTrainingOptions o;
  o.batch = 64;
  o.total_steps = steps;
  o.beta_warmup = 5;
  return o;
}

void complete_step(AutoencoderTrainer& trainer) {
  while (!trainer.advance()) {
  }
}

TEST(AutoencoderTrainer, LearnsToReconstruct) {
  ConvAutoencoder net = tiny_net();
  AutoencoderTrainer trainer(net, pixel_tensor(small_digits().train), options(60));
  complete_step(trainer);
  const double first = trainer.report().loss;
  EXPECT_NEAR(first, 784 * std::log(2.0), 40) << "an untrained decoder is undecided about every pixel";
  while (!trainer.done()) complete_step(trainer);
  EXPECT_LT(trainer.report().loss, 0.55 * first);
  EXPECT_EQ(trainer.report().step, 60);
}

TEST(AutoencoderTrainer, LearnsFasterWithOrthogonalUpdates) {
  double last[2];
  for (const bool muon : {false, true}) {
    ConvAutoencoder net(conv_autoencoder_config("conv-24-48-48"), make_generator(1, Purpose::AutoencoderInit),
                        true);
    auto o = options(150);
    o.batch = 32;
    o.muon = muon;
    o.muon_rate = 0.05;
    AutoencoderTrainer trainer(net, pixel_tensor(small_digits().train), o);
    while (!trainer.done()) complete_step(trainer);
    last[muon] = trainer.report().loss;
  }
  EXPECT_LT(last[1], last[0]);
}

TEST(AutoencoderTrainer, SameSeedSameBytes) {
  const at::Tensor pixels = pixel_tensor(small_digits().train);
  ConvAutoencoder a = tiny_net(), b = tiny_net();
  AutoencoderTrainer first(a, pixels, options(6)), second(b, pixels, options(6));
  for (int i = 0; i < 6; ++i) {
    complete_step(first);
    complete_step(second);
  }
  EXPECT_TRUE(at::equal(a.parameters().flat(), b.parameters().flat()));
}

TEST(AutoencoderTrainer, MicroBatchesAddUpToTheBatch) {
  const at::Tensor pixels = pixel_tensor(small_digits().train);
  ConvAutoencoder whole = tiny_net(), parts = tiny_net();
  AutoencoderTrainer first(whole, pixels, options(6));
  auto sliced = options(6);
  sliced.micro_batch = 16;
  AutoencoderTrainer second(parts, pixels, sliced);
  complete_step(first);
  int slices = 1;
  while (!second.advance()) ++slices;
  EXPECT_EQ(slices, 4);
  EXPECT_NEAR(first.report().loss, second.report().loss, 1e-3);
  EXPECT_NEAR(first.report().gradient_norm, second.report().gradient_norm,
              1e-3 * first.report().gradient_norm);
}

TEST(AutoencoderTrainer, ResumesExactly) {
  const at::Tensor pixels = pixel_tensor(small_digits().train);
  ConvAutoencoder net = tiny_net(), copy = tiny_net();
  AutoencoderTrainer whole(net, pixels, options(8));
  std::map<std::string, at::Tensor> saved;
  for (int i = 0; i < 8; ++i) {
    complete_step(whole);
    if (i != 3) continue;
    for (const auto& [name, value] : whole.to_map()) saved[name] = value.clone();
    copy.parameters().copy_from(net.parameters());
  }
  AutoencoderTrainer resumed(copy, pixels, options(8));
  resumed.load(saved, "file");
  EXPECT_EQ(resumed.step(), 4);
  while (!resumed.done()) complete_step(resumed);
  EXPECT_TRUE(at::equal(net.parameters().flat(), copy.parameters().flat()));
}

}  // namespace
}  // namespace lf
