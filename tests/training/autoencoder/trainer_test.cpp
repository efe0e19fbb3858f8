#include "training/autoencoder/trainer.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/image_shape.h"
#include "data/generator.h"
#include "sliced_work.h"
#include "small_digits.h"
#include "training/optimizers.h"

namespace lf::training {
namespace {

models::ConvAutoencoder tiny_net() {
  return models::ConvAutoencoder(models::conv_autoencoder_config("conv-8-16-16"),
                                 data::make_generator(1, Purpose::AutoencoderInit), true);
}

AutoencoderTrainingOptions options(int64_t steps) {
  AutoencoderTrainingOptions o;
  o.batch = 64;
  o.total_steps = steps;
  o.beta_warmup = 5;
  return o;
}

void complete_step(AutoencoderTrainer& trainer) {
  while (!trainer.advance_step()) {
  }
}

TEST(AutoencoderTrainer, LearnsToReconstruct) {
  models::ConvAutoencoder net = tiny_net();
  AutoencoderTrainer trainer(net, data::pixel_tensor(small_digits().train), options(60));
  complete_step(trainer);
  const double first = trainer.report().loss;
  EXPECT_NEAR(first, kDigitPixels * std::log(2.0), 40)
      << "an untrained decoder is undecided about every pixel";
  while (!trainer.done()) complete_step(trainer);
  EXPECT_LT(trainer.report().loss, 0.55 * first);
  EXPECT_EQ(trainer.report().step, 60);
}

TEST(AutoencoderTrainer, LearnsFasterWithOrthogonalUpdates) {
  double last[2];
  for (const bool muon : {false, true}) {
    models::ConvAutoencoder net(models::conv_autoencoder_config("conv-24-48-48"),
                                data::make_generator(1, Purpose::AutoencoderInit), true);
    auto o = options(150);
    o.batch = 32;
    o.muon = muon;
    o.muon_rate = 0.05;
    AutoencoderTrainer trainer(net, data::pixel_tensor(small_digits().train), o);
    while (!trainer.done()) complete_step(trainer);
    last[muon] = trainer.report().loss;
  }
  EXPECT_LT(last[1], last[0]);
}

TEST(AutoencoderTrainer, SameSeedSameBytes) {
  const at::Tensor pixels = data::pixel_tensor(small_digits().train);
  models::ConvAutoencoder a = tiny_net(), b = tiny_net();
  AutoencoderTrainer first(a, pixels, options(6)), second(b, pixels, options(6));
  for (int i = 0; i < 6; ++i) {
    complete_step(first);
    complete_step(second);
  }
  EXPECT_TRUE(at::equal(a.parameters().flat(), b.parameters().flat()));
}

TEST(AutoencoderTrainer, MicroBatchesAddUpToTheBatch) {
  const at::Tensor pixels = data::pixel_tensor(small_digits().train);
  models::ConvAutoencoder whole = tiny_net(), parts = tiny_net();
  AutoencoderTrainer first(whole, pixels, options(6));
  auto sliced = options(6);
  sliced.micro_batch = 16;
  AutoencoderTrainer second(parts, pixels, sliced);
  complete_step(first);
  int slices = 1;
  while (!second.advance_step()) ++slices;
  EXPECT_EQ(slices, 4);
  EXPECT_NEAR(first.report().loss, second.report().loss, 1e-3);
  EXPECT_NEAR(first.report().gradient_norm, second.report().gradient_norm,
              1e-3 * first.report().gradient_norm);
}

TEST(AutoencoderTrainer, ResumesExactly) {
  const at::Tensor pixels = data::pixel_tensor(small_digits().train);
  models::ConvAutoencoder net = tiny_net(), copy = tiny_net();
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

/// Posteriors of all digits by the current encoder.
LatentCache encoded(const models::ConvAutoencoder& net, const at::Tensor& pixels, double noise = 1) {
  LatentCache cache(net, pixels, noise);
  complete_watched(cache);
  return cache;
}

AutoencoderTrainingOptions muon_options(int64_t steps) {
  auto o = options(steps);
  o.muon = true;
  return o;
}

at::Tensor encoder_of(const models::ConvAutoencoder& net) {
  const models::ParameterSet& parameters = net.parameters();
  return parameters.flat().narrow(0, 0, range_of(parameters, "decoder.").first);
}

TEST(AutoencoderTrainer, AFrozenEncoderKeepsItsBytesWhileTheDecoderLearns) {
  const at::Tensor pixels = data::pixel_tensor(small_digits().train);
  models::ConvAutoencoder net = tiny_net();
  AutoencoderTrainer trainer(net, pixels, muon_options(60));
  for (int i = 0; i < 20; ++i) complete_step(trainer);
  const double before = trainer.report().loss;
  const LatentCache posteriors = encoded(net, pixels);
  trainer.freeze_encoder(posteriors);
  EXPECT_TRUE(trainer.encoder_frozen());
  const at::Tensor encoder = encoder_of(net).clone(), all = net.parameters().flat().clone();
  while (!trainer.done()) complete_step(trainer);
  EXPECT_TRUE(at::equal(encoder, encoder_of(net)));
  EXPECT_FALSE(at::equal(all, net.parameters().flat()));
  EXPECT_EQ(trainer.report().step, 60);
  EXPECT_LT(trainer.report().loss, 0.9 * before);
}

TEST(AutoencoderTrainer, TheDecoderLearnsAllOfThePosteriorsNoiseWhateverTheFlowLearns) {
  const at::Tensor pixels = data::pixel_tensor(small_digits().train);
  const auto trained = [&](double noise) {
    models::ConvAutoencoder net = tiny_net();
    AutoencoderTrainer trainer(net, pixels, muon_options(8));
    for (int i = 0; i < 4; ++i) complete_step(trainer);
    const LatentCache posteriors = encoded(net, pixels, noise);
    trainer.freeze_encoder(posteriors);
    while (!trainer.done()) complete_step(trainer);
    return net.parameters().flat().clone();
  };
  EXPECT_TRUE(at::equal(trained(1), trained(0)));
}

TEST(AutoencoderTrainer, TheRateRisesWithinTheEncodersPhaseAndFallsOverAllSteps) {
  const at::Tensor pixels = data::pixel_tensor(small_digits().train);
  const auto rates_of = [&](int64_t encoder_steps) {
    models::ConvAutoencoder net = tiny_net();
    auto o = options(40);
    o.encoder_steps = encoder_steps;
    AutoencoderTrainer trainer(net, pixels, o);
    std::vector<double> rates;
    while (!trainer.done()) {
      complete_step(trainer);
      rates.push_back(trainer.report().rate / o.rate);
    }
    return rates;
  };
  const auto early = rates_of(20), end = rates_of(40);
  EXPECT_NEAR(early[0], 0.04, 1e-9);
  EXPECT_NEAR(early[2], 1, 1e-9) << "a tenth of the encoder's steps";
  EXPECT_NEAR(end[4], 1, 1e-9) << "a tenth of all";
  EXPECT_NEAR(early[21], 0.5, 1e-3) << "half way down";
  EXPECT_LT(early[39], 0.01);
  for (size_t i = 3; i < early.size(); ++i) EXPECT_LT(early[i], early[i - 1]) << i;
}

TEST(AutoencoderTrainer, TheDecoderAloneHasTheGradientItHasInTheWhole) {
  const models::ConvAutoencoder net = tiny_net();
  const at::Tensor pixels = data::pixel_tensor(small_digits().train);
  const LatentCache posteriors = encoded(net, pixels);
  const at::Tensor rows = at::arange(32, at::kLong), images = data::image_batch(pixels, rows);
  auto generator = data::make_generator(5, Purpose::AutoencoderNoise);
  const at::Tensor noise = at::randn({32, 4, 4, 4}, generator, at::kFloat);
  const AutoencoderLoss whole = autoencoder_loss(net, images, noise, 0.1);
  whole.total.backward();
  const ParameterRange decoder = range_of(net.parameters(), "decoder.");
  const at::Tensor expected = decoder.of(net.parameters().flat_gradient()).clone();
  net.parameters().flat_gradient().zero_();
  const AutoencoderLoss part = decoder_loss(net, images, posteriors.rows(rows), noise, 0.1);
  part.total.backward();
  EXPECT_NEAR(part.total.item<double>(), whole.total.item<double>(), 1e-3);
  EXPECT_NEAR(part.divergence.item<double>(), whole.divergence.item<double>(), 1e-3);
  const at::Tensor found = decoder.of(net.parameters().flat_gradient());
  EXPECT_LT((found - expected).norm().item<double>(), 1e-4 * expected.norm().item<double>());
  EXPECT_EQ(net.parameters().flat_gradient().narrow(0, 0, decoder.first).abs().max().item<double>(), 0);
}

TEST(AutoencoderTrainer, ResumesExactlyWithAFrozenEncoder) {
  const at::Tensor pixels = data::pixel_tensor(small_digits().train);
  models::ConvAutoencoder net = tiny_net(), copy = tiny_net();
  AutoencoderTrainer whole(net, pixels, muon_options(14));
  for (int i = 0; i < 4; ++i) complete_step(whole);
  const LatentCache posteriors = encoded(net, pixels);
  whole.freeze_encoder(posteriors);
  for (int i = 0; i < 5; ++i) complete_step(whole);
  std::map<std::string, at::Tensor> saved;
  for (const auto& [name, value] : whole.to_map()) saved[name] = value.clone();
  copy.parameters().copy_from(net.parameters());
  while (!whole.done()) complete_step(whole);

  AutoencoderTrainer resumed(copy, pixels, muon_options(14));
  resumed.load(saved, "file");
  const LatentCache again = encoded(copy, pixels);
  resumed.freeze_encoder(again);
  EXPECT_EQ(resumed.step(), 9);
  while (!resumed.done()) complete_step(resumed);
  EXPECT_TRUE(at::equal(net.parameters().flat(), copy.parameters().flat()));
}

}  // namespace
}  // namespace lf::training
