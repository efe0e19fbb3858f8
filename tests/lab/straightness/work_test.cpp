// The straightness tool compared with trajectories integrated here.
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>

#include "base/image_shape.h"
#include "inference/noise.h"
#include "inference/sampling.h"
#include "lab/lab.h"
#include "lab/straightness/result.h"
#include "lab/table.h"
#include "random_model.h"

namespace lf::lab {
namespace {

void complete_straightness(Lab& lab) {
  for (int i = 0; i < 20000 && lab.due(); ++i) lab.advance();
  ASSERT_TRUE(lab.block()->complete);
  ASSERT_EQ(lab.block()->problem, "");
}

class Straightness : public ::testing::Test {
 protected:
  Straightness() { lab.set_model(model.get()); }
  std::unique_ptr<inference::Model> model = random_model();
  Lab lab;
};

TEST_F(Straightness, MeasuresThePathsOfTheSameDigits) {
  lab.open("straightness");
  complete_straightness(lab);
  const LabStraightness& found = *lab.block()->as<LabStraightness>();
  ASSERT_EQ(found.digits, found.wanted);
  ASSERT_GE(found.digits, 100);
  const flow::VelocityField field =
      inference::model_velocity(*model, inference::cycled_labels(0, found.digits, -1), 1);
  const flow::Trajectory path = flow::integrate(field, inference::preview_noise(7, found.digits),
                                                inference::integrate_options({"midpoint", 48, 1}));
  const at::Tensor x = at::stack(path.x).flatten(2).to(at::kDouble);  // (S, B, 64)
  const at::Tensor length = x.diff(1, 0).square().sum(2).sqrt().sum(0);
  const at::Tensor chord = (x[-1] - x[0]).square().sum(1).sqrt();
  for (int64_t i = 0; i < found.digits; ++i) {
    const auto at = static_cast<size_t>(i);
    EXPECT_EQ(found.labels[at], i % 10);
    EXPECT_NEAR(found.ratio[at], (length[i] / chord[i]).item<double>(), 1e-4);
    EXPECT_NEAR(found.cost[at] / chord[i].square().item<double>(), 1, 1e-4);
    EXPECT_GE(found.ratio[at], 1);
  }
  // Turning by the cosine of neighbouring differences, summed up to the whole angle.
  const at::Tensor move = x.diff(1, 0);
  const at::Tensor a = move.narrow(0, 0, 47), b = move.narrow(0, 1, 47);
  const at::Tensor cosine = (a * b).sum(2) / (a.square().sum(2) * b.square().sum(2)).sqrt();
  const at::Tensor turned = cosine.clamp(-1, 1).acos().sum(0) * (180 / M_PI);
  for (int64_t i = 0; i < found.digits; ++i)
    EXPECT_NEAR(found.turned[static_cast<size_t>(i)], turned[i].item<double>(), 0.1);
  // The mean rate over t adds up to the mean angle; so do those of the classes.
  double sum = 0, classes = 0;
  for (const float rate : found.turning) sum += rate / 48;
  for (const float rate : found.class_turning) classes += rate / 480;
  EXPECT_NEAR(sum, turned.mean().item<double>(), 0.1);
  EXPECT_NEAR(classes, sum, 0.01);
  EXPECT_EQ(lab_table(*lab.block()).rows(), static_cast<size_t>(found.digits));
}

TEST_F(Straightness, CoarseSolutionsAreThoseOfEuler) {
  lab.open("straightness");
  complete_straightness(lab);
  const LabStraightness& found = *lab.block()->as<LabStraightness>();
  const flow::VelocityField field =
      inference::model_velocity(*model, inference::cycled_labels(0, found.followed, -1), 1);
  const at::Tensor noise = inference::preview_noise(7, found.followed);
  const at::Tensor fine =
      flow::integrate(field, noise, inference::integrate_options({"midpoint", 48, 1})).x.back();
  const auto bytes = static_cast<size_t>(found.shown) * kDigitPixels;
  ASSERT_EQ(found.pictures.bytes.size(), (found.coarse.size() + 1) * bytes);
  for (size_t i = 0; i < found.coarse.size(); ++i) {
    const at::Tensor end =
        flow::integrate(field, noise, inference::integrate_options({"euler", found.coarse[i].steps, 1}))
            .x.back();
    EXPECT_NEAR(found.coarse[i].error, (end - fine).square().mean().sqrt().item<double>(), 1e-5);
    const at::Tensor pixels = inference::decode_pixels(*model, end.narrow(0, 0, found.shown)).contiguous();
    EXPECT_EQ(std::memcmp(pixels.data_ptr(), found.pictures.bytes.data() + i * bytes, bytes), 0);
  }
  // The plane holds the largest part of the variance that two axes can hold, so less than all and
  // more than nothing.
  EXPECT_GT(found.in_plane, 2.0 / 64);
  EXPECT_LT(found.in_plane, 1);
}

TEST_F(Straightness, AnotherDigitAskedForChangesNothing) {
  lab.open("straightness");
  complete_straightness(lab);
  const auto first = lab.block()->as<LabStraightness>();
  lab.set_options({7, 3, 1, false});
  EXPECT_TRUE(lab.due());
  lab.advance();
  EXPECT_FALSE(lab.due());
  EXPECT_EQ(lab.block()->as<LabStraightness>()->ratio, first->ratio);
}

TEST_F(Straightness, WithoutLabelsThereAreNoClasses) {
  const auto unlabelled = random_model("dit");
  lab.set_model(unlabelled.get());
  lab.open("straightness");
  complete_straightness(lab);
  EXPECT_TRUE(lab.block()->as<LabStraightness>()->class_turning.empty());
  EXPECT_EQ(lab.block()->as<LabStraightness>()->labels[3], 10);
}

}  // namespace
}  // namespace lf::lab
