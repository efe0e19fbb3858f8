// Models on the same noise: what is equal, what differs, and what cannot be read.
#include "compare/comparison.h"

#include "compare/settings_difference.h"
#include "compare/weights_difference.h"
#include "expect_error.h"
#include "experiment_fixture.h"
#include "inference/noise.h"
#include "inference/sampling.h"
#include "random_model.h"

namespace lf::compare {
namespace {

class ComparisonTest : public ExperimentTest {
 protected:
  std::string folder(const std::string& name) const { return (runs_ / name).string(); }
  ComparisonRequest asking(const std::vector<std::string>& names) const {
    ComparisonRequest request;
    for (const auto& name : names) request.paths.push_back(folder(name));
    request.preview.digits = 6;
    request.preview.sampler.steps = 2;
    return request;
  }
  static std::shared_ptr<const CompareBlock> compared(const ComparisonRequest& request) {
    Comparison comparison(request);
    complete(comparison);
    return comparison.block();
  }
};

TEST_F(ComparisonTest, ARunWithItselfIsTheSame) {
  train(*start(), folder("a"));
  const auto block = compared(asking({"a", "a"}));
  EXPECT_TRUE(block->settings.empty());
  ASSERT_EQ(block->weights.size(), 1u);
  EXPECT_TRUE(block->weights[0].same);
  for (const LayerDifference& layer : block->weights[0].layers) {
    EXPECT_EQ(layer.difference, 0) << layer.name;
    EXPECT_EQ(layer.cosine, 1) << layer.name;
  }
  EXPECT_EQ(block->models[0].flow->images, block->models[1].flow->images);
  EXPECT_NE(block->divergence[0].find("the last flow step 12"), std::string::npos) << block->divergence[0];
  EXPECT_TRUE(block->shares_axes);
  EXPECT_TRUE(block->comparable_losses);
  EXPECT_TRUE(block->complete);
}

TEST_F(ComparisonTest, EveryModelHasTheSameNoise) {
  const auto workload = start();
  train(*workload, folder("a"));
  workload->apply(SetCommand{"seed", "2"});
  train(*workload, folder("b"));
  const auto block = compared(asking({"a", "b"}));
  for (const ComparedModel& model : block->models) {
    ASSERT_TRUE(model.flow);
    const auto loaded = inference::load_model(model.path + "/model.safetensors");
    EXPECT_EQ(model.flow->seed, 7);
    EXPECT_EQ(model.flow->trained_step, 12);
  }
  EXPECT_NE(block->models[0].flow->images, block->models[1].flow->images);
  ASSERT_EQ(block->settings.size(), 1u);
  EXPECT_EQ(block->settings[0].key, "seed");
  EXPECT_EQ(block->settings[0].values, (std::vector<std::string>{"1", "2"}));
  EXPECT_EQ(block->settings[0].initial, (std::vector<uint8_t>{1, 0}));
  EXPECT_FALSE(block->weights[0].same);
  EXPECT_NE(block->divergence[0].find("Different from the first recorded step on"), std::string::npos);
  EXPECT_FALSE(block->shares_axes) << "two autoencoders";
}

TEST_F(ComparisonTest, OtherNoiseHasAnotherDigestAndOtherDigits) {
  train(*start(), folder("a"));
  Comparison comparison(asking({"a", "a"}));
  complete(comparison);
  const auto before = comparison.block();
  preview::PreviewRequest other = comparison.preview();
  other.seed = 8;
  comparison.sample_again(other);
  EXPECT_FALSE(comparison.block()->complete);
  complete(comparison);
  EXPECT_NE(comparison.block()->noise, before->noise);
  EXPECT_NE(comparison.block()->models[0].flow->images, before->models[0].flow->images);
}

TEST_F(ComparisonTest, AMissingRunKeepsItsPlaceAndTheRestWorks) {
  train(*start(), folder("a"));
  ComparisonRequest request = asking({"a", "gone", "a"});
  testing::expect_error<InputError>("gone", [&] { compared(request); });
  request.tolerant = true;
  const auto block = compared(request);
  ASSERT_EQ(block->models.size(), 3u);
  EXPECT_NE(block->models[1].problem.find("gone"), std::string::npos);
  EXPECT_FALSE(block->models[1].flow);
  EXPECT_TRUE(block->models[2].flow);
  EXPECT_TRUE(block->weights[1].same);
}

TEST_F(ComparisonTest, AReflowIsNamedAsOne) {
  const auto workload = start();
  train(*workload, folder("base"), 30);
  workload->apply(ReflowCommand{1000, Budget{0, 12, 0, 0}, folder("straight")});
  until(*workload, [](const Snapshot& s) { return s.run->phase == Phase::Done; });
  const auto block = compared(asking({"base", "straight"}));
  EXPECT_NE(block->divergence[0].find("straight is a reflow of base"), std::string::npos)
      << block->divergence[0];
  EXPECT_TRUE(block->shares_axes) << "a reflow keeps the autoencoder";
  EXPECT_FALSE(block->comparable_losses) << "its loss is that of pairs";
}

TEST(WeightsDifference, IsThatOfTheVectors) {
  const auto a = random_model(), b = inference::frozen_copy(*a);
  b->average->parameters().flat().mul_(-2);
  const WeightsDifference difference = weights_difference(*a, *b);
  size_t flow = 0;
  for (const LayerDifference& layer : difference.layers) {
    if (layer.part == "autoencoder") {
      EXPECT_EQ(layer.difference, 0);
      continue;
    }
    if (layer.difference == 0) continue;  // initialised to zero
    ++flow;
    EXPECT_NEAR(layer.difference, 3, 1e-9) << layer.name;  // ‖−2a − a‖ / ‖a‖
    EXPECT_NEAR(layer.cosine, -1, 1e-9) << layer.name;
  }
  EXPECT_GT(flow, 3u);
}

TEST(SettingsDifference, NamesOnlyWhatDiffers) {
  Settings a("fast"), b("fast"), c("tiny");
  b.flow.lr = 0.5 * a.flow.lr;
  const auto two = settings_difference({&a, &b});
  ASSERT_EQ(two.size(), 1u);
  EXPECT_EQ(two[0].key, "flow.lr");
  for (const SettingDifference& row : settings_difference({&a, &c})) {
    EXPECT_NE(row.values[0], row.values[1]) << row.key;
    EXPECT_EQ(row.initial, (std::vector<uint8_t>{1, 1})) << "each is its preset's own value: " << row.key;
  }
}

}  // namespace
}  // namespace lf::compare
