// The likelihood tool compared with core/flow, digit by digit.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "exact_flow.h"
#include "flow/likelihood.h"
#include "inference/model.h"
#include "lab/lab.h"
#include "lab/likelihood/result.h"
#include "lab/table.h"
#include "random_data.h"
#include "random_model.h"
#include "sliced_work.h"

namespace lf::lab {
namespace {

class LikelihoodToolTest : public ::testing::Test {
 protected:
  LikelihoodToolTest() {
    model->average->parameters().flat().mul_(0.3);  // a smoother field
    lab.set_model(model.get());
    lab.set_data(&data);
  }
  const LabLikelihood& open(const std::map<std::string, std::string>& arguments) {
    lab.open("likelihood", arguments);
    for (int slices = 0; lab.due() && slices < 100000; ++slices) lab.advance();
    EXPECT_TRUE(lab.block()->complete);
    EXPECT_EQ(lab.block()->problem, "");
    return *lab.block()->as<LabLikelihood>();
  }
  data::DataTensors data = random_data(30, 60);
  std::unique_ptr<inference::Model> model = random_model();
  Lab lab;
};

TEST_F(LikelihoodToolTest, ExactBitsAreThoseOfTheExactTrace) {
  const LabLikelihood& found = open({{"digits", "60"}, {"exact", "6"}});
  ASSERT_EQ(found.bits.size(), 60u);
  ASSERT_EQ(found.exact.size(), 6u);
  training::LatentCache cache(*model->autoencoder, data.test_pixels);
  complete_watched(cache);
  const at::Tensor z =
      model->standardisation.to_standard(cache.all().mean).narrow(0, 0, 6).reshape({6, 4, 4, 4});
  const flow::VelocityField field = inference::model_velocity(*model, data.test_labels.narrow(0, 0, 6), 1);
  const flow::LogLikelihood truth =
      log_likelihood(z, field, flow::exact_divergence(flow::central_difference(field)), {"rk4", 8});
  const at::Tensor bits = flow::bits_per_dimension(truth.nats, 64);
  for (int64_t i = 0; i < 6; ++i)
    EXPECT_NEAR(found.exact[static_cast<size_t>(i)], bits[i].item<double>(), 1e-3);
}

TEST_F(LikelihoodToolTest, TheEstimateIsRightWithinWhatItsProbesSay) {
  const LabLikelihood& found = open({{"digits", "60"}, {"probes", "16"}, {"exact", "40"}});
  EXPECT_EQ(found.probes, 16);
  double expected = 0;
  for (size_t i = 0; i < 40; ++i) expected += found.error[i] * found.error[i] / 40;
  EXPECT_GT(found.rms, 0.5 * std::sqrt(expected));
  EXPECT_LT(found.rms, 2 * std::sqrt(expected));
  EXPECT_LT(std::fabs(found.bias), 4 * std::sqrt(expected / 40) + 1e-6);
}

TEST_F(LikelihoodToolTest, MeansAndExtremesFollowFromTheBits) {
  const LabLikelihood& found = open({{"digits", "60"}, {"exact", "0"}, {"probes", "2"}});
  double sum = 0, threes = 0;
  for (size_t i = 0; i < 60; ++i) sum += found.bits[i], threes += found.labels[i] == 3 ? found.bits[i] : 0;
  EXPECT_NEAR(found.overall, sum / 60, 1e-6);
  EXPECT_NEAR(found.mean[3], threes / 6, 1e-6);
  ASSERT_EQ(found.most.size(), 24u);
  EXPECT_EQ(found.bits[static_cast<size_t>(found.most[0])],
            *std::min_element(found.bits.begin(), found.bits.end()));
  EXPECT_EQ(found.bits[static_cast<size_t>(found.least[0])],
            *std::max_element(found.bits.begin(), found.bits.end()));
  EXPECT_EQ(found.pictures.image(24).pixels[9], data.test_pixels[found.least[0]][9].item<uint8_t>());
  EXPECT_TRUE(found.exact.empty());
  EXPECT_TRUE(std::isnan(found.rms));
  EXPECT_EQ(found.table().rows(), 60u);
}

TEST_F(LikelihoodToolTest, MoreProbesAreAddedToTheOnesKnown) {
  const double before = open({{"digits", "40"}, {"exact", "4"}, {"probes", "2"}}).error[0];
  const auto exact = lab.block()->as<LabLikelihood>()->exact;
  const LabLikelihood more = open({{"digits", "40"}, {"exact", "4"}, {"probes", "32"}});
  EXPECT_EQ(more.probes, 32);
  EXPECT_EQ(more.exact, exact);
  const LabLikelihood again = [&] {
    lab.open("");
    return open({{"digits", "40"}, {"exact", "4"}, {"probes", "32"}});
  }();
  EXPECT_EQ(again.bits, more.bits);
  EXPECT_NE(before, more.error[0]);
}

}  // namespace
}  // namespace lf::lab
