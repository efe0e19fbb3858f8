// Pairs of a reflow: their ends are the flow's, wherever they were interrupted.
#include "inference/reflow_pairs.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/classes.h"
#include "inference/sampling.h"
#include "input_error_of.h"
#include "random_model.h"
#include "sliced_work.h"

namespace lf::inference {
namespace {

training::FlowPairs all_of(ReflowPairMaker& maker) {
  complete_watched(maker);
  return maker.pairs();
}

TEST(ReflowPairMaker, EndsWhereTheFlowTakesEachNoise) {
  const auto model = random_model();
  model->average->parameters().flat().mul_(0.4);  // as smooth as a trained field
  ReflowPairMaker maker(model.get(), {260, 0.25, 3, 1});
  const training::FlowPairs pairs = all_of(maker);
  EXPECT_TRUE(maker.complete());
  EXPECT_DOUBLE_EQ(maker.progress(), 1);
  const flow::Trajectory finer =
      flow::integrate(model_velocity(*model, pairs.labels, 1), pairs.x0.view({-1, 4, 4, 4}),
                      integrate_options({"rk4", 50, 1}));
  const at::Tensor away = (pairs.x1 - finer.x.back().flatten(1)).square().mean(1).sqrt();
  EXPECT_LT(away.max().item<double>(), 0.05);
  EXPECT_LT(away.mean().item<double>(), 0.01);
  EXPECT_GT((pairs.x1 - pairs.x0).square().mean().item<double>(), 0.1) << "the field does move them";
}

TEST(ReflowPairMaker, AsksForTheDigitsInTurnAndHidesAShare) {
  ReflowPairMaker maker(nullptr, {5000, 0.2, 3, 1});
  const at::Tensor labels = maker.pairs().labels;
  const at::Tensor hidden = labels.eq(kNoClass);
  EXPECT_NEAR(hidden.to(at::kDouble).mean().item<double>(), 0.2, 0.03);
  const at::Tensor asked = at::arange(5000, at::kLong).remainder(10);
  EXPECT_TRUE(labels.eq(asked).logical_or(hidden).all().item<bool>());
}

TEST(ReflowPairMaker, NoiseIsNormalAndAnotherInEveryRound) {
  ReflowPairMaker first(nullptr, {2000, 0, 3, 1}), again(nullptr, {2000, 0, 3, 1}),
      next(nullptr, {2000, 0, 3, 2});
  EXPECT_TRUE(first.pairs().x0.equal(again.pairs().x0));
  EXPECT_NEAR(first.pairs().x0.mean().item<double>(), 0, 0.01);
  EXPECT_NEAR(first.pairs().x0.std().item<double>(), 1, 0.01);
  EXPECT_NEAR((first.pairs().x0 * next.pairs().x0).mean().item<double>(), 0, 0.01);
}

TEST(ReflowPairMaker, GoesOnFromWhatACheckpointKept) {
  const auto model = random_model();
  const PairPlan plan{600, 0.1, 3, 1};
  ReflowPairMaker whole(model.get(), plan), cut(model.get(), plan), resumed(model.get(), plan);
  const training::FlowPairs all = all_of(whole);
  while (cut.made().size(0) < 250) cut.advance();
  cut.advance();  // in the middle of a block, which is restarted
  resumed.load(cut.made(), "here");
  EXPECT_FALSE(resumed.complete());
  const training::FlowPairs rest = all_of(resumed);
  EXPECT_TRUE(rest.x1.equal(all.x1));
  EXPECT_TRUE(rest.x0.equal(all.x0));
  ReflowPairMaker kept(nullptr, plan);  // all complete: no teacher needed
  kept.load(whole.made(), "here");
  EXPECT_TRUE(kept.complete());
  EXPECT_FALSE(kept.advance());
}

TEST(ReflowPairMaker, RefusesWhatDoesNotFit) {
  const PairPlan plan{100, 0.1, 3, 1};
  ReflowPairMaker maker(nullptr, plan);
  for (const at::Tensor& wrong : {at::zeros({101, 64}), at::zeros({10, 63}), at::full({10, 64}, NAN)}) {
    const std::string said = input_error_of([&] { maker.load(wrong, "checkpoint"); });
    EXPECT_NE(said.find("checkpoint: the pairs of the reflow are damaged"), std::string::npos) << said;
  }
}

TEST(StudentOf, BeginsWhereTheAverageStands) {
  const auto model = random_model();
  model->flow_steps = 9;
  model->data_digest = "abc";
  const auto student = student_of(*model);
  EXPECT_TRUE(student->net->parameters().flat().equal(model->average->parameters().flat()));
  EXPECT_TRUE(student->average->parameters().flat().equal(model->average->parameters().flat()));
  EXPECT_EQ(student->flow_steps, 0);
  EXPECT_EQ(student->data_digest, "abc");
  EXPECT_EQ(reflows(*model), 0);
  EXPECT_EQ(reflows(*student), 1);
  EXPECT_EQ(reflows(*student_of(*student)), 2);
  student->net->parameters().flat().zero_();
  EXPECT_GT(model->net->parameters().flat().abs().sum().item<double>(), 0) << "memory of its own";
}

}  // namespace
}  // namespace lf::inference
