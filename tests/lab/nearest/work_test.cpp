// The nearest training digits compared with distances computed one by one.
#include <gtest/gtest.h>

#include <cmath>

#include "base/errors.h"
#include "inference/noise.h"
#include "inference/sampling.h"
#include "lab/lab.h"
#include "lab/nearest/result.h"
#include "lab/table.h"
#include "random_data.h"
#include "random_model.h"
#include "sliced_work.h"

namespace lf::lab {
namespace {

class NearestDigitsTest : public ::testing::Test {
 protected:
  NearestDigitsTest() { lab.set_model(model.get()); }
  void complete() {
    for (int slices = 0; lab.due() && slices < 10000; ++slices) lab.advance();
    ASSERT_TRUE(lab.block()->complete);
    ASSERT_EQ(lab.block()->problem, "");
  }
  data::DataTensors data = random_data(1100, 30);  // more than one block
  std::unique_ptr<inference::Model> model = random_model();
  Lab lab;
};

at::Tensor standard_means(const inference::Model& model, const at::Tensor& pixels) {
  training::LatentCache cache(*model.autoencoder, pixels);
  complete_watched(cache);
  return model.standardisation.to_standard(cache.all().mean);
}

/// (n, k) values and indices of the smallest distances.
void expect_nearest(const LabNeighbours& found, const at::Tensor& queries, const at::Tensor& rows,
                    int64_t k) {
  const at::Tensor all = (queries.unsqueeze(1) - rows.unsqueeze(0)).to(at::kDouble).square().sum(2).sqrt();
  const auto [distance, index] = all.topk(k, 1, false);
  ASSERT_EQ(static_cast<int64_t>(found.distance.size()), queries.size(0) * k);
  for (int64_t i = 0; i < queries.size(0) * k; ++i) {
    const auto at = static_cast<size_t>(i);
    EXPECT_NEAR(found.distance[at], distance.view({-1})[i].item<double>(), 1e-3);
    EXPECT_NEAR(all[i / k][found.index[at]].item<double>(), found.distance[at], 1e-3);
    if (i % k != 0) continue;
    EXPECT_FLOAT_EQ(found.ratio[static_cast<size_t>(i / k)], found.distance[at] / found.distance[at + 1]);
  }
}

TEST_F(NearestDigitsTest, AreThoseOfComparingAllPairs) {
  lab.set_data(&data);
  lab.open("nearest");
  complete();
  const LabNearest& found = *lab.block()->as<LabNearest>();
  ASSERT_EQ(found.samples, 40);
  const at::Tensor labels = inference::cycled_labels(0, 40, -1);
  const at::Tensor z =
      flow::integrate(inference::model_velocity(*model, labels, 1), inference::preview_noise(7, 40),
                      inference::integrate_options({"midpoint", 16, 1}))
          .x.back()
          .flatten(1);
  const at::Tensor pixels = inference::decode_pixels(*model, z).to(at::kFloat) / 255;
  expect_nearest(found.latent, z, standard_means(*model, data.train_pixels), found.k);
  expect_nearest(found.pixels, pixels, data.train_pixels.to(at::kFloat) / 255, found.k);
  EXPECT_EQ(found.pixels.labels[3], found.pixels.index[3] % 10);
  EXPECT_EQ(found.pixels.pictures.image(3).pixels[5],
            data.train_pixels[found.pixels.index[3]][5].item<uint8_t>());
  EXPECT_EQ(found.table().rows(), 2u * 40 * 5);
}

TEST_F(NearestDigitsTest, TheAlarmIsTheOnePercentQuantileOfTestDigits) {
  data.test_pixels[4] = data.train_pixels[77];  // a copy
  lab.set_data(&data);
  lab.open("nearest");
  complete();
  const LabNeighbours& found = lab.block()->as<LabNearest>()->pixels;
  ASSERT_EQ(found.test_ratio.size(), 30u);
  EXPECT_EQ(found.test_ratio[0], 0);
  EXPECT_GT(found.test_ratio[1], 0.5);
  EXPECT_NEAR(found.threshold, 0.29 * found.test_ratio[1], 1e-5);  // linear between the two smallest
  EXPECT_EQ(copy_alarms(found), 0);
  LabNeighbours copied = found;
  copied.ratio[7] = 0;
  EXPECT_EQ(copy_alarms(copied), 1);
  EXPECT_EQ(copy_alarms(LabNeighbours{}), -1);
}

TEST_F(NearestDigitsTest, OtherNoiseKeepsWhatIsKnownOfTestDigits) {
  lab.set_data(&data);
  lab.open("nearest");
  complete();
  const auto before = lab.block()->as<LabNearest>();
  lab.set_options({8, 3, 2, false});
  complete();
  const auto after = lab.block()->as<LabNearest>();
  EXPECT_EQ(after->latent.test_ratio, before->latent.test_ratio);
  EXPECT_NE(after->latent.distance, before->latent.distance);
  EXPECT_EQ(after->labels[0], 3);
}

TEST_F(NearestDigitsTest, SaysThatItNeedsTheDigits) {
  lab.open("nearest");
  while (lab.due()) lab.advance();
  EXPECT_NE(lab.block()->problem.find("not available"), std::string::npos);
}

}  // namespace
}  // namespace lf::lab
