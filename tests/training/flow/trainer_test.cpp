#include "training/flow/trainer.h"

#include <gtest/gtest.h>

#include <cmath>
#include <memory>

#include "base/classes.h"
#include "base/errors.h"
#include "data/generator.h"
#include "flow/paths.h"
#include "flow_bench.h"
#include "models/velocity_dit.h"

namespace lf::training {
namespace {

using FlowTrainerBench = testing::FlowBench;

FlowTrainingOptions flow_options(int64_t steps) {
  FlowTrainingOptions o;
  o.batch = 64;
  o.total_steps = steps;
  o.warmup = 2;
  return o;
}

TEST(Standardise, ScaleIsThatOfTheSampledLatent) {
  const Latents latents{at::tensor({1.0f, 3.0f}).view({2, 1}).expand({2, 64}).contiguous(),
                        at::full({2, 64}, 2.0f)};
  const auto s = standardise(latents);
  EXPECT_NEAR(s.shift[0].item<double>(), 2, 1e-6);
  EXPECT_NEAR(s.scale[0].item<double>(), std::sqrt(1.0 + 4.0), 1e-5);
  const at::Tensor x = at::randn({3, 64});
  EXPECT_LT((s.to_raw(s.to_standard(x)) - x).abs().max().item<double>(), 1e-5);
}

TEST(FlowTrainer, FirstLossIsTheSquaredTarget) {
  for (const double sigma_min : {0.0, 0.1}) {
    auto o = flow_options(10);
    o.sigma_min = sigma_min;
    FlowTrainerBench s(o);
    const FlowBatch batch = s.trainer->batch(0);
    const double expected = (batch.x1 - (1 - sigma_min) * batch.x0).square().mean().item<double>();
    s.step();  // the untrained network gives v = 0
    EXPECT_NEAR(s.trainer->report().loss, expected, 1e-5) << "sigma_min " << sigma_min;
  }
}

TEST(FlowTrainer, UntrainedLossIsTwoOnAverage) {
  FlowTrainerBench s(flow_options(200));
  double sum = 0;
  for (int64_t step = 0; step < 100; ++step) {
    const FlowBatch b = s.trainer->batch(step);
    sum += (b.x1 - b.x0).square().mean().item<double>();
  }
  EXPECT_NEAR(sum / 100, 2.0, 0.04);
}

TEST(FlowTrainer, LabelsAreDroppedAtTheirRate) {
  auto o = flow_options(10);
  o.batch = 512;
  o.label_drop = 0.25;
  FlowTrainerBench s(o);
  int64_t hidden = 0;
  for (int64_t step = 0; step < 40; ++step)
    hidden += (s.trainer->batch(step).labels == kNoClass).sum().item<int64_t>();
  EXPECT_NEAR(static_cast<double>(hidden) / (40 * 512), 0.25, 0.02);
}

TEST(FlowTrainer, ACouplingOnlyPairsTheSameNoiseAnew) {
  auto o = flow_options(10);
  o.label_drop = 0.25;
  FlowTrainerBench chance(o);
  for (const auto& [name, law] : flow::coupling_laws()) {
    o.coupling = law;
    FlowTrainerBench s(o);
    const FlowBatch a = chance.trainer->batch(3), b = s.trainer->batch(3);
    EXPECT_TRUE(a.x1.equal(b.x1) && a.t.equal(b.t) && a.labels.equal(b.labels)) << name;
    const auto sorted = [](const FlowBatch& batch) { return std::get<0>(batch.x0.flatten().sort()); };
    EXPECT_TRUE(sorted(a).equal(sorted(b))) << name;
    const auto cost = [](const FlowBatch& batch) {
      return (batch.x1 - batch.x0).square().sum().item<double>();
    };
    if (law == flow::CouplingLaw::Independent)
      EXPECT_TRUE(a.x0.equal(b.x0));
    else
      EXPECT_LT(cost(b), cost(a)) << name;
  }
}

TEST(FlowTrainer, TrainsOnGivenPairs) {
  FlowTrainerBench s(flow_options(400));
  // Every noise is paired with its half: a flow that one step solves exactly.
  const at::Tensor x0 = at::randn({640, 64}, data::make_generator(5, Purpose::FlowNoise), at::kFloat);
  const FlowPairs pairs{x0, 0.5 * x0, at::full({640}, kNoClass, at::kLong)};
  s.trainer->train_on(pairs);
  EXPECT_EQ(s.trainer->steps_per_epoch(), 10);
  at::Tensor seen = at::zeros({640});
  for (int64_t step = 0; step < 10; ++step) {
    const FlowBatch b = s.trainer->batch(step);
    EXPECT_LT((b.x1 - 0.5 * b.x0).abs().max().item<double>(), 1e-6);
    EXPECT_TRUE(b.labels.eq(kNoClass).all().item<bool>());
    seen += (b.x0.flatten(1).select(1, 0).unsqueeze(0) == x0.select(1, 0).unsqueeze(1)).sum(1);
  }
  EXPECT_TRUE(seen.eq(1).all().item<bool>()) << "an epoch sees every pair once";
  s.step();
  const double first = s.trainer->report().loss;
  while (!s.trainer->done()) s.step();
  EXPECT_LT(s.trainer->report().loss, 0.2 * first);
}

TEST(FlowTrainer, LearnsAndAverages) {
  auto o = flow_options(150);
  o.rate = 3e-3;
  FlowTrainerBench s(o);
  s.step();
  const double first = s.trainer->report().loss;
  while (!s.trainer->done()) s.step();
  double last = 0;  // single batches are noisy
  const auto& bins = s.trainer->loss_by_time().mean;
  for (const double mean : bins) last += mean / static_cast<double>(bins.size());
  EXPECT_LT(last, 0.97 * first);
  EXPECT_FALSE(at::equal(s.net->parameters().flat(), s.average->parameters().flat()));
  EXPECT_EQ(s.trainer->loss_by_time().mean.size(), 20u);
}

TEST(FlowTrainer, MicroBatchesAddUpToTheBatch) {
  auto sliced = flow_options(5);
  sliced.micro_batch = 16;
  FlowTrainerBench whole(flow_options(5)), parts(sliced);
  for (int i = 0; i < 2; ++i) {
    whole.step();
    parts.step();
  }
  EXPECT_NEAR(whole.trainer->report().loss, parts.trainer->report().loss, 1e-4);
  EXPECT_NEAR(whole.trainer->report().gradient_norm, parts.trainer->report().gradient_norm, 1e-3);
}

TEST(FlowTrainer, ResumesExactly) {
  FlowTrainerBench whole(flow_options(12)), half(flow_options(12));
  for (int i = 0; i < 12; ++i) whole.step();
  for (int i = 0; i < 5; ++i) half.step();
  std::map<std::string, at::Tensor> saved;
  for (const auto& [name, value] : half.trainer->to_map()) saved[name] = value.clone();
  const at::Tensor weights = half.net->parameters().flat().clone(),
                   average = half.average->parameters().flat().clone();
  FlowTrainerBench resumed(flow_options(12));
  resumed.net->parameters().flat().copy_(weights);
  resumed.average->parameters().flat().copy_(average);
  resumed.trainer->load(saved, "file");
  while (!resumed.trainer->done()) resumed.step();
  EXPECT_TRUE(at::equal(whole.net->parameters().flat(), resumed.net->parameters().flat()));
  EXPECT_TRUE(at::equal(whole.average->parameters().flat(), resumed.average->parameters().flat()));
  EXPECT_THROW(resumed.trainer->load({}, "file"), InputError);
}

TEST(FlowTrainer, ADamagedStateIsRefusedAsInput) {
  FlowTrainerBench s(flow_options(12));
  const auto saved = s.trainer->to_map();
  const std::map<std::string, at::Tensor> damaged{{"flow.schedule", at::zeros({1, 2}, at::kLong)},
                                                  {"flow.ema.updates", at::full({1}, -1, at::kLong)},
                                                  {"flow.decay", at::full({1}, 1e300, at::kDouble)},
                                                  {"flow.by_time.count", at::full({20}, 1e300, at::kDouble)},
                                                  {"flow.by_time.mean", at::zeros({20}, at::kLong)},
                                                  {"flow.optimizer.steps", at::zeros({0}, at::kLong)},
                                                  {"flow.optimizer.first", at::zeros({3}, at::kFloat)}};
  for (const auto& [name, value] : damaged) {
    auto wrong = saved;
    ASSERT_TRUE(wrong.count(name)) << name;
    wrong[name] = value;
    EXPECT_THROW(s.trainer->load(wrong, "file"), InputError) << name;
  }
}

TEST(FlowTrainer, OpenEndedRunsUntilItIsToldToFinish) {
  FlowTrainerBench s(flow_options(3));
  s.trainer->set_open_ended();
  for (int i = 0; i < 8; ++i) s.step();
  EXPECT_FALSE(s.trainer->done());
  EXPECT_NEAR(s.trainer->report().rate, 1.5e-3, 1e-9) << "constant until the goal is reached";
  s.trainer->finish_within(4);
  for (int i = 0; i < 4; ++i) {
    EXPECT_FALSE(s.trainer->done());
    s.step();
  }
  EXPECT_TRUE(s.trainer->done());
  EXPECT_NEAR(s.trainer->report().rate, 1.5e-3 / 4, 1e-5);
}

TEST(FlowTrainer, TrainsLongerWithANewWarmUp) {
  FlowTrainerBench s(flow_options(4));
  for (int i = 0; i < 4; ++i) s.step();
  EXPECT_TRUE(s.trainer->done());
  s.trainer->extend(10);
  EXPECT_FALSE(s.trainer->done());
  s.step();
  EXPECT_NEAR(s.trainer->report().rate, 1.5e-3 / 2, 1e-9);
  while (!s.trainer->done()) s.step();
  EXPECT_EQ(s.trainer->step(), 14);
}

}  // namespace
}  // namespace lf::training
