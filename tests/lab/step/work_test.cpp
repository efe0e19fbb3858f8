// One step explained compared with a step made here by hand.
#include <ATen/core/grad_mode.h>
#include <gtest/gtest.h>

#include <cmath>

#include "base/image_shape.h"
#include "data/data_tensors.h"
#include "data/generator.h"
#include "lab/lab.h"
#include "lab/step/result.h"
#include "lab/step/weight_groups.h"
#include "lab/table.h"
#include "random_model.h"

namespace lf::lab {
namespace {

data::DataTensors random_digits(int64_t count) {
  auto g = data::make_generator(3, Purpose::Sample);
  const at::Tensor pixels = at::randint(0, 256, {count, kDigitPixels}, g, at::kLong).to(at::kByte);
  const at::Tensor labels = at::arange(count, at::kLong).remainder(10);
  return {pixels, labels, pixels, labels};
}

class OneStepTest : public ::testing::Test {
 protected:
  OneStepTest() {
    auto g = data::make_generator(1, Purpose::FlowInit);
    model->net->parameters().flat().detach().normal_(0, 0.1, g);
    lab.set_model(model.get());
    lab.set_data(&data);
  }
  const LabStep& answer(const std::map<std::string, std::string>& arguments) {
    lab.open("step", arguments);
    for (int i = 0; i < 10000 && lab.due(); ++i) lab.advance();
    EXPECT_EQ(lab.block()->problem, "");
    return *lab.block()->as<LabStep>();
  }
  at::NoGradGuard no_grad;
  data::DataTensors data = random_digits(96);
  std::unique_ptr<inference::Model> model = random_model();
  Lab lab;
};

TEST_F(OneStepTest, TheModelStaysAndTheCopyLearns) {
  const at::Tensor before = model->net->parameters().flat().clone();
  const LabStep& s = answer({{"rate", "0.01"}});
  EXPECT_TRUE(at::equal(model->net->parameters().flat(), before));
  EXPECT_EQ(s.batch, 96);
  double mean = 0, squares = 0;
  for (size_t i = 0; i < s.loss.size(); ++i) mean += s.loss[i] / static_cast<double>(s.batch);
  EXPECT_NEAR(s.mean_loss, mean, 1e-4 * mean);
  EXPECT_LT(s.mean_loss_after, s.mean_loss);
  for (const LabStepGroup& g : s.groups) squares += g.gradient * g.gradient;
  EXPECT_NEAR(std::sqrt(squares), s.gradient_norm, 1e-4 * s.gradient_norm);
  EXPECT_EQ(s.pictures.count(), kStepPictures * 8);
  for (size_t i = 1; i < s.shown.size(); ++i)
    EXPECT_LE(s.t[static_cast<size_t>(s.shown[i - 1])], s.t[static_cast<size_t>(s.shown[i])]);
}

/// To first order the loss changes by the gradient times the step. In AdamW's first step the length
/// in every coordinate is the learning rate, so the change is at most rate · ‖g‖₁.
TEST_F(OneStepTest, AdamWsFirstStepIsTheRateInEveryWeight) {
  model->settings.flow.optimizer = "adamw";
  model->settings.flow.weight_decay = 0;
  const LabStep& s = answer({{"rate", "0.1"}});
  for (const LabStepGroup& g : s.groups) {
    const double all = s.rate * std::sqrt(static_cast<double>(g.numbers));
    EXPECT_LE(g.update, 1.001 * all) << g.name;
    // The null label and weights after a zero of squared ReLU may have no gradient.
    EXPECT_GT(g.update, 0.6 * all) << g.name;
  }
  EXPECT_NEAR(s.rate, 0.1 * model->settings.flow.lr, 1e-12);
}

TEST_F(OneStepTest, AnotherRateIsTheSameBatch) {
  const std::vector<float> loss = answer({{"rate", "0.1"}}).loss;
  const double small = answer({{"rate", "0.01"}}).groups[0].update;
  const LabStep& large = answer({{"rate", "1"}});
  EXPECT_EQ(large.loss, loss);
  EXPECT_NEAR(large.groups[0].update / small, 100, 1);
  EXPECT_NE(answer({{"rate", "1"}, {"draw", "1"}}).loss, loss);
  EXPECT_EQ(answer({{"rate", "1"}}).loss, loss);
}

TEST_F(OneStepTest, SaysThatItNeedsDigits) {
  lab.set_data(nullptr);
  lab.open("step");
  for (int i = 0; i < 100 && lab.due(); ++i) lab.advance();
  EXPECT_NE(lab.block()->problem.find("digits"), std::string::npos);
}

TEST_F(OneStepTest, TheTableHoldsDigitsAndWeights) {
  const LabStep& s = answer({});
  EXPECT_EQ(s.table().rows(), 96 + s.groups.size());
}

TEST(WeightGroups, KnowBothNets) {
  EXPECT_EQ(weight_group("blocks.11.attn.qkv.bias"), "block 12 attention");
  EXPECT_EQ(weight_group("blocks.0.fc1.weight"), "block 1 MLP");
  EXPECT_EQ(weight_group("blocks.0.adaLN_modulation.1.bias"), "block 1 modulation");
  EXPECT_EQ(weight_group("modulation.weight"), "shared modulation");
  EXPECT_EQ(weight_group("t_embedder.mlp.0.weight"), "time embedding");
  EXPECT_EQ(weight_group("final.modulation.weight"), "output");
  EXPECT_EQ(weight_group("positions"), "input");
}

TEST(WeightGroups, NormsAreThoseOfTheParts) {
  const auto model = random_model();
  const models::ParameterSet& p = model->average->parameters();
  const auto names = weight_groups(p);
  const auto norms = group_norms(p, p.flat());
  double squares = 0;
  for (const double norm : norms) squares += norm * norm;
  EXPECT_NEAR(std::sqrt(squares), p.flat().norm().item<double>(), 1e-3);
  EXPECT_EQ(names[1], "time embedding");
  const double time = std::hypot(p.named("time.0.weight").norm().item<double>(),
                                 p.named("time.2.weight").norm().item<double>());
  EXPECT_NEAR(norms[1], time, 1e-4);
}

}  // namespace
}  // namespace lf::lab
