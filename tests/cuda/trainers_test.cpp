#include <gtest/gtest.h>

#include <cmath>
#include <memory>

#include "base/image_shape.h"
#include "data/batches.h"
#include "data/generator.h"
#include "data/stroke_digits.h"
#include "flow_bench.h"
#include "host_accelerator.h"
#include "models/velocity_dit.h"
#include "training/autoencoder/trainer.h"
#include "training/flow/trainer.h"

namespace lf::cuda {
namespace {

/// Trains with steps on an accelerator that is the processor, or with the usual steps.
struct Bench : testing::FlowBench {
  explicit Bench(const training::FlowTrainingOptions& given, bool accelerated = true)
      : FlowBench(given, accelerated ? &host() : nullptr) {}

  static training::Accelerator& host() {
    static testing::HostAccelerator accelerator;
    return accelerator;
  }
};

training::FlowTrainingOptions options(int64_t steps) {
  training::FlowTrainingOptions o;
  o.batch = 64;
  o.total_steps = steps;
  o.warmup = 2;
  o.rate = 3e-3;
  return o;
}

/// Trains to the end; the mean loss of the last 50 steps.
double train(Bench& s) {
  double sum = 0;
  while (!s.trainer->done()) {
    s.step();
    if (s.trainer->step() > s.trainer->options().total_steps - 50) sum += s.trainer->report().loss / 50;
  }
  return sum;
}

TEST(AcceleratedFlow, BeginsWhereTheProcessorsDoes) {
  Bench s(options(10));
  s.step();
  EXPECT_NEAR(s.trainer->report().loss, 2, 0.15) << "an untrained net gives v = 0";
  EXPECT_NEAR(s.trainer->report().rate, 3e-3 / 2, 1e-9);
  EXPECT_EQ(s.trainer->step(), 1);
}

TEST(AcceleratedFlow, LearnsAsMuchAsTheProcessors) {
  Bench there(options(150)), here(options(150), false);
  const double reached = train(there);
  EXPECT_NEAR(reached, train(here), 0.04);
  EXPECT_LT(reached, 1.85);
  EXPECT_EQ(there.trainer->step(), 150);
  EXPECT_TRUE(there.trainer->weights_whole());
  for (const int64_t count : there.trainer->loss_by_time().count) EXPECT_GT(count, 0);
  EXPECT_FALSE(at::equal(there.net->parameters().flat(), there.average->parameters().flat()));
}

TEST(AcceleratedFlow, RunsAheadOfWhatItTellsUntilItIsHeld) {
  Bench s(options(1000));
  for (int i = 0; i < 40; ++i) s.step();
  EXPECT_FALSE(s.trainer->weights_whole());
  s.trainer->hold();
  while (!s.trainer->weights_whole()) s.trainer->advance_step();
  const int64_t step = s.trainer->step();
  const at::Tensor weights = s.net->parameters().flat().clone();
  EXPECT_GT(step, 40);
  s.trainer->stop_at(step);
  EXPECT_FALSE(s.trainer->advance_step());
  EXPECT_TRUE(at::equal(weights, s.net->parameters().flat()));
}

TEST(AcceleratedFlow, ResumesExactly) {
  Bench whole(options(60)), half(options(60)), resumed(options(60));
  while (!whole.trainer->done()) whole.step();
  half.trainer->stop_at(25);
  while (half.trainer->step() < 25) half.step();
  std::map<std::string, at::Tensor> saved;
  for (const auto& [name, value] : half.trainer->to_map()) saved[name] = value.clone();
  resumed.net->parameters().copy_from(half.net->parameters());
  resumed.average->parameters().copy_from(half.average->parameters());
  resumed.trainer->load(saved, "file");
  EXPECT_EQ(resumed.trainer->step(), 25);
  while (!resumed.trainer->done()) resumed.step();
  EXPECT_TRUE(at::equal(whole.net->parameters().flat(), resumed.net->parameters().flat()));
  EXPECT_TRUE(at::equal(whole.average->parameters().flat(), resumed.average->parameters().flat()));
}

TEST(AcceleratedFlow, FinishesWithinStepsThatHaveNotBegun) {
  Bench s(options(3));
  s.trainer->set_open_ended();
  for (int i = 0; i < 60; ++i) s.step();
  s.trainer->finish_within(20);
  while (!s.trainer->done()) s.step();
  EXPECT_TRUE(s.trainer->weights_whole());
  EXPECT_GE(s.trainer->step(), 80);
  EXPECT_NEAR(s.trainer->report().rate, 3e-3 / 20, 1e-5);
}

TEST(AcceleratedFlow, KnowsEveryLatentBeforeItBegins) {
  const models::ConvAutoencoder autoencoder(models::conv_autoencoder_config("conv-8-16-16"),
                                            data::make_generator(1, Purpose::AutoencoderInit), false);
  const at::Tensor pixels = at::randint(0, 256, {300, kDigitPixels}, at::kByte);
  Bench s(options(4));
  training::LatentCache cache(autoencoder, pixels);
  training::FlowTrainer trainer(*s.net, *s.average, cache, {at::zeros({64}), at::ones({64})},
                                at::zeros({300}, at::kLong), options(4), &Bench::host());
  EXPECT_FALSE(trainer.advance_step());
  EXPECT_FALSE(cache.complete());
  while (!trainer.done()) trainer.advance_step();
  EXPECT_TRUE(cache.complete());
}

TEST(AcceleratedAutoencoder, LearnsAsMuchAsTheProcessors) {
  const at::Tensor pixels = data::pixel_tensor(data::make_stroke_digits(256, 10).train);
  training::AutoencoderTrainingOptions o;
  o.batch = 32;
  o.total_steps = 60;
  o.beta_warmup = 20;
  testing::HostAccelerator accelerator;
  double last[2];
  for (const bool accelerated : {false, true}) {
    models::ConvAutoencoder net(models::conv_autoencoder_config("conv-8-16-16"),
                                data::make_generator(1, Purpose::AutoencoderInit), true);
    training::AutoencoderTrainer trainer(net, pixels, o, accelerated ? &accelerator : nullptr);
    double sum = 0;
    while (!trainer.done()) {
      if (trainer.advance_step() && trainer.step() > 50) sum += trainer.report().loss / 10;
    }
    EXPECT_EQ(trainer.step(), 60);
    EXPECT_TRUE(trainer.weights_whole());
    last[accelerated ? 1 : 0] = sum;
  }
  EXPECT_NEAR(last[1], last[0], 0.1 * last[0]);
}

}  // namespace
}  // namespace lf::cuda
