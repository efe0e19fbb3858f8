// The network microscope compared with the model's own pass.
#include <ATen/core/grad_mode.h>
#include <gtest/gtest.h>

#include <cmath>

#include "flow/integrate.h"
#include "inference/noise.h"
#include "inference/sampling.h"
#include "lab/lab.h"
#include "lab/network/result.h"
#include "lab/table.h"
#include "random_model.h"

namespace lf::lab {
namespace {

class NetworkMicroscopeTest : public ::testing::Test {
 protected:
  const LabNetwork& answer(const inference::Model& model, LabOptions options = {}) {
    lab.set_model(&model);
    lab.set_options(options);
    lab.open("network");
    for (int i = 0; i < 10000 && lab.due(); ++i) lab.advance();
    EXPECT_EQ(lab.block()->problem, "");
    return *lab.block()->as<LabNetwork>();
  }
  Lab lab;
};

TEST_F(NetworkMicroscopeTest, ShowsTheNetAlongItsOwnPath) {
  const auto model = random_model();
  const LabNetwork& n = answer(*model);
  const at::NoGradGuard no_grad;
  ASSERT_EQ(n.t.size(), 17u);
  EXPECT_EQ(n.blocks, 2);
  EXPECT_EQ(n.heads, 4);
  EXPECT_EQ(n.tokens, 4);
  ASSERT_EQ(n.attention.size(), 17u * 10 * 2 * 4 * 16);
  ASSERT_EQ(n.pictures.count(), 2u * 17 * 10);
  // The ninth state of the same integration done here.
  const at::Tensor labels = inference::cycled_labels(0, 10, -1);
  const flow::Trajectory path =
      flow::integrate(inference::model_velocity(*model, labels, 1), inference::preview_noise(7, 10),
                      inference::integrate_options({"midpoint", 16, 1}));
  models::VelocityProbe probe;
  model->average->probe(path.x[8], at::full({10}, path.t[8], at::kFloat), labels, probe);
  const models::BlockProbe& second = probe.blocks[1];
  for (int64_t d = 0; d < 10; ++d) {
    const auto at = static_cast<size_t>((8 * 10 + d) * 2 + 1);
    EXPECT_NEAR(n.modulation[at * 6 + 4], second.modulation[d][4].item<float>(), 1e-5);
    EXPECT_NEAR(n.share[at * 2], (second.branch[d][0] / second.stream[d][0]).item<float>(), 1e-4);
    EXPECT_NEAR(n.attention[(at * 4 + 3) * 16 + 6], second.attention[d][3][1][2].item<float>(), 1e-4);
  }
  EXPECT_NEAR(n.time_features[8 * static_cast<size_t>(n.features)], probe.time_features[0][0].item<float>(),
              1e-6);
}

TEST_F(NetworkMicroscopeTest, LooksIntoTheReferenceNetToo) {
  const auto model = random_model("dit");
  const LabNetwork& n = answer(*model);
  EXPECT_FALSE(n.labelled);
  EXPECT_EQ(n.features, 256);
  EXPECT_EQ(n.share.size(), 17u * 10 * static_cast<size_t>(n.blocks) * 2);
}

TEST_F(NetworkMicroscopeTest, TheTableHasARowForEachBlock) {
  const auto model = random_model();
  const LabNetwork& n = answer(*model);
  EXPECT_EQ(n.table().rows(), 17u * 10 * 2);
}

TEST(AttentionBits, EvenIsLogTAndOneIsNone) {
  const std::vector<float> even(16, 0.25f);
  EXPECT_NEAR(attention_bits(even.data(), 4), 2, 1e-6);
  std::vector<float> one(16, 0.0f);
  for (size_t i = 0; i < 4; ++i) one[i * 4 + 2] = 1;
  EXPECT_EQ(attention_bits(one.data(), 4), 0);
}

}  // namespace
}  // namespace lf::lab
